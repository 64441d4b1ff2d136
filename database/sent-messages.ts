import type { EntityManager } from '@mikro-orm/postgresql';
import type { ChannelId, GuildId, MemberId, MessageId } from '../domain/ids.ts';

/** A message that is about to be sent. */
export interface MessageIntent {
  /** What makes it once: workflow id and step. */
  readonly key: string;
  readonly guildId: GuildId;
  readonly memberId: MemberId | null;
  readonly channelId: ChannelId;
}

/** How far an earlier attempt has come. */
export type Attempt =
  | { readonly state: 'first' }
  /** It may have been sent: look before sending again. */
  | { readonly state: 'unknown'; readonly channelId: ChannelId }
  | { readonly state: 'sent'; readonly channelId: ChannelId; readonly messageId: MessageId };

/** Writes down that `intent` is about to be sent, and says whether somebody has tried before. */
export async function beginSending(em: EntityManager, intent: MessageIntent): Promise<Attempt> {
  const inserted: unknown[] = await em.execute(
    `insert into sent_messages (key, guild_id, member_id, channel_id) values (?, ?, ?, ?)
     on conflict (key) do nothing returning key`,
    [intent.key, intent.guildId, intent.memberId, intent.channelId],
  );
  if (inserted.length === 1) return { state: 'first' };
  const [row]: { channel_id: ChannelId; message_id: MessageId | null }[] = await em.execute(
    `select channel_id, message_id from sent_messages where key = ?`,
    [intent.key],
  );
  if (row === undefined) return { state: 'first' };
  return row.message_id === null
    ? { state: 'unknown', channelId: row.channel_id }
    : { state: 'sent', channelId: row.channel_id, messageId: row.message_id };
}

/** Writes down the id of what was sent. */
export async function recordSent(em: EntityManager, key: string, messageId: MessageId): Promise<void> {
  await em.execute(`update sent_messages set message_id = ? where key = ?`, [messageId, key]);
}
