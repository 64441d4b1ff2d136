/**
 * Weekly workshops: their events, and those that staff have left out or moved. The bot writes and reads here by itself what staff decide;
 * what must follow goes through the outbox.
 */

import type { EntityManager } from '@mikro-orm/postgresql';
import { weekAround } from '../domain/calendar.ts';
import type { CommunityEvent, EventId, EventPlace, EventState, NewEvent } from '../domain/events.ts';
import type { GuildId } from '../domain/ids.ts';
import type { EventBeginning, OutboxOrder } from '../domain/outbox.ts';
import {
  type WorkshopChange,
  type WorkshopException,
  type WorkshopOutcome,
  type WorkshopPlan,
  type WorkshopRef,
  type WorkshopRequest,
  type WorkshopSlot,
  type WorkshopTimes,
  workshopEventId,
  workshopScheduleId,
} from '../domain/workshops.ts';
import { insertEvent, lockEvent, readEvents } from './events.ts';
import { putIntoOutbox } from './outbox.ts';
import { inMs } from './sql.ts';

/** The states of an event that can still be left out or moved: one that has begun is not a plan any more. */
const CHANGEABLE: readonly EventState[] = ['planned', 'open'];

/** What a workshop's event is made of. */
interface WorkshopMaterial {
  readonly slot: WorkshopSlot;
  readonly times: WorkshopTimes;
  readonly place: EventPlace;
}

/** What there is to do about a workshop at `now` (ms since 1970). */
export async function planWorkshop(
  em: EntityManager,
  workshop: WorkshopRef,
  times: WorkshopTimes,
  now: number,
): Promise<WorkshopPlan> {
  const { day } = workshop;
  const exception = await findException(em, workshop);
  const startsAt = exception?.startsAt ?? times.startsAt;
  const obstacle = await obstacleTo(em, workshop, exception, { startsAt, now });
  return obstacle === undefined
    ? { kind: 'due', day, startsAt }
    : { kind: 'settled', day, startsAt, outcome: obstacle };
}

/** Opens the event of a workshop, unless there is an obstacle at `now` (ms since 1970). Doing it again changes nothing. */
export function openWorkshop(
  em: EntityManager,
  workshop: WorkshopRef,
  { slot, times, place }: WorkshopMaterial,
  now: number,
): Promise<WorkshopOutcome> {
  return em.fork().transactional(async (transaction) => {
    await lockSlot(transaction, workshop);
    const exception = await findException(transaction, workshop);
    const startsAt = exception?.startsAt ?? times.startsAt;
    const obstacle = await obstacleTo(transaction, workshop, exception, { startsAt, now });
    if (obstacle !== undefined) return obstacle;
    const event: NewEvent = {
      guildId: workshop.guildId,
      eventId: workshopEventId(workshop),
      ...{ kind: slot.kind, title: slot.title, description: slot.description },
      ...{ startsAt, endsAt: startsAt + times.endsAt - times.startsAt, place },
      ...{ capacity: slot.capacity ?? null, hostId: slot.host ?? null },
      ...{ picture: null, createdBy: null, slot: slot.name },
    };
    await insertEvent(transaction, event);
    return { kind: 'opened' };
  });
}

/** Leaves a workshop out. If its event is open, it is called off. */
export function skipWorkshop(em: EntityManager, request: WorkshopRequest): Promise<WorkshopChange> {
  const { staffId: by, requestId } = request;
  return change(em, request, null, (event) =>
    event === undefined ? [] : [{ kind: 'cancel event', ...beginningOf(event), by, requestId }],
  );
}

/**
 * Moves a workshop to another start (ms since 1970), also one that was left out. If its event is open, it moves and keeps its length; if it
 * should be by now (`isDue`), it opens. Whether the start is in the past is for the caller to see.
 */
export function moveWorkshop(
  em: EntityManager,
  request: WorkshopRequest,
  { startsAt, isDue }: { readonly startsAt: number; readonly isDue: boolean },
): Promise<WorkshopChange> {
  const { guildId, slot, day, staffId: by, requestId } = request;
  return change(em, request, startsAt, (event) => {
    if (event === undefined)
      return isDue ? [{ kind: 'open workshop', workshop: { guildId, slot, day }, requestId }] : [];
    const endsAt = startsAt + event.endsAt - event.startsAt;
    return [{ kind: 'change event', ...beginningOf(event), change: { by, startsAt, endsAt }, requestId }];
  });
}

/** What is written down of a workshop: its event, and what staff have decided. */
export interface RecordedWorkshop {
  readonly event?: CommunityEvent;
  readonly exception?: WorkshopException;
}

