/** What became of events, for staff. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventFigures, EventReport } from '../domain/event-report.ts';
import type { CommunityEvent, EventRef } from '../domain/events.ts';
import { ratingsOf, remarksOn } from './event-feedback.ts';
import { findEvent, readEvents } from './events.ts';

/** What became of an event, beside the last one of its kind. Undefined if it is not there. */
export async function readEventReport(em: EntityManager, event: EventRef): Promise<EventReport | undefined> {
  const found = await findEvent(em, event);
  if (found === undefined) return undefined;
  const before = await lastOfKindBefore(em, found);
  return {
    ...(await figuresOf(em, found)),
    kind: found.kind,
    hostId: found.hostId,
    remarks: await remarksOn(em, event),
    before: before === undefined ? null : await figuresOf(em, before),
  };
}

async function figuresOf(em: EntityManager, event: CommunityEvent): Promise<EventFigures> {
  const { guildId, eventId, title, startsAt } = event;
  const [counts]: Pick<EventFigures, 'registered' | 'attended' | 'registeredAttended'>[] = await em.execute(
    `with registered as (
       select member_id from event_registrations where guild_id = ? and event_id = ? and state = 'going'
         and member_id is distinct from ?
     ), attended as (
       select member_id from event_attendances where guild_id = ? and event_id = ? and attended
     )
     select (select count(*)::integer from registered) as registered,
       (select count(*)::integer from attended) as attended,
       (select count(*)::integer from attended join registered using (member_id)) as "registeredAttended"`,
    [guildId, eventId, event.hostId, guildId, eventId],
  );
  const none = { registered: 0, attended: 0, registeredAttended: 0 };
  return { title, startsAt, ...none, ...counts, ...(await ratingsOf(em, event)) };
}

/** Of several that ended at the same time, the last by its id. */
async function lastOfKindBefore(
  em: EntityManager,
  { guildId, eventId, kind, endedAt }: CommunityEvent,
): Promise<CommunityEvent | undefined> {
  if (endedAt === null) return undefined;
  const [event] = await readEvents(
    em,
    `guild_id = ? and kind = ? and id <> ? and state in ('over', 'closed') and ended_at <= ?
     order by ended_at desc, id desc limit 1`,
    [guildId, kind, eventId, new Date(endedAt)],
  );
  return event;
}
