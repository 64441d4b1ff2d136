/** Scheduled events of Discord that stand for ours: how one is known, and what somebody has changed there by hand. */

import {
  type CommunityEvent,
  EVENT_DESCRIPTION_LENGTH,
  EVENT_TITLE_LENGTH,
  type EventDetails,
  type EventId,
  type EventPlace,
  isSamePlace,
  type ScheduledEventId,
  toEventId,
} from './events.ts';

/** Discord may leave out what is shorter than a second. */
const SECOND_MS = 1_000;

/** The last line of a description of ours. */
const LINE = /(?:^|\n)[ \t]*Event ([a-z0-9][a-z0-9-]{0,59})\s*$/;

/** What became of making the scheduled event. */
export type Made =
  | {
      readonly kind: 'made';
      readonly scheduledEventId: ScheduledEventId;
      /** The event's revision that it shows. */
      readonly revision: number;
      readonly picture: 'none' | 'shown' | 'could not be had';
    }
  | { readonly kind: 'refused'; readonly reason: string };

/** What became of a request about what stands on Discord for an event. A refusal is final: trying again does not help. */
export type Shown = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: string };

/** How a scheduled event stands, compared with the event that it is for. */
export type Comparison =
  | 'same'
  /** Somebody has changed it there, and the event is changed now. */
  | 'changed'
  /** The event has been changed meanwhile: Discord shows that first, before it can be compared. */
  | 'behind'
  | 'begun'
  | 'ended'
  /** Also if it was deleted. */
  | 'cancelled';

/** A scheduled event as it stands on Discord. Times in ms since 1970. */
export interface SeenScheduledEvent {
  /** Discord notes as its start when somebody began it. */
  readonly hasBegun: boolean;
  readonly title: string;
  readonly description: string;
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly place: EventPlace;
}

/** What somebody can change of an event in Discord's own interface. */
export type SeenChanges = Partial<
  Pick<EventDetails, 'title' | 'description' | 'startsAt' | 'endsAt' | 'place'>
>;

/** The description of a scheduled event: that of the event, and below it the line by which it is found again. */
export function describeOnDiscord({
  eventId,
  description,
}: Pick<CommunityEvent, 'eventId' | 'description'>): string {
  const words = description.trim();
  return words === '' ? lineOf(eventId) : `${words}\n\n${lineOf(eventId)}`;
}

/** The event that the last line of a scheduled event's description names, or undefined if it names none. */
export function eventNamedIn(description: string | null | undefined): EventId | undefined {
  const id = LINE.exec(description ?? '')?.[1];
  return id === undefined ? undefined : toEventId(id);
}

/** What differs on Discord from the event. */
export function changesSeen(event: CommunityEvent, seen: SeenScheduledEvent): SeenChanges {
  const title = seen.title.trim().slice(0, EVENT_TITLE_LENGTH);
  const description = wordsIn(seen.description);
  const isMoved = !seen.hasBegun && event.state !== 'live' && !isSameTime(seen.startsAt, event.startsAt);
  const endsAt = endSeen(event, seen, isMoved);
  return {
    ...(title !== event.title.trim() && { title }),
    ...(description !== event.description.trim() && { description }),
    ...(isMoved && { startsAt: seen.startsAt }),
    ...(!isSameTime(endsAt, event.endsAt) && { endsAt }),
    ...(!isSamePlace(seen.place, event.place) && { place: seen.place }),
  };
}

/** Discord shows no end of what takes place in a channel: whoever moves the start there means the end, too. */
function endSeen(event: CommunityEvent, seen: SeenScheduledEvent, isMoved: boolean): number {
  const end = seen.endsAt ?? event.endsAt;
  const isLeftAsItWas = seen.place.kind === 'channel' && isSameTime(end, event.endsAt);
  return isMoved && isLeftAsItWas ? seen.startsAt + event.endsAt - event.startsAt : end;
}

function wordsIn(description: string): string {
  return description.replace(LINE, '').trim().slice(0, EVENT_DESCRIPTION_LENGTH);
}

function lineOf(eventId: EventId): string {
  return `Event ${eventId}`;
}

function isSameTime(one: number, other: number): boolean {
  return Math.abs(one - other) < SECOND_MS;
}
