/** What is heard of messages and thanks is written down here, and how far nothing of it is missing. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { ChannelMessage } from '../domain/channel-messages.ts';
import type { ChannelId, GuildId, MessageId } from '../domain/ids.ts';
import { type ThanksReaction, thanksCause } from '../domain/thanks.ts';
import { makePartitions } from './message-partitions.ts';
import { putIntoOutbox } from './outbox.ts';

/** What the gateway has told, and how far it has told everything. */
export interface Heard {
  readonly messages: readonly ChannelMessage[];
  readonly thanks: readonly ThanksReaction[];
  /** Up to this id, everything that this session has told is written down now or was before. */
  readonly heardTo: MessageId;
  /** Something may have been missed before that: it has to be read. */
  readonly hasGap: boolean;
}

/** How far nothing is missing, and the last time that something may have been. */
export interface IntakeState {
  readonly completeTo: MessageId;
  readonly lastGap: number;
}

/**
 * Writes down what was heard; what is known already stays as it is. One transaction, however much it is. Where there is a gap, the
 * mark stays where it is until that is closed, and reading what was missed is ordered.
 */
export async function storeHeard(em: EntityManager, guildId: GuildId, heard: Heard): Promise<void> {
  await makePartitions(
    em,
    heard.messages.map(({ id }) => id),
  );
  await em.fork().transactional(async (transaction) => {
    await insertMessages(transaction, guildId, heard.messages);
    await insertThanks(transaction, guildId, heard.thanks);
    const gaps = await moveMark(transaction, guildId, heard);
    if (!heard.hasGap) return;
    putIntoOutbox(transaction, [{ kind: 'read missed messages', gap: { guildId, number: gaps } }]);
  });
}

/** Writes down what was read in a channel of what may have been missed, and that it was read up to `readTo`. */
export async function storeRead(
  em: EntityManager,
  guildId: GuildId,
  channelId: ChannelId,
  { messages, readTo }: { readonly messages: readonly ChannelMessage[]; readonly readTo: MessageId },
): Promise<void> {
  await makePartitions(
    em,
    messages.map(({ id }) => id),
  );
  await em.fork().transactional(async (transaction) => {
    await insertMessages(transaction, guildId, messages);
    await transaction.execute(
      `insert into message_readings as reading (guild_id, channel_id, read_to) values (?, ?, ?)
       on conflict (guild_id, channel_id) do update set read_to = greatest(reading.read_to, excluded.read_to)`,
      [guildId, channelId, readTo],
    );
  });
}

/** Up to which message a channel was read by catching up, or undefined if it never was. */
export async function readUpTo(
  em: EntityManager,
  guildId: GuildId,
  channelId: ChannelId,
): Promise<MessageId | undefined> {
  const [row]: { read_to: MessageId }[] = await em.execute(
    `select read_to from message_readings where guild_id = ? and channel_id = ?`,
    [guildId, channelId],
  );
  return row?.read_to;
}

/** Writes down thanks that were found by looking for them. */
export async function storeThanks(
  em: EntityManager,
  guildId: GuildId,
  thanks: readonly ThanksReaction[],
): Promise<void> {
  await em.fork().transactional((transaction) => insertThanks(transaction, guildId, thanks));
}

/** How far the messages of a guild are known, or undefined if none was ever heard. */
export async function intakeState(em: EntityManager, guildId: GuildId): Promise<IntakeState | undefined> {
  const [row]: IntakeState[] = await em.execute(
    `select complete_to as "completeTo", gaps_opened as "lastGap" from message_intakes where guild_id = ?`,
    [guildId],
  );
  return row;
}

/** Notes that what may have been missed up to the gap with this number is read. If no later one is open, the mark moves on. */
export async function closeGap(em: EntityManager, guildId: GuildId, gap: number): Promise<void> {
  await em.execute(
    `update message_intakes set
       gaps_closed = greatest(gaps_closed, ?),
       complete_to = case when gaps_opened <= ? then greatest(complete_to, heard_to) else complete_to end
     where guild_id = ?`,
    [gap, gap, guildId],
  );
}

/** Those of `messageIds` that we know, with how many thanks are known of each. */
export async function thanksKnown(
  em: EntityManager,
  guildId: GuildId,
  messageIds: readonly MessageId[],
): Promise<ReadonlyMap<MessageId, number>> {
  if (messageIds.length === 0) return new Map();
  const rows: { id: MessageId; count: number }[] = await em.execute(
    `select id, (select count(*) from thanks where thanks.guild_id = messages.guild_id and message_id = id)::integer as count
     from messages where guild_id = ? and id in (?)`,
    [guildId, messageIds],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** In the order of their ids, so that two who write the same never wait for each other. */
async function insertMessages(
  transaction: EntityManager,
  guildId: GuildId,
  messages: readonly ChannelMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await transaction.execute(
    `insert into messages (id, guild_id, channel_id, member_id, length, fingerprint, excluded)
     select id, ?, "channelId", "memberId", length, fingerprint, excluded
     from jsonb_to_recordset(?::jsonb) as message
       (id bigint, "channelId" text, "memberId" text, length integer, fingerprint bigint, excluded boolean)
     order by id
     on conflict (id) do nothing`,
    [guildId, JSON.stringify(messages)],
  );
}

async function insertThanks(
  transaction: EntityManager,
  guildId: GuildId,
  thanks: readonly ThanksReaction[],
): Promise<void> {
  if (thanks.length === 0) return;
  const rows = thanks.map((one) => ({ ...one, cause: thanksCause(one) }));
  await transaction.execute(
    `insert into thanks (guild_id, cause, message_id, giver_member_id, at)
     select ?, cause, "messageId", "giverId", to_timestamp(at / 1000.0)
     from jsonb_to_recordset(?::jsonb) as thanks (cause text, "messageId" bigint, "giverId" text, at float8)
     order by cause
     on conflict (guild_id, cause) do nothing`,
    [guildId, JSON.stringify(rows)],
  );
}

/** Gives how many gaps there have been. The first of all marks is where everything begins. */
async function moveMark(
  transaction: EntityManager,
  guildId: GuildId,
  { heardTo, hasGap }: Heard,
): Promise<number> {
  const [intake]: { gaps: number }[] = await transaction.execute(
    `insert into message_intakes as intake (guild_id, heard_to, complete_to, gaps_opened, gaps_closed)
     values (?, ?, ?, ?, 0)
     on conflict (guild_id) do update set
       heard_to = greatest(intake.heard_to, excluded.heard_to),
       gaps_opened = intake.gaps_opened + excluded.gaps_opened,
       complete_to = case when intake.gaps_opened + excluded.gaps_opened = intake.gaps_closed
         then greatest(intake.complete_to, intake.heard_to, excluded.heard_to) else intake.complete_to end
     returning gaps_opened as gaps`,
    [guildId, heardTo, heardTo, hasGap ? 1 : 0],
  );
  await transaction.execute(
    `insert into message_settlements (guild_id, settled_to) values (?, ?) on conflict (guild_id) do nothing`,
    [guildId, heardTo],
  );
  return intake?.gaps ?? 0;
}
