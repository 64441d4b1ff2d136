/**
 * Who goes to an event. The bot writes it by itself: what thousands do is one short transaction each, with the event's row locked,
 * so that no more go than there are places, and who was first in line gets the next one.
 */

import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type EventResponse,
  nextRegistration,
  type Registered,
  type Registration,
  type RegistrationCounts,
  type ResponseSource,
} from '../domain/event-registrations.ts';
import { type CommunityEvent, type EventRef, EXPECTED } from '../domain/events.ts';
import type { MemberId } from '../domain/ids.ts';
import { findEvent, lockEvent } from './events.ts';
import { putIntoOutbox } from './outbox.ts';

/** Where a member stands, and what it depends on where they can. */
interface Standing {
  readonly known: Registration | undefined;
  /** How many go. */
  readonly going: number;
  /** How many wait who were there before the member. */
  readonly waitingBefore: number;
  readonly wantsReminders: boolean;
  /** Whether it is ordered already that the announcement says how many go. */
  readonly isCountDue: boolean;
}

/**
 * Writes down what a member says of an event. Repeating it changes nothing, and what comes late does not change what they have
 * said since. Who gives up a place lets the first in line move up.
 *
 * @param source what they have said it by; interest in Discord's own event does not count against what they have pressed
 */
export function respond(
  em: EntityManager,
  response: EventResponse,
  source: ResponseSource = 'press',
): Promise<Registered> {
  return em.fork().transactional(async (transaction) => {
    const event = await lockEvent(transaction, response);
    if (event === undefined) return { kind: 'no such event' };
    if (!EXPECTED.includes(event.state)) return { kind: 'over' };
    const standing = await findStanding(transaction, response);
    const hasPlace = event.capacity === null || standing.going < event.capacity;
    const next = nextRegistration(standing.known, response, source, hasPlace);
    if (next !== undefined) await write(transaction, response, next);
    const { known } = standing;
    if (next !== undefined && next.state !== (known?.state ?? 'not going')) {
      if (known?.state === 'going') await moveUp(transaction, event);
      if (!standing.isCountDue) await orderCount(transaction, event);
    }
    return describe(next ?? known, standing);
  });
}

