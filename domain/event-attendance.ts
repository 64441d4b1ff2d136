/** Who was at an event: for long enough in its voice or stage channel, or checked in where it takes place elsewhere. */

import type { CommunityEvent, EventState } from './events.ts';

/** What members are told of checking in. The texts may hold placeholders. */
export interface CheckInTexts {
  readonly done: string;
  readonly doneAlready: string;
  readonly tooEarly: string;
  readonly over: string;
  readonly cancelled: string;
  readonly notNeeded: string;
}

/** What became of checking in. `not needed`: who is in a voice or stage channel is noted by itself. */
export type CheckInResult = 'done' | 'done already' | CheckInRefusal | 'no such event';
type CheckInRefusal = 'too early' | 'over' | 'cancelled' | 'not needed';

/** When an event began and ended indeed, in ms since 1970. */
export interface EventTimes {
  readonly beganAt: number;
  readonly endedAt: number;
}

/** How attendance is settled. Times in ms since 1970. */
export interface AttendanceRule extends EventTimes {
  /** Which part of the event, in percent, counts as having attended. */
  readonly attendedPercent: number;
  /** Until then members can say what they think of it. */
  readonly feedbackUntil: number;
}

const REFUSED: Readonly<Partial<Record<EventState, CheckInRefusal>>> = {
  over: 'over',
  closed: 'over',
  cancelled: 'cancelled',
  refused: 'cancelled',
};

/**
 * Why nobody can check in at `at` (ms since 1970), or undefined if members can: from the start until the end, as planned or indeed,
 * whichever comes first at the start and last at the end.
 */
export function checkInRefusal(
  { place, state, startsAt }: Pick<CommunityEvent, 'place' | 'state' | 'startsAt'>,
  at: number,
): CheckInRefusal | undefined {
  const refused = REFUSED[state];
  if (refused !== undefined) return refused;
  if (place.kind === 'channel') return 'not needed';
  return state !== 'live' && at < startsAt ? 'too early' : undefined;
}

/**
 * How long somebody must have been at an event to have attended it, in ms: a part of the time that it was planned for or took,
 * whichever is shorter. Who came in time to one that went on for longer has not missed more.
 */
export function requiredPresenceMs(
  { startsAt, endsAt }: Pick<CommunityEvent, 'startsAt' | 'endsAt'>,
  { beganAt, endedAt, attendedPercent }: AttendanceRule,
): number {
  const duration = Math.max(0, Math.min(endsAt - startsAt, endedAt - beganAt));
  return Math.ceil((duration * attendedPercent) / 100);
}
