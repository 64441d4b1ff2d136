// Votes in polls, as they arrive one by one.
import type { APIMessage } from 'discord-api-types/v10';

/**
 * Counts one vote.
 * @param message a message with a poll; any other stays as it is
 * @param answerId the answer
 * @param mine whether the member who looks voted
 * @param added whether the vote was given or taken back
 * @returns the message with its new counts
 */
export function applyVote(message: APIMessage, answerId: number, mine: boolean, added: boolean): APIMessage {
  const { poll } = message;
  if (!poll) return message;
  const counts = poll.results?.answer_counts ?? [];
  const known = counts.find((count) => count.id === answerId) ?? { id: answerId, count: 0, me_voted: false };
  const changed = {
    id: answerId,
    count: Math.max(0, known.count + (added ? 1 : -1)),
    me_voted: mine ? added : known.me_voted,
  };
  const others = counts.filter((count) => count.id !== answerId);
  const results = { is_finalized: poll.results?.is_finalized ?? false, answer_counts: [...others, changed] };
  return { ...message, poll: { ...poll, results } };
}
