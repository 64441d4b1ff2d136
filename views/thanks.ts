import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { MemberId } from '../domain/ids.ts';
import type { ThanksCommandOutcome, ThanksSettings } from '../domain/thanks.ts';
import { fill, mention, type TextContext } from './text.ts';

/** Who thanks whom. */
interface Pair {
  readonly giverId: MemberId;
  readonly receiverId: MemberId;
}

/** What everybody in the channel reads, with what it is for. Who was thanked is notified, and nobody else. */
export function thanksAnnouncement(
  { announced }: ThanksSettings,
  { giverId, receiverId }: Pair,
  reason: string | null,
  context: TextContext,
) {
  const values = { member: mention(receiverId), giver: mention(giverId) };
  const text = fill(announced, { ...context, values });
  // In one line, so that all of it stands behind the mark of a quotation.
  const words = reason?.replaceAll(/\s+/g, ' ').trim() ?? '';
  return {
    content: words === '' ? text : `${text}\n> ${words}`,
    allowed_mentions: { users: [receiverId] },
  } satisfies RESTPostAPIChannelMessageJSONBody;
}

/** What whoever has thanked is told. */
export function thanksAnswer(
  { answers }: ThanksSettings,
  receiverId: MemberId,
  outcome: ThanksCommandOutcome,
  context: TextContext,
): string {
  const texts: Readonly<Record<ThanksCommandOutcome, string>> = {
    thanked: answers.thanked,
    'limit reached': answers.limitReached,
    oneself: answers.oneself,
    'a bot': answers.bot,
    'not in the guild': answers.notMember,
  };
  return fill(texts[outcome], { ...context, values: { member: mention(receiverId) } });
}
