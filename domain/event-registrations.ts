/** Who goes to an event: what members say, who waits for a place, and who moves up. */

import type { EventRef } from './events.ts';
import { isNewer, type MemberId } from './ids.ts';

/** What a member says of an event. */
export const RESPONSES = ['going', 'maybe', 'not going'] as const;
export type Response = (typeof RESPONSES)[number];

/** Where a member stands. `waiting`: they would go, and there is no place left. */
export type RegistrationState = Response | 'waiting';

/** What a member says. `at`: when, in ms since 1970, from Discord's id of the press: who pressed first is first in line. */
export interface EventResponse extends EventRef {
  readonly memberId: MemberId;
  readonly response: Response;
  /** The press, or the sign of interest. It decides who of two was first, also within a millisecond. */
  readonly order: string;
  readonly at: number;
}

/** Whether a member has pressed a button of ours, or has shown interest in Discord's own event, or taken that back. */
export type ResponseSource = 'press' | 'interest';

/** What is written down of a member who has said something of an event. */
export interface Registration {
  readonly state: RegistrationState;
  /** What they have said first of those things that keep them where they are: who has the lower one is first in line. */
  readonly placeInLine: string;
  /** What they have said last. */
  readonly lastOrder: string;
  readonly source: ResponseSource;
}

/** What became of it. */
export type Registered =
  | { readonly kind: 'registered'; readonly state: Response; readonly wantsReminders: boolean }
  | { readonly kind: 'waiting'; readonly place: number; readonly wantsReminders: boolean }
  | { readonly kind: 'no such event' | 'over' };

/** How many there are of each. */
export interface RegistrationCounts {
  readonly going: number;
  readonly waiting: number;
  readonly maybe: number;
}

/**
 * What a member's response makes of their registration, or undefined if it changes nothing: it is older than what they have said
 * last, or comes from interest shown on Discord while they have pressed a button of ours.
 *
 * @param hasPlace whether somebody else can go
 */
export function nextRegistration(
  known: Registration | undefined,
  { response, order }: Pick<EventResponse, 'response' | 'order'>,
  source: ResponseSource,
  hasPlace: boolean,
): Registration | undefined {
  if (known !== undefined && !isNewer(order, known.lastOrder)) return undefined;
  if (known?.source === 'press' && source === 'interest') return undefined;
  const staysInLine = response === 'going' && (known?.state === 'going' || known?.state === 'waiting');
  if (staysInLine) return { ...known, lastOrder: order, source };
  const state = response === 'going' && !hasPlace ? 'waiting' : response;
  return { state, placeInLine: order, lastOrder: order, source };
}
