/** Events as they are looked up: what is to come, which somebody may change, and who goes. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import {
  ATTENDEE_STATES,
  ATTENDEES_PER_PAGE,
  type Attendee,
  type AttendeePage,
  type AttendeeState,
  EVENTS_PER_PAGE,
  type EventPage,
  LISTED,
  type ListedEvent,
} from '../domain/event-lists.ts';
import type { RegistrationCounts } from '../domain/event-registrations.ts';
import type { CommunityEvent, EventId, EventRef, EventState } from '../domain/events.ts';
import type { GuildId, MemberId } from '../domain/ids.ts';
import { findEvent, readEvents } from './events.ts';

const NOBODY: RegistrationCounts = { going: 0, waiting: 0, maybe: 0 };

/** A page of the events that members can go to. A page that is not there is the last one. */
export async function comingEvents(em: EntityManager, guildId: GuildId, wanted: number): Promise<EventPage> {
  const [{ count } = { count: 0 }]: { count: number }[] = await em.execute(
    `select count(*)::integer as count from events where guild_id = ? and state in (?)`,
    [guildId, LISTED],
  );
  const pages = Math.max(1, Math.ceil(count / EVENTS_PER_PAGE));
  const page = Math.min(Math.max(1, wanted), pages);
  const events = await readEvents(
    em,
    `guild_id = ? and state in (?) order by starts_at, id limit ? offset ?`,
    [guildId, LISTED, EVENTS_PER_PAGE, (page - 1) * EVENTS_PER_PAGE],
  );
  return { events: await withCounts(em, guildId, events), page, pages };
}

/** An event with how many go, or undefined if there is none. */
export async function findListedEvent(em: EntityManager, event: EventRef): Promise<ListedEvent | undefined> {
  const found = await findEvent(em, event);
  if (found === undefined) return undefined;
  const [listed] = await withCounts(em, event.guildId, [found]);
  return listed;
}

/** Which events are offered, and to whom. */
export interface OfferedEvents {
  readonly guildId: GuildId;
  /** A part of the title. */
  readonly typed: string;
  readonly states: readonly EventState[];
  /** Those alone that this member holds or has made. undefined: all. */
  readonly ledBy?: MemberId;
}

/** The events to choose from while somebody types: the soonest first, and behind them those that are over, the latest first. */
export function offeredEvents(
  em: EntityManager,
  { guildId, typed, states, ledBy }: OfferedEvents,
): Promise<CommunityEvent[]> {
  const led = ledBy === undefined ? [] : [ledBy, ledBy];
  return readEvents(
    em,
    `guild_id = ? and state in (?) and position(lower(?) in lower(title)) > 0
     ${led.length === 0 ? '' : 'and (host_member_id = ? or creator_member_id = ?)'}
     order by state in ('over', 'closed'), case when state in ('over', 'closed') then null else starts_at end,
       starts_at desc, id limit ?`,
    [guildId, states, typed, ...led, DISCORD_LIMITS.offeredValues],
  );
}

/** A page of who goes to an event, or was there, in the order in which they said so. */
export async function attendeesOf(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  wanted: number,
): Promise<AttendeePage> {
  const counts = await countAttendees(em, { guildId, eventId });
  const total = ATTENDEE_STATES.reduce((sum, state) => sum + counts[state], 0);
  const pages = Math.max(1, Math.ceil(total / ATTENDEES_PER_PAGE));
  const page = Math.min(Math.max(1, wanted), pages);
  const attendees: Attendee[] = await em.execute(
    `select "memberId", state from (${ATTENDEES}) as attendee
     order by array_position(array['attended', 'going', 'waiting', 'maybe'], state), place, "memberId" limit ? offset ?`,
    [guildId, eventId, guildId, eventId, ATTENDEES_PER_PAGE, (page - 1) * ATTENDEES_PER_PAGE],
  );
  return { eventId, attendees, counts, page, pages };
}

/** Who was there, and who goes: whoever was there stands among both. */
const ATTENDEES = `
  select member_id as "memberId", 'attended' as state, 0::numeric as place from event_attendances
  where guild_id = ? and event_id = ? and attended
  union all
  select member_id, state, place_in_line from event_registrations
  where guild_id = ? and event_id = ? and state in ('going', 'waiting', 'maybe')`;

async function countAttendees(
  em: EntityManager,
  { guildId, eventId }: EventRef,
): Promise<Record<AttendeeState, number>> {
  const rows: { state: AttendeeState; count: number }[] = await em.execute(
    `select state, count(*)::integer as count from (${ATTENDEES}) as attendee group by state`,
    [guildId, eventId, guildId, eventId],
  );
  const count = (wanted: AttendeeState) => rows.find(({ state }) => state === wanted)?.count ?? 0;
  return {
    attended: count('attended'),
    going: count('going'),
    waiting: count('waiting'),
    maybe: count('maybe'),
  };
}

async function withCounts(
  em: EntityManager,
  guildId: GuildId,
  events: readonly CommunityEvent[],
): Promise<ListedEvent[]> {
  if (events.length === 0) return [];
  const rows: (RegistrationCounts & { eventId: EventId })[] = await em.execute(
    `select event_id as "eventId", ${countOf('going')}, ${countOf('waiting')}, ${countOf('maybe')}
     from event_registrations where guild_id = ? and event_id in (?) group by event_id`,
    [guildId, events.map(({ eventId }) => eventId)],
  );
  const byEvent = new Map(rows.map(({ eventId, ...counts }) => [eventId, counts]));
  return events.map((event) => ({ ...event, ...(byEvent.get(event.eventId) ?? NOBODY) }));
}

function countOf(state: keyof RegistrationCounts): string {
  return `count(*) filter (where state = '${state}')::integer as ${state}`;
}
