/** What members say of an event that is over. */

import type { Duration } from './duration.ts';
import { type EventId, type EventRef, toEventId } from './events.ts';
import type { MemberId } from './ids.ts';

/** What is asked to be rated, from 1 to 5. */
export const RATINGS = ['overall', 'content', 'engagement'] as const;
export type Rating = (typeof RATINGS)[number];
export type Ratings = Readonly<Record<Rating, number>>;

/** What can be said in words. */
export const REMARKS = ['improvements', 'topics'] as const;
export type Remark = (typeof REMARKS)[number];
export type Remarks = Readonly<Record<Remark, string | null>>;

export const BEST_RATING = 5;
/** Of each remark. */
export const REMARK_LENGTH = 1_000;

/** What a member says of an event. Their words stay in the database. */
export interface FeedbackAnswer extends Remarks {
  readonly ratings: Ratings;
}

/** A member's answer. `at` in ms since 1970. */
export interface EventFeedback extends EventRef, FeedbackAnswer {
  readonly memberId: MemberId;
  readonly at: number;
}

/** Which message asks for feedback: the one that thanks, or the one that reminds. */
export type FeedbackRequest = 'thanks' | 'reminder';

/**
 * What became of an answer. `not there`: only who was there, for however short a time, or who would have gone or might have, can
 * answer. `own event`: its host cannot.
 * Each with the title of the event.
 */
export type FeedbackResult =
  | { readonly kind: 'noted' | 'changed'; readonly title: string; readonly until: number }
  | FeedbackRefusal;
export type FeedbackRefusal =
  | { readonly kind: 'not yet' | 'closed' | 'not there' | 'own event'; readonly title: string }
  | { readonly kind: 'no such event' };

/** How an event was rated: the averages, of so many answers. */
export interface RatingSummary {
  readonly answers: number;
  /** null: nobody has answered. */
  readonly averages: Ratings | null;
}

/** The configuration's section `events.feedback`. */
export interface FeedbackSettings {
  /** How long after the end members can answer, and when those are reminded who have not. */
  readonly openFor: Duration;
  readonly remindAfter: Duration;
  readonly form: Readonly<Record<'title' | 'choose' | Rating | Remark, string>>;
  readonly answers: FeedbackTexts;
}

/** What members are told of their answers. The texts may hold placeholders. */
export interface FeedbackTexts {
  readonly noted: string;
  readonly changed: string;
  readonly notYet: string;
  readonly closed: string;
  readonly notThere: string;
  readonly ownEvent: string;
  readonly notRated: string;
}

/** With fewer answers, one member alone would decide what the host gets. */
const ENOUGH_ANSWERS = 3;

/** How good an event was, for the points of its host: the average of what members say of it overall. Undefined if too few do. */
export function eventQuality({ answers, averages }: RatingSummary): number | undefined {
  return averages === null || answers < ENOUGH_ANSWERS ? undefined : averages.overall;
}

/** A rating as it was chosen: 1 to 5. Undefined if it is none. */
export function readRating(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-5]$/.test(text) ? Number(text) : undefined;
}

/** Words as they are kept. null if there is nothing to read in them. */
export function readRemark(text: string): string | null {
  const remark = text.trim().slice(0, REMARK_LENGTH);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(remark) ? remark : null;
}

/** The `custom_id` of the form about an event. */
export function feedbackFormId(eventId: EventId): string {
  return `event-feedback:${eventId}`;
}

/** The event that a form is about, or undefined if it is no such form. */
export function parseFeedbackFormId(customId: string): EventId | undefined {
  const [, eventId] = /^event-feedback:([a-z0-9][a-z0-9-]{0,59})$/.exec(customId) ?? [];
  return eventId === undefined ? undefined : toEventId(eventId);
}
