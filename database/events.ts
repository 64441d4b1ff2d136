/** Events: what they are, where they stand, and what stands for them on Discord. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type {
  CommunityEvent,
  EventOnDiscord,
  EventPlace,
  EventRef,
  EventState,
  NewEvent,
} from '../domain/events.ts';
import type { ChannelId } from '../domain/ids.ts';
import { putIntoOutbox } from './outbox.ts';
import { inMs } from './sql.ts';

/** What is read of an event, from `events`. */
const EVENT_COLUMNS = `
  events.guild_id as "guildId", events.id as "eventId", events.kind, events.title, events.description,
  ${inMs('events.starts_at', '"startsAt"')}, ${inMs('events.ends_at', '"endsAt"')},
  events.place_channel_id as "placeChannelId", events.place_link as "placeLink", events.capacity,
  events.host_member_id as "hostId", events.creator_member_id as "createdBy", events.picture, events.slot, events.state,
  events.revision, events.scheduled_event_id as "scheduledEventId", events.channel_id as "channelId",
  events.announcement_id as "announcementId", events.thread_id as "threadId",
  ${inMs('events.began_at', '"beganAt"')}, ${inMs('events.ended_at', '"endedAt"')}`;

type EventRow = Omit<CommunityEvent, 'place'> & {
  readonly placeChannelId: ChannelId | null;
  readonly placeLink: string | null;
};

/**
 * Adds an event and orders that it begins, in the transaction that `transaction` is in. Adding it again changes nothing.
 *
 * @returns whether it was not there before
 */
export async function insertEvent(transaction: EntityManager, event: NewEvent): Promise<boolean> {
  const { guildId, eventId, kind, startsAt, endsAt, place, hostId } = event;
  const inserted: unknown[] = await transaction.execute(
    `insert into events
       (guild_id, id, kind, title, description, starts_at, ends_at, place_channel_id, place_link, capacity,
        host_member_id, creator_member_id, picture, slot, state)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'planned')
     on conflict do nothing returning id`,
    [
      ...[guildId, eventId, kind, event.title, event.description, new Date(startsAt), new Date(endsAt)],
      ...[...placeColumns(place), event.capacity, hostId, event.createdBy, event.picture, event.slot],
    ],
  );
  if (inserted.length === 0) return false;
  const order = {
    kind: 'begin event',
    event: { guildId, eventId },
    eventKind: kind,
    startsAt,
    hostId,
  } as const;
  putIntoOutbox(transaction, [order]);
  return true;
}

/** The event there, or undefined if there is none. */
export function findEvent(em: EntityManager, event: EventRef): Promise<CommunityEvent | undefined> {
  return readOne(em, event, '');
}

/** The same. Nobody else changes it, or who goes there, before the transaction is over. */
export function lockEvent(transaction: EntityManager, event: EventRef): Promise<CommunityEvent | undefined> {
  return readOne(transaction, event, 'for update');
}

async function readOne(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  lock: '' | 'for update',
): Promise<CommunityEvent | undefined> {
  const [event] = await readEvents(em, `guild_id = ? and id = ? ${lock}`, [guildId, eventId]);
  return event;
}

/** The events for which `condition` holds: what stands behind `where`, in SQL of ours, with its values. */
export async function readEvents(
  em: EntityManager,
  condition: string,
  values: readonly unknown[],
): Promise<CommunityEvent[]> {
  const rows: EventRow[] = await em.execute(`select ${EVENT_COLUMNS} from events where ${condition}`, [
    ...values,
  ]);
  return rows.map(toEvent);
}

function toEvent({ placeChannelId, placeLink, ...event }: EventRow): CommunityEvent {
  return { ...event, place: toPlace(placeChannelId, placeLink) };
}

function toPlace(channelId: ChannelId | null, link: string | null): EventPlace {
  return channelId === null ? { kind: 'link', link: link ?? '' } : { kind: 'channel', channelId };
}

/** The columns `place_channel_id` and `place_link` of a place. */
export function placeColumns(place: EventPlace): [ChannelId | null, string | null] {
  return place.kind === 'channel' ? [place.channelId, null] : [null, place.link];
}

/** Which states come before each: an event that was called off meanwhile does not begin. */
const BEFORE: Readonly<Record<EventState, readonly EventState[]>> = {
  planned: [],
  open: ['planned'],
  live: ['open'],
  over: ['live'],
  closed: ['over'],
  cancelled: ['planned', 'open', 'live'],
  refused: ['planned'],
};

/** When an event began or ended, in ms since 1970. */
type TimesOfState = Partial<Pick<CommunityEvent, 'beganAt' | 'endedAt'>>;

/**
 * Lets an event enter a state, unless it is in one that this does not follow. Doing it again changes nothing.
 *
 * @returns where it stands then, or undefined if there is no such event
 */
export async function enterEventState(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  state: EventState,
  { beganAt, endedAt }: TimesOfState = {},
): Promise<EventState | undefined> {
  await em.execute(
    `update events set state = ?, began_at = coalesce(?, began_at), ended_at = coalesce(?, ended_at)
     where guild_id = ? and id = ? and state in (?)`,
    [state, toDate(beganAt), toDate(endedAt), guildId, eventId, BEFORE[state]],
  );
  return (await findEvent(em, { guildId, eventId }))?.state;
}

/** Writes down what stands for an event on Discord. What is left out stays. */
export async function recordOnDiscord(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  { scheduledEventId, channelId, announcementId, threadId }: Partial<EventOnDiscord>,
): Promise<void> {
  await em.execute(
    `update events set scheduled_event_id = coalesce(?, scheduled_event_id), channel_id = coalesce(?, channel_id),
       announcement_id = coalesce(?, announcement_id), thread_id = coalesce(?, thread_id)
     where guild_id = ? and id = ?`,
    [scheduledEventId, channelId, announcementId, threadId, guildId, eventId].map((value) => value ?? null),
  );
}

function toDate(at: number | null | undefined): Date | null {
  return at == null ? null : new Date(at);
}
