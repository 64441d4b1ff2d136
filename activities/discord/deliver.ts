import { createHash } from 'node:crypto';
import type { RawFile } from '@discordjs/rest';
import {
  type APIDMChannel,
  type APIMessage,
  RESTJSONErrorCodes,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord-api-types/v10';
import {
  beginSending,
  findSending,
  findSent,
  type MessageIntent,
  recordSent,
  sendAgain,
} from '../../database/sent-messages.ts';
import type { Delivery, Sent } from '../../domain/delivery.ts';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import {
  type ChannelId,
  createdAt,
  firstIdAt,
  type MemberId,
  type MessageId,
  toChannelId,
  toMessageId,
} from '../../domain/ids.ts';
import { carriesMarker, type MarkedMessage } from '../../views/marked-message.ts';
import type { DiscordContext } from './context.ts';
import { ask, type Refusal, saysGone } from './errors.ts';

const PAGE = 100;
/** A request lasts for seconds, and the clocks of Discord and of this machine may differ a little. */
const SEARCH_AROUND_MS = 120_000;

/** A short name for `key` that is always the same: Discord's nonce, and the mark in an embed's address. */
export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, DISCORD_LIMITS.nonce);
}

/**
 * Sends a message once, however often it is called and wherever a former call has died. Where its channel was deleted and
 * made again, it goes to the new one of that name.
 */
export async function deliver(
  context: DiscordContext,
  intent: MessageIntent,
  message: MarkedMessage,
): Promise<Delivery> {
  let result = await attempt(context, intent, message);
  if ('refusal' in result && result.refusal.code === RESTJSONErrorCodes.UnknownChannel) {
    const channelId = await context.directory.successorOfChannel(intent.channelId);
    if (channelId !== undefined) result = await attempt(context, { ...intent, channelId }, message);
  }
  return 'refusal' in result ? refused(context, result.refusal, intent.key) : result;
}

/** The same, for the channel with this name; refused where the guild has none that takes messages. */
export async function deliverToChannel(
  context: DiscordContext,
  channel: string,
  intent: Omit<MessageIntent, 'channelId'>,
  message: MarkedMessage,
): Promise<Delivery> {
  const place = await context.directory.channelForMessages(channel);
  return 'kind' in place ? place : deliver(context, { ...intent, ...place }, message);
}

/**
 * Sends a message to the channel with this name, or brings it up to date where it is there already. One that somebody has deleted
 * stays away.
 */
export async function deliverOrChange(
  context: DiscordContext,
  channel: string,
  intent: Omit<MessageIntent, 'channelId'>,
  message: MarkedMessage,
): Promise<Delivery> {
  return (
    (await changeDelivered(context, intent.key, message.body)) ??
    deliverToChannel(context, channel, intent, message)
  );
}

/** Brings a message that was sent up to date; undefined: none was. One that somebody has deleted stays away. */
export async function changeDelivered(
  context: DiscordContext,
  key: string,
  body: RESTPostAPIChannelMessageJSONBody,
): Promise<Delivery | undefined> {
  const sent = await findSent(context.database.em.fork(), key);
  if (sent === undefined) return undefined;
  const result = await ask(() =>
    context.rest.patch(Routes.channelMessage(sent.channelId, sent.messageId), { body }),
  );
  return 'refusal' in result ? { kind: 'refused', reason: result.refusal.reason } : { kind: 'sent', ...sent };
}

/** Where a message is that a former call may have sent, or undefined if it is not there. It looks for what carries `marker`. */
export async function findDelivered(
  context: DiscordContext,
  key: string,
  marker: string,
): Promise<Sent | undefined> {
  const em = context.database.em.fork();
  const earlier = await findSending(em, key);
  if (earlier === undefined) return undefined;
  const { channelId } = earlier;
  if (earlier.state === 'sent') return { kind: 'sent', channelId, messageId: earlier.messageId };
  const messageId = await findMarked(context, earlier, marker);
  if (messageId === undefined) return undefined;
  await recordSent(em, key, messageId);
  return { kind: 'sent', channelId, messageId };
}

