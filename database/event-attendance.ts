/** Who was at an event: checked in, or present for so long. */

import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type AttendanceRule,
  type CheckInResult,
  checkInRefusal,
  requiredPresenceMs,
} from '../domain/event-attendance.ts';
import type { CommunityEvent, EventRef } from '../domain/events.ts';
import type { MemberId } from '../domain/ids.ts';
import { lockEvent, readEvents } from './events.ts';

/** What became of checking in, and at which event. */
interface CheckedIn {
  readonly result: CheckInResult;
  readonly found?: CommunityEvent;
}

/** Checks a member in. Doing it again changes nothing. `at`: when they pressed, in ms since 1970. */
export function checkIn(
  em: EntityManager,
  event: EventRef,
  memberId: MemberId,
  at: number,
): Promise<CheckedIn> {
  return em.fork().transactional(async (transaction) => {
    const found = await holdEvent(transaction, event);
    if (found === undefined) return { result: 'no such event' };
    const refusal = checkInRefusal(found, at);
    if (refusal !== undefined) return { result: refusal, found };
    const noted: unknown[] = await transaction.execute(
      `insert into event_attendances (guild_id, event_id, member_id, checked_in_at) values (?, ?, ?, ?)
       on conflict do nothing returning member_id`,
      [event.guildId, event.eventId, memberId, new Date(at)],
    );
    return { result: noted.length > 0 ? 'done' : 'done already', found };
  });
}

/**
 * Settles who has attended an event that is over, and opens its feedback. The host has not attended: they have hosted. Settling it
 * again gives the same.
 *
 * @returns how many have attended
 */
export function settleAttendance(em: EntityManager, event: EventRef, rule: AttendanceRule): Promise<number> {
  return em.fork().transactional(async (transaction) => {
    const found = await lockEvent(transaction, event);
    if (found === undefined) return 0;
    if (found.place.kind === 'channel') await notePresence(transaction, found, found.place.channelId, rule);
    await transaction.execute(
      `update event_attendances set attended = true
       where guild_id = ? and event_id = ? and checked_in_at is not null and member_id is distinct from ?`,
      [event.guildId, event.eventId, found.hostId],
    );
    await transaction.execute(`update events set feedback_until = ? where guild_id = ? and id = ?`, [
      new Date(rule.feedbackUntil),
      event.guildId,
      event.eventId,
    ]);
    return countAttended(transaction, event);
  });
}

/** The event, as it stays until the transaction is over. Others may hold it so at the same time. */
async function holdEvent(
  transaction: EntityManager,
  { guildId, eventId }: EventRef,
): Promise<CommunityEvent | undefined> {
  const [event] = await readEvents(transaction, 'guild_id = ? and id = ? for share', [guildId, eventId]);
  return event;
}

/** How long each was there while the event went on: all sessions together. Who is still there was there until its end. */
async function notePresence(
  transaction: EntityManager,
  event: CommunityEvent,
  channelId: string,
  rule: AttendanceRule,
): Promise<void> {
  const [began, ended] = [new Date(rule.beganAt), new Date(rule.endedAt)];
  await transaction.execute(
    `insert into event_attendances (guild_id, event_id, member_id, present_ms, attended)
     select ?, ?, member_id, present_ms, present_ms >= ? and member_id is distinct from ?
     from (
       select member_id, round(sum(extract(epoch from
         least(coalesce(left_at, ?), ?::timestamptz) - greatest(joined_at, ?::timestamptz))) * 1000)::bigint as present_ms
       from voice_sessions
       where guild_id = ? and channel_id = ? and joined_at < ? and (left_at is null or left_at > ?)
       group by member_id
     ) as presence
     on conflict (guild_id, event_id, member_id) do update
       set present_ms = excluded.present_ms, attended = excluded.attended`,
    [
      ...[event.guildId, event.eventId, requiredPresenceMs(event, rule), event.hostId],
      ...[ended, ended, began, event.guildId, channelId, ended, began],
    ],
  );
}

async function countAttended(em: EntityManager, { guildId, eventId }: EventRef): Promise<number> {
  const [row]: { count: number }[] = await em.execute(
    `select count(*)::integer as count from event_attendances where guild_id = ? and event_id = ? and attended`,
    [guildId, eventId],
  );
  return row?.count ?? 0;
}
