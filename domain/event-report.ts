/** What became of an event, for staff. */

import type { RatingSummary, Remark } from './event-feedback.ts';
import type { EventKindName } from './events.ts';
import type { MemberId } from './ids.ts';

/** An event in numbers. Times in ms since 1970. */
export interface EventFigures extends RatingSummary {
  readonly title: string;
  readonly startsAt: number;
  /** How many said that they go, and had a place. */
  readonly registered: number;
  readonly attended: number;
  /** How many of those who attended had registered. */
  readonly registeredAttended: number;
}

/** What staff read of an event when its feedback has closed. */
export interface EventReport extends EventFigures {
  readonly kind: EventKindName;
  readonly hostId: MemberId | null;
  /** In people's own words, the first who answered first. */
  readonly remarks: Readonly<Record<Remark, readonly string[]>>;
  /** The last event of that kind before it. */
  readonly before: EventFigures | null;
}

/** How many of a hundred who had registered were there. Undefined if nobody had. */
export function attendancePercent({
  registered,
  registeredAttended,
}: Pick<EventFigures, 'registered' | 'registeredAttended'>): number | undefined {
  return registered === 0 ? undefined : Math.round((registeredAttended / registered) * 100);
}
