/** Who goes to an event: what members say, who waits for a place, and who moves up. */

import type { EventRef } from './events.ts';
import type { MemberId } from './ids.ts';

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

/** What became of it. */
export type Registered =
  | { readonly kind: 'registered'; readonly state: RegistrationState; readonly wantsReminders: boolean }
  | { readonly kind: 'waiting'; readonly place: number; readonly wantsReminders: boolean }
  | { readonly kind: 'no such event' | 'over' };

/** How many there are of each. */
export interface RegistrationCounts {
  readonly going: number;
  readonly waiting: number;
  readonly maybe: number;
}
