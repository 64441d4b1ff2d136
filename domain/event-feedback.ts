/** What members say of an event that is over. */

import type { EventRef } from './events.ts';
import type { MemberId } from './ids.ts';

/** What is asked to be rated, from 1 to 5. */
export const RATINGS = ['overall', 'content', 'engagement'] as const;
export type Rating = (typeof RATINGS)[number];

/** A member's answer. Their words stay in the database. `at` in ms since 1970. */
export interface EventFeedback extends EventRef {
  readonly memberId: MemberId;
  readonly ratings: Readonly<Record<Rating, number>>;
  readonly improvements: string | null;
  readonly topics: string | null;
  readonly at: number;
}

/** What became of an answer. */
export type FeedbackResult = 'noted' | 'changed' | 'not open' | 'no such event';
