/** Events in a test's database that no workflow leads: what is written down of them is all there is. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { insertEvent } from '../../database/events.ts';
import { type CommunityEvent, type EventRef, type NewEvent, toEventId } from '../../domain/events.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';

const HOUR_MS = 3_600_000;
let events = 0;

/** Writes down an event of an hour, which by default is over. */
export async function writeEvent(
  em: EntityManager,
  guildId: GuildId,
  changes: Partial<CommunityEvent> & Pick<CommunityEvent, 'startsAt'>,
): Promise<EventRef> {
  events += 1;
  const { startsAt, state = 'closed', scheduledEventId = null } = changes;
  const event: NewEvent = {
    ...{ guildId, eventId: toEventId(`past-${events}`), kind: 'workshop', title: `Event ${events}` },
    ...{ description: '', startsAt, endsAt: startsAt + HOUR_MS, capacity: null, hostId: null, picture: null },
    place: { kind: 'link', link: 'https://meet.example' },
    ...{ createdBy: null, slot: null },
    ...changes,
  };
  await em.fork().transactional(async (transaction) => {
    await insertEvent(transaction, event);
    await transaction.flush();
    await transaction.execute(`delete from outbox where "order"->'event'->>'eventId' = ?`, [event.eventId]);
    await transaction.execute(
      'update events set state = ?, scheduled_event_id = ? where guild_id = ? and id = ?',
      [state, scheduledEventId, guildId, event.eventId],
    );
  });
  return { guildId, eventId: event.eventId };
}

/** Writes down that members have attended an event, or were there for too short a time. */
export async function writeAttendance(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  members: readonly MemberId[],
  attended = true,
): Promise<void> {
  for (const memberId of members)
    await em.execute(
      'insert into event_attendances (guild_id, event_id, member_id, attended) values (?, ?, ?, ?)',
      [guildId, eventId, memberId, attended],
    );
}
