/** Baseline: the least that is durable. A workflow whose one activity makes all the requests, and nothing else. */

import type { Stay } from '../../../domain/onboarding.ts';

/** The workflow's type, as Temporal knows it. */
export const BARE_WELCOME = 'bareWelcome';

/** The id of the workflow that welcomes a member. */
export function bareId({ memberId, joinedAt }: Stay): string {
  return `bare/${memberId}/${joinedAt}`;
}

/** The workflow's activities. */
export interface BareActivities {
  /** Gives the role and sends the welcome. */
  welcome(stay: Stay): Promise<void>;
}