/** One question, since the event is locked meanwhile. */
async function findStanding(
  transaction: EntityManager,
  { guildId, eventId, memberId, order }: EventResponse,
): Promise<Standing> {
  const rows: (Omit<Standing, 'known'> & Partial<Registration>)[] = await transaction.execute(
    `select mine.state, mine.place_in_line::text as "placeInLine", mine.last_order::text as "lastOrder", mine.source,
       (select count(*)::integer from event_registrations as other
        where other.guild_id = events.guild_id and other.event_id = events.id and other.state = 'going') as going,
       (select count(*)::integer from event_registrations as other
        where other.guild_id = events.guild_id and other.event_id = events.id and other.state = 'waiting'
          and (other.place_in_line, other.member_id) <
            (case mine.state when 'waiting' then mine.place_in_line else ?::numeric end, ?)) as "waitingBefore",
       coalesce(preference.wants_direct_messages, false) as "wantsReminders", events.is_count_due as "isCountDue"
     from events
     left join event_registrations as mine
       on mine.guild_id = events.guild_id and mine.event_id = events.id and mine.member_id = ?
     left join event_preferences as preference
       on preference.guild_id = events.guild_id and preference.member_id = ?
     where events.guild_id = ? and events.id = ?`,
    [order, memberId, memberId, memberId, guildId, eventId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`event ${eventId} is gone while it is locked`);
  const { state, placeInLine, lastOrder, source, ...rest } = row;
  return { ...rest, known: isWritten({ state, placeInLine, lastOrder, source }) };
}

/** The columns of a row that is not there are null. */
function isWritten(
  columns: {
    readonly [Key in keyof Registration]: Registration[Key] | null | undefined;
  },
): Registration | undefined {
  return columns.state == null ? undefined : (columns as Registration);
}

async function write(
  transaction: EntityManager,
  { guildId, eventId, memberId, at }: EventResponse,
  { state, placeInLine, lastOrder, source }: Registration,
): Promise<void> {
  await transaction.execute(
    `insert into event_registrations
       (guild_id, event_id, member_id, state, place_in_line, last_order, source, responded_at)
     values (?, ?, ?, ?, ?::numeric, ?::numeric, ?, ?)
     on conflict (guild_id, event_id, member_id) do update set
       state = excluded.state, place_in_line = excluded.place_in_line, last_order = excluded.last_order,
       source = excluded.source, responded_at = excluded.responded_at`,
    [guildId, eventId, memberId, state, placeInLine, lastOrder, source, new Date(at)],
  );
}

/** Who has not said anything that counts is not going. */
function describe(
  registration: Registration | undefined,
  { waitingBefore, wantsReminders }: Standing,
): Registered {
  const state = registration?.state ?? 'not going';
  return state === 'waiting'
    ? { kind: 'waiting', place: waitingBefore + 1, wantsReminders }
    : { kind: 'registered', state, wantsReminders };
}

/**
 * Gives the places that are free to those who are first in line, and orders that they are told: after the capacity of an event was
 * raised. `event` is as it is from now on, and locked.
 *
 * @returns who has moved up
 */
export async function fillPlaces(transaction: EntityManager, event: CommunityEvent): Promise<MemberId[]> {
  const moved = await moveUp(transaction, event);
  if (moved.length > 0) await orderCount(transaction, event);
  return moved;
}

async function moveUp(
  transaction: EntityManager,
  { guildId, eventId, capacity }: CommunityEvent,
): Promise<MemberId[]> {
  // Without a capacity there is no limit, which is what null says here.
  const moved: { memberId: MemberId; placeInLine: string }[] = await transaction.execute(
    `update event_registrations set state = 'going'
     where guild_id = ? and event_id = ? and member_id in (
       select member_id from event_registrations
       where guild_id = ? and event_id = ? and state = 'waiting'
       order by place_in_line, member_id
       limit (
         select case when ?::integer is null then null else greatest(0, ?::integer - count(*)) end
         from event_registrations where guild_id = ? and event_id = ? and state = 'going'))
     returning member_id as "memberId", place_in_line::text as "placeInLine"`,
    [guildId, eventId, guildId, eventId, capacity, capacity, guildId, eventId],
  );
  const event = { guildId, eventId };
  putIntoOutbox(
    transaction,
    moved.map((member) => ({ kind: 'tell moved up', event, ...member })),
  );
  return moved.map(({ memberId }) => memberId);
}

/** Once, until the counts are read: however many press at the same time, one order changes the announcement. */
async function orderCount(transaction: EntityManager, { guildId, eventId }: EventRef): Promise<void> {
  const ordered: unknown[] = await transaction.execute(
    `update events set is_count_due = true where guild_id = ? and id = ? and not is_count_due returning id`,
    [guildId, eventId],
  );
  if (ordered.length === 0) return;
  putIntoOutbox(transaction, [{ kind: 'show registrations', event: { guildId, eventId } }]);
}

/** How many go, wait, and may come. */
export async function countRegistrations(
  em: EntityManager,
  { guildId, eventId }: EventRef,
): Promise<RegistrationCounts> {
  const [counts]: RegistrationCounts[] = await em.execute(
    `select count(*) filter (where state = 'going')::integer as going,
       count(*) filter (where state = 'waiting')::integer as waiting,
       count(*) filter (where state = 'maybe')::integer as maybe
     from event_registrations where guild_id = ? and event_id = ?`,
    [guildId, eventId],
  );
  return counts ?? { going: 0, waiting: 0, maybe: 0 };
}

/** The same, for the announcement: whoever responds from then on orders that it is changed again. */
export function takeDueRegistrations(em: EntityManager, event: EventRef): Promise<RegistrationCounts> {
  return em.fork().transactional(async (transaction) => {
    await transaction.execute(`update events set is_count_due = false where guild_id = ? and id = ?`, [
      event.guildId,
      event.eventId,
    ]);
    return countRegistrations(transaction, event);
  });
}

/** The event, if somebody can still say that they go. */
export async function findExpectedEvent(
  em: EntityManager,
  event: EventRef,
): Promise<CommunityEvent | 'no such event' | 'over'> {
  const found = await findEvent(em.fork(), event);
  if (found === undefined) return 'no such event';
  return EXPECTED.includes(found.state) ? found : 'over';
}

/** Where a member stands in an event: undefined if they have said nothing of it. */
export async function findRegistration(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  memberId: MemberId,
): Promise<Registration | undefined> {
  const [found]: Registration[] = await em.execute(
    `select state, place_in_line::text as "placeInLine", last_order::text as "lastOrder", source
     from event_registrations where guild_id = ? and event_id = ? and member_id = ?`,
    [guildId, eventId, memberId],
  );
  return found;
}