/**
 * The intent is written down first; Discord refuses a nonce that it has seen in the last minutes; and after a call that did
 * not come to its end the channel is searched for the mark that the message carries, before it is sent again.
 */
async function attempt(
  context: DiscordContext,
  intent: MessageIntent,
  message: MarkedMessage,
): Promise<Sent | { refusal: Refusal }> {
  const em = context.database.em.fork();
  const earlier = await beginSending(em, intent, new Date());
  if (earlier.state === 'sent')
    return { kind: 'sent', channelId: earlier.channelId, messageId: earlier.messageId };
  if (earlier.state === 'unknown') {
    const found = await findMarked(context, earlier, message.marker);
    if (found !== undefined) return conclude(found, earlier.channelId);
    await sendAgain(em, intent, new Date());
  }

  const result = await ask(
    () =>
      context.rest.post(Routes.channelMessages(intent.channelId), {
        body: { ...message.body, nonce: nonceOf(intent.key), enforce_nonce: true },
        files: filesOf(message),
      }) as Promise<APIMessage>,
  );
  if ('refusal' in result) return result;
  return conclude(toMessageId(result.answer.id), intent.channelId);

  async function conclude(messageId: MessageId, channelId: ChannelId): Promise<Sent> {
    await recordSent(em, intent.key, messageId);
    return { kind: 'sent', channelId, messageId };
  }
}

function filesOf({ files = [], media = [] }: MarkedMessage): RawFile[] {
  return [
    ...files.map(({ name, text }) => ({ name, data: Buffer.from(text) })),
    ...media.map(({ name, bytes }) => ({ name, data: bytes })),
  ];
}

/** The channel for direct messages with a member. Opening it again gives the same one. */
export async function openDirectMessages(
  context: DiscordContext,
  memberId: MemberId,
): Promise<{ channelId: ChannelId } | Delivery> {
  const result = await ask(
    () =>
      context.rest.post(Routes.userChannels(), { body: { recipient_id: memberId } }) as Promise<APIDMChannel>,
  );
  return 'refusal' in result
    ? refused(context, result.refusal, memberId)
    : { channelId: toChannelId(result.answer.id) };
}

function refused(context: DiscordContext, refusal: Refusal, message: string): Delivery {
  const { code, reason } = refusal;
  if (code === RESTJSONErrorCodes.CannotSendMessagesToThisUser) return { kind: 'closed' };
  if (saysGone(refusal)) return { kind: 'gone' };
  context.directory.forget();
  context.logger.warn({ message, code }, `a message was refused: ${reason}`);
  return { kind: 'refused', reason };
}

/**
 * Looks for a marked message among those of about the time at which it was tried. It goes forward from there, so that the
 * first page nearly always has it, however much has been written since.
 */
async function findMarked(
  context: DiscordContext,
  { channelId, triedAt }: { channelId: ChannelId; triedAt: number },
  marker: string,
): Promise<MessageId | undefined> {
  let after = firstIdAt(triedAt - SEARCH_AROUND_MS);
  for (;;) {
    const query = new URLSearchParams({ limit: String(PAGE), after });
    const result = await ask(
      () => context.rest.get(Routes.channelMessages(channelId), { query }) as Promise<APIMessage[]>,
    );
    // The bot may see that channel no longer, or it was deleted: then nobody has the message either.
    if ('refusal' in result) return undefined;
    const found = result.answer.find((message) => carriesMarker(message, marker));
    if (found !== undefined) return toMessageId(found.id);
    const newest = result.answer
      .map(({ id }) => id)
      .sort(byAge)
      .at(-1);
    if (newest === undefined || result.answer.length < PAGE) return undefined;
    if (createdAt(newest) > triedAt + SEARCH_AROUND_MS) return undefined;
    after = newest;
  }
}

function byAge(one: string, other: string): number {
  return createdAt(one) - createdAt(other);
}
