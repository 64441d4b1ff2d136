import type { EntityManager } from '@mikro-orm/postgresql';
import type { ChannelId, GuildId, MemberId, MessageId } from '../domain/ids.ts';
import { SentMessage } from './entities/sent-message.ts';

/** A message that is about to be sent. */
export interface MessageIntent {
  /** What makes it once: workflow id and step. */
  readonly key: string;
  readonly guildId: GuildId;
  readonly memberId: MemberId | null;
  readonly channelId: ChannelId;
}

/** How far an earlier attempt has come. */
export type Attempt = { readonly state: 'first' } | Earlier;
type Earlier =
  /** It may have been sent, in this channel and at about this time (ms since 1970): look before sending again. */
  | { readonly state: 'unknown'; readonly channelId: ChannelId; readonly triedAt: number }
  | { readonly state: 'sent'; readonly channelId: ChannelId; readonly messageId: MessageId };

/** Writes down that `intent` is about to be sent, and says whether somebody has tried before. */
export async function beginSending(em: EntityManager, intent: MessageIntent, now: Date): Promise<Attempt> {
  const inserted: unknown[] = await em.execute(
    `insert into sent_messages (key, guild_id, member_id, channel_id, tried_at) values (?, ?, ?, ?, ?)
     on conflict (key) do nothing returning key`,
    [intent.key, intent.guildId, intent.memberId, intent.channelId, now],
  );
  if (inserted.length === 1) return { state: 'first' };
  return toAttempt(await em.fork().findOneOrFail(SentMessage, { key: intent.key }));
}

/** How far the message with this key has come, or undefined if nobody has tried to send it. */
export async function findSending(em: EntityManager, key: string): Promise<Earlier | undefined> {
  const row = await em.fork().findOne(SentMessage, { key });
  return row === null ? undefined : toAttempt(row);
}

function toAttempt({ channelId, messageId, triedAt }: SentMessage): Earlier {
  return messageId == null
    ? { state: 'unknown', channelId, triedAt: triedAt.getTime() }
    : { state: 'sent', channelId, messageId };
}

/** Writes down that `intent` is about to be sent again, after the search for an earlier message has found none. */
export async function sendAgain(em: EntityManager, intent: MessageIntent, now: Date): Promise<void> {
  await em.execute(`update sent_messages set channel_id = ?, tried_at = ? where key = ?`, [
    intent.channelId,
    now,
    intent.key,
  ]);
}

/** Where the message with this key is, or undefined if it was not sent, or that is not known. */
export async function findSent(
  em: EntityManager,
  key: string,
): Promise<{ channelId: ChannelId; messageId: MessageId } | undefined> {
  const row = await em.fork().findOne(SentMessage, { key });
  return row?.messageId == null ? undefined : { channelId: row.channelId, messageId: row.messageId };
}

/** Writes down the id of what was sent. */
export async function recordSent(em: EntityManager, key: string, messageId: MessageId): Promise<void> {
  await em.execute(`update sent_messages set message_id = ? where key = ?`, [messageId, key]);
}