/** What is written down of a workshop. */
export async function readWorkshop(em: EntityManager, workshop: WorkshopRef): Promise<RecordedWorkshop> {
  const recorded = await readWorkshops(em, workshop.guildId, [workshop]);
  return recorded.get(workshopEventId(workshop)) ?? {};
}

/** What is written down of workshops of a guild, by the ids of their events. */
export async function readWorkshops(
  em: EntityManager,
  guildId: GuildId,
  workshops: readonly Pick<WorkshopRef, 'slot' | 'day'>[],
): Promise<Map<string, RecordedWorkshop>> {
  if (workshops.length === 0) return new Map();
  const ids = workshops.map(workshopEventId);
  const [events, exceptions] = await Promise.all([
    readEvents(em, 'guild_id = ? and id in (?)', [guildId, ids]),
    readExceptions(em, guildId, ids),
  ]);
  return new Map(
    ids.map((id) => {
      const event = events.find(({ eventId }) => eventId === id);
      const exception = exceptions.find((one) => workshopEventId(one) === id);
      return [id, { ...(event && { event }), ...(exception && { exception }) }];
    }),
  );
}

/** Writes an exception down, and orders what follows for the event, which may not be there. */
function change(
  em: EntityManager,
  request: WorkshopRequest,
  startsAt: number | null,
  ordersFor: (event: CommunityEvent | undefined) => OutboxOrder[],
): Promise<WorkshopChange> {
  const { guildId, slot, day, staffId } = request;
  return em.fork().transactional(async (transaction) => {
    await lockSlot(transaction, request);
    const event = await lockEvent(transaction, { guildId, eventId: workshopEventId(request) });
    if (event !== undefined && !CHANGEABLE.includes(event.state))
      return { kind: 'too late', state: event.state };
    await transaction.execute(
      `insert into workshop_exceptions (guild_id, slot, day, starts_at, staff_id) values (?, ?, ?, ?, ?)
       on conflict (guild_id, slot, day) do update set starts_at = excluded.starts_at, staff_id = excluded.staff_id`,
      [guildId, slot, day, startsAt === null ? null : new Date(startsAt), staffId],
    );
    putIntoOutbox(transaction, ordersFor(event));
    return { kind: 'changed', isOpen: event !== undefined };
  });
}

/** Why a workshop is not to be opened, or undefined if it is. Times in ms since 1970. */
async function obstacleTo(
  em: EntityManager,
  workshop: WorkshopRef,
  exception: WorkshopException | undefined,
  { startsAt, now }: { readonly startsAt: number; readonly now: number },
): Promise<WorkshopOutcome | undefined> {
  const { guildId, slot, day } = workshop;
  const own = workshopEventId(workshop);
  const ids = weekAround(day).map((one) => workshopEventId({ slot, day: one }));
  const events = await readEvents(em, 'guild_id = ? and id in (?)', [guildId, ids]);
  const there = events.find(({ eventId }) => eventId === own);
  if (there !== undefined) return { kind: 'there already', state: there.state };
  if (exception?.startsAt === null) return { kind: 'skipped' };
  if (startsAt <= now) return { kind: 'in the past' };
  const other = events.find(({ state }) => state !== 'cancelled' && state !== 'refused');
  return other === undefined ? undefined : { kind: 'another in this week', eventId: other.eventId };
}

/** What opens, leaves out or moves workshops of a slot goes one after the other: each sees what the one before has written. */
async function lockSlot(transaction: EntityManager, { guildId, slot }: WorkshopRef): Promise<void> {
  await transaction.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [
    workshopScheduleId(guildId, slot),
  ]);
}

async function findException(
  em: EntityManager,
  workshop: WorkshopRef,
): Promise<WorkshopException | undefined> {
  const [exception] = await readExceptions(em, workshop.guildId, [workshopEventId(workshop)]);
  return exception;
}

function readExceptions(
  em: EntityManager,
  guildId: GuildId,
  eventIds: readonly EventId[],
): Promise<WorkshopException[]> {
  return em.execute(
    `select slot, day::text, ${inMs('starts_at', '"startsAt"')} from workshop_exceptions
     where guild_id = ? and slot || '-' || day::text in (?)`,
    [guildId, eventIds],
  );
}

/** What its workflow starts with, if it has not begun yet. */
function beginningOf({ guildId, eventId, kind, startsAt, hostId }: CommunityEvent): EventBeginning {
  return { event: { guildId, eventId }, eventKind: kind, startsAt, hostId };
}
