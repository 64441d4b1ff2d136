/** Changes of an event: which can be asked for at all, and what the event is when one is made. */

import {
  type ChangeResult,
  type CommunityEvent,
  type EventChange,
  type EventDetails,
  type EventPlace,
  isSamePlace,
} from './events.ts';

/** What a change replaces. */
export type ChangedDetails = Partial<EventDetails>;
/** What a change asks for: what is undefined stays. */
export type AskedDetails = { readonly [Key in keyof EventDetails]?: EventDetails[Key] | undefined };

const ID = /^\d{15,20}$/;

/**
 * Why `change` cannot be asked for at `now` (ms since 1970), whatever the event is; undefined if it can. It may have been
 * typed in the Temporal UI, where nobody has checked it.
 */
export function problemWith(change: EventChange | null | undefined, now: number): string | undefined {
  const { by, draftId, startsAt, endsAt, place, capacity, hostId } = change ?? ({} as Partial<EventChange>);
  if (!isId(by)) return 'expected by, the Discord id of who changes it';
  if (draftId !== undefined && !isId(draftId)) return 'expected draftId, the id of a draft';
  if (hostId !== undefined && !isId(hostId)) return 'expected hostId, the Discord id of a member';
  if (capacity != null && !isCount(capacity))
    return 'expected a capacity of at least 1, or null for as many as like';
  if (place !== undefined && !isPlace(place)) return 'expected a place: a channel or a link';
  for (const [name, time] of Object.entries({ startsAt, endsAt })) {
    if (time === undefined) continue;
    if (!Number.isSafeInteger(time)) return `expected ${name} in milliseconds since 1970`;
    if (time <= now) return `${name} is in the past`;
  }
  if (startsAt !== undefined && endsAt !== undefined && endsAt <= startsAt) return 'it ends before it starts';
  return undefined;
}

/**
 * Why `event` cannot become what `changes` make of it at `now` (ms since 1970), or undefined if it can.
 *
 * @param going how many have said that they go
 */
export function refusalOf(
  event: CommunityEvent,
  changes: ChangedDetails,
  going: number,
  now: number,
): Exclude<ChangeResult, { kind: 'changed' | 'no change' }> | undefined {
  const { startsAt, endsAt, capacity } = { ...event, ...changes };
  const hasBegun = event.state === 'live';
  if (changes.startsAt !== undefined && (hasBegun || startsAt <= now)) return { kind: 'in the past' };
  if (changes.endsAt !== undefined && endsAt <= now) return { kind: 'in the past' };
  if (endsAt <= startsAt) return { kind: 'ends before it starts' };
  // Who goes already keeps their place.
  if (changes.capacity != null && capacity !== null && capacity < going)
    return { kind: 'capacity too low', going };
  return undefined;
}

/** What of `asked` differs from the event. */
export function differencesFrom(event: CommunityEvent, asked: AskedDetails): ChangedDetails {
  const differing = Object.entries(asked).filter(([name, value]) => {
    if (value === undefined) return false;
    const before = event[name as keyof EventDetails];
    return name === 'place' ? !isSamePlace(value as EventPlace, event.place) : value !== before;
  });
  return Object.fromEntries(differing);
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && ID.test(value);
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}

function isPlace(place: EventChange['place'] | null): boolean {
  if (place?.kind === 'channel') return isId(place.channelId);
  return place?.kind === 'link' && typeof place.link === 'string' && place.link.trim() !== '';
}
