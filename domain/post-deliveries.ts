/** What becomes of a post on one platform: what its workflow is told, and what staff are. */

import type { MemberId } from './ids.ts';
import type { EditOutcome, Platform, PublishOutcome } from './platforms.ts';
import type { Decision, DeliveryRef, DeliveryState } from './posts.ts';

/** What became of an attempt. `over`: it was settled, or the post cancelled, before anything was sent. */
export type AttemptOutcome = PublishOutcome | { readonly kind: 'over'; readonly state: DeliveryState };

/** What became of making what is published say what the post says. `up to date`: there was nothing to do. */
export type DeliveryEdit = EditOutcome | { readonly kind: 'up to date' };

/** The same on a platform, as staff are told. */
export interface PlatformEdit {
  readonly platform: Platform;
  readonly outcome: DeliveryEdit;
}

/** That a post could not be published, and why. */
export interface DeliveryFailure {
  readonly delivery: DeliveryRef;
  readonly attempt: number;
  readonly reason: string;
}

/** What became of a failure. `abandoned`: nobody has decided within `withinMs`. */
export type FailureOutcome =
  | { readonly kind: 'open' }
  | { readonly kind: 'decided'; readonly by: MemberId | null; readonly decision: Decision }
  | { readonly kind: 'published'; readonly url: string }
  | { readonly kind: 'abandoned'; readonly withinMs: number };
