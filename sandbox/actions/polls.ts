/** Polls: making, voting, ending. */

import { type APIPollAnswer, GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import { ensure, found } from '../rules/errors.ts';
import type { PollForm } from '../rules/message-form.ts';
import type { MessageRecord, PollRecord } from '../state/records.ts';
import { toDiscordTime, type World } from '../state/world.ts';
import { inChannel, tellUpdated } from './tell.ts';

const hourMs = 3_600_000;
const defaultHours = 24;

/** A poll without votes. */
export function newPoll(world: World, form: PollForm): PollRecord {
  return {
    question: form.question.text,
    answers: form.answers.map((answer, index) => ({
      answer_id: index + 1,
      poll_media: pollMedia(answer.poll_media),
    })),
    expiry: toDiscordTime(world.now() + (form.duration ?? defaultHours) * hourMs),
    multiselect: form.allow_multiselect ?? false,
    finalized: false,
    votes: {},
  };
}

function pollMedia(media: PollForm['answers'][number]['poll_media']): APIPollAnswer['poll_media'] {
  const { text, emoji } = media;
  if (emoji === undefined) return { text };
  return { text, emoji: { id: emoji.id ?? null, name: emoji.name ?? null } };
}

/**
 * Replaces what a member voted for; no answers take the vote back.
 * @throws DiscordError 520001 when the poll is over, 520006 when there is none
 */
export function vote(world: World, userId: Snowflake, message: MessageRecord, answerIds: number[]): void {
  const poll = found(message.poll, 'notAPoll');
  ensure(!poll.finalized && Date.parse(poll.expiry) > world.now(), 'pollExpired');
  ensure(poll.multiselect || answerIds.length <= 1, 'pollVoteBlocked');
  ensure(
    answerIds.every((id) => poll.answers.some(({ answer_id }) => answer_id === id)),
    'pollVoteBlocked',
  );
  for (const { answer_id: id } of poll.answers) {
    const voters = poll.votes[id] ?? [];
    const had = voters.includes(userId);
    const wants = answerIds.includes(id);
    if (had === wants) continue;
    poll.votes[id] = wants ? [...voters, userId] : voters.filter((voter) => voter !== userId);
    tellVote(world, message, userId, id, wants);
  }
  world.messages.changed(message);
}

function tellVote(
  world: World,
  message: MessageRecord,
  userId: Snowflake,
  answerId: number,
  added: boolean,
): void {
  const { fields, to } = inChannel(world, message.channelId);
  world.events.dispatch(
    {
      t: added ? GatewayDispatchEvents.MessagePollVoteAdd : GatewayDispatchEvents.MessagePollVoteRemove,
      d: { user_id: userId, message_id: message.id, answer_id: answerId, ...fields },
    },
    to,
  );
}

/**
 * Ends a poll at once.
 * @throws DiscordError 520003 unless it is one's own
 */
export function endPoll(world: World, actorId: Snowflake, message: MessageRecord): MessageRecord {
  const poll = found(message.poll, 'notAPoll');
  ensure(message.authorId === actorId, 'invalidPollAuthor');
  ensure(!poll.finalized, 'pollExpired');
  poll.finalized = true;
  poll.expiry = world.isoNow();
  tellUpdated(world, message);
  return message;
}
