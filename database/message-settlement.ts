/** Decides in the order of their ids which messages count, and awards them. */

import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type ChannelMessage,
  countMessages,
  messageCause,
  type WriterState,
} from '../domain/channel-messages.ts';
import { createdAt, type MemberId, type MessageId } from '../domain/ids.ts';
import { ACTION, type Award } from '../domain/recognition.ts';
import { award, type Ledger } from './points.ts';

/**
 * Settles the next messages of a guild, up to `limit` of them, but none after the mark before which nothing is missing. One
 * transaction; who else settles the guild at the same time does nothing. If the process dies, all is as it was.
 *
 * @returns how many were settled: fewer than `limit` if there are no more for now
 */
export async function settleMessages(em: EntityManager, ledger: Ledger, limit: number): Promise<number> {
  return em.fork().transactional(async (transaction) => {
    const span = await lockSpan(transaction, ledger);
    if (span === undefined) return 0;
    const messages = await nextMessages(transaction, ledger, span, limit);
    const before = await statesOf(transaction, ledger, messages);
    const { counted, states } = countMessages(before, messages, ledger.settings.messages);
    await award(transaction, ledger, counted.map(toAward));
    await storeStates(transaction, ledger, states);
    const last = messages.length < limit ? span.upTo : messages.at(-1)?.id;
    await transaction.execute(`update message_settlements set settled_to = ? where guild_id = ?`, [
      last ?? span.upTo,
      ledger.guildId,
    ]);
    return messages.length;
  });
}

/** Up to which id the messages of a guild are settled, or undefined if none was ever heard. */
export async function settledTo(
  em: EntityManager,
  { guildId }: Pick<Ledger, 'guildId'>,
): Promise<MessageId | undefined> {
  const [row]: { settled_to: MessageId }[] = await em.execute(
    `select settled_to from message_settlements where guild_id = ?`,
    [guildId],
  );
  return row?.settled_to;
}

/** What is to be settled next. */
interface Span {
  readonly after: MessageId;
  readonly upTo: MessageId;
}

/** Undefined if somebody else settles now, or nothing new is complete. */
async function lockSpan(transaction: EntityManager, { guildId }: Ledger): Promise<Span | undefined> {
  const [row]: Span[] = await transaction.execute(
    `select settled_to as after, complete_to as "upTo"
     from message_settlements as settlement join message_intakes using (guild_id)
     where guild_id = ? and complete_to > settled_to
     for update of settlement skip locked`,
    [guildId],
  );
  return row;
}

function nextMessages(
  transaction: EntityManager,
  { guildId }: Ledger,
  { after, upTo }: Span,
  limit: number,
): Promise<ChannelMessage[]> {
  return transaction.execute(
    `select id, channel_id as "channelId", member_id as "memberId", length, fingerprint, excluded
     from messages where id > ? and id <= ? and guild_id = ? order by id limit ?`,
    [after, upTo, guildId, limit],
  );
}

async function statesOf(
  transaction: EntityManager,
  { guildId }: Ledger,
  messages: readonly ChannelMessage[],
): Promise<Map<MemberId, WriterState>> {
  const members = [...new Set(messages.map(({ memberId }) => memberId))];
  const rows: (WriterState & { readonly memberId: MemberId })[] = await transaction.execute(
    `select member_id as "memberId", last_counted as "lastCounted", last_fingerprint as "lastFingerprint"
     from message_writers where guild_id = ? and member_id in (select jsonb_array_elements_text(?::jsonb))`,
    [guildId, JSON.stringify(members)],
  );
  return new Map(rows.map(({ memberId, ...state }) => [memberId, state]));
}

async function storeStates(
  transaction: EntityManager,
  { guildId }: Ledger,
  states: ReadonlyMap<MemberId, WriterState>,
): Promise<void> {
  const rows = [...states].map(([memberId, state]) => ({ memberId, ...state }));
  await transaction.execute(
    `insert into message_writers (guild_id, member_id, last_counted, last_fingerprint)
     select ?, "memberId", "lastCounted", "lastFingerprint"
     from jsonb_to_recordset(?::jsonb) as state ("memberId" text, "lastCounted" bigint, "lastFingerprint" bigint)
     on conflict (guild_id, member_id) do update
       set last_counted = excluded.last_counted, last_fingerprint = excluded.last_fingerprint`,
    [guildId, JSON.stringify(rows)],
  );
}

function toAward({ id, memberId }: ChannelMessage): Award {
  return { memberId, action: ACTION.message, cause: messageCause(id), at: createdAt(id) };
}
