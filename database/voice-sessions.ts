/**
 * Who was in which voice or stage channel, from when until when: only where an event takes place that is not over. Each change is
 * one transaction, one after the other in a guild. Times are those of the bot, which hears of it: Discord says none.
 */

import type { EntityManager } from '@mikro-orm/postgresql';
import { type CommunityEvent, type EventRef, EXPECTED } from '../domain/events.ts';
import type { GuildId, MemberId } from '../domain/ids.ts';
import type { PresentInVoice, VoiceMove } from '../domain/voice-sessions.ts';

/** A member who is somewhere, as rows of a JSON list. */
const PRESENT = `jsonb_to_recordset(?::jsonb) as present ("memberId" text, "channelId" text, since float8)`;

/**
 * Notes that a member has moved: a session elsewhere ends, and one begins where an event takes place. Noting it again changes
 * nothing, and neither does news that is older than what is known of the member.
 */
export function recordMove(
  em: EntityManager,
  guildId: GuildId,
  { memberId, channelId, at }: VoiceMove,
): Promise<void> {
  return inTurn(em, guildId, async (transaction) => {
    if (await isKnownSince(transaction, guildId, memberId, at)) return;
    const time = new Date(at);
    await transaction.execute(
      `update voice_sessions set left_at = ?, seen_at = ?
       where guild_id = ? and member_id = ? and left_at is null and channel_id is distinct from ?`,
      [time, time, guildId, memberId, channelId],
    );
    if (channelId !== null) await open(transaction, guildId, [{ memberId, channelId, since: at }], at);
  });
}

/**
 * Compares with who is there at `at` (ms since 1970), of everybody in the guild. Whoever is there has a session; whoever is not was
 * last there when they were last seen: so it is after the bot was away, or the database was.
 */
export function recordPresence(
  em: EntityManager,
  guildId: GuildId,
  present: readonly PresentInVoice[],
  at: number,
): Promise<void> {
  const rows = JSON.stringify(present);
  const time = new Date(at);
  return inTurn(em, guildId, async (transaction) => {
    await transaction.execute(
      `update voice_sessions as session set left_at = seen_at
       where guild_id = ? and left_at is null and seen_at <= ? and not exists (
         select 1 from ${PRESENT} where "memberId" = session.member_id and "channelId" = session.channel_id)`,
      [guildId, time, rows],
    );
    await open(transaction, guildId, present, at);
    await transaction.execute(
      `update voice_sessions as session set seen_at = ? from ${PRESENT}
       where guild_id = ? and left_at is null and seen_at < ?
         and "memberId" = session.member_id and "channelId" = session.channel_id`,
      [time, rows, guildId, time],
    );
  });
}

/** How many are in the channel of an event now, as far as we know. None, if it is elsewhere. */
export async function whoIsThere(em: EntityManager, { guildId, eventId }: EventRef): Promise<number> {
  const [row]: { count: number }[] = await em.execute(
    `select count(*)::integer as count
     from voice_sessions as session join events as event
       on event.guild_id = session.guild_id and event.place_channel_id = session.channel_id
     where event.guild_id = ? and event.id = ? and left_at is null`,
    [guildId, eventId],
  );
  return row?.count ?? 0;
}

/**
 * Deletes the sessions that had ended when an event did: it is settled by now. Those that another event needs stay, which has
 * begun and is not settled.
 */
export async function dropSessionsOf(
  em: EntityManager,
  { guildId, eventId, endedAt }: Pick<CommunityEvent, 'guildId' | 'eventId' | 'endedAt'>,
): Promise<void> {
  if (endedAt === null) return;
  await em.execute(
    `delete from voice_sessions as session where guild_id = ? and left_at <= ? and not exists (
       select 1 from events as other where other.guild_id = session.guild_id and other.id <> ?
         and other.place_channel_id = session.channel_id and other.state in ('live', 'over')
         and (other.began_at is null or other.began_at < session.left_at))`,
    [guildId, new Date(endedAt), eventId],
  );
}

/** One after the other: two bots may hear the same while one takes over from the other. */
function inTurn(
  em: EntityManager,
  guildId: GuildId,
  work: (transaction: EntityManager) => Promise<void>,
): Promise<void> {
  return em.fork().transactional(async (transaction) => {
    await transaction.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`voice/${guildId}`]);
    await work(transaction);
  });
}

/** Whether something is known of a member that is newer than `at`. */
async function isKnownSince(
  transaction: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
  at: number,
): Promise<boolean> {
  const newer: unknown[] = await transaction.execute(
    `select 1 from voice_sessions where guild_id = ? and member_id = ? and seen_at > ? limit 1`,
    [guildId, memberId, new Date(at)],
  );
  return newer.length > 0;
}

/** Begins sessions of those who have none, where an event takes place. None begins before the last one has ended; one that ended as it
 * began goes on. */
async function open(
  transaction: EntityManager,
  guildId: GuildId,
  present: readonly PresentInVoice[],
  at: number,
): Promise<void> {
  await transaction.execute(
    `insert into voice_sessions (guild_id, channel_id, member_id, joined_at, seen_at)
     select ?, "channelId", "memberId", began_at, greatest(began_at, ?::timestamptz)
     from ${PRESENT} cross join lateral (
       select greatest(to_timestamp(since / 1000.0), max(left_at)) as began_at, count(*) - count(left_at) as still_open
       from voice_sessions where guild_id = ? and member_id = "memberId"
     ) as known
     where still_open = 0 and exists (
       select 1 from events where guild_id = ? and place_channel_id = "channelId" and state in (?))
     on conflict (guild_id, channel_id, member_id, joined_at) do update set left_at = null, seen_at = excluded.seen_at`,
    [guildId, new Date(at), JSON.stringify(present), guildId, guildId, EXPECTED],
  );
}
