/** Amplification: how much better a post does than usual, and what is done with one that does much better. */

import { toMilliseconds } from './duration.ts';
import type { EngagementSettings, Interaction } from './engagement.ts';
import type { Platform } from './platforms.ts';
import { type PostRef, postWorkflowId } from './posts.ts';

/** What a post's score on a platform rests on: it is shown to staff, so that they can judge for themselves. */
export interface PlatformEvidence {
  readonly platform: Platform;
  readonly ageMs: number;
  /** Between 0 and 1; 0.5 is as usual. */
  readonly score: number;
  /** The interactions of this post, each counted as much as the configuration says, and what is usual: the median of the others. */
  readonly weighted: number;
  readonly usual: number;
  /** How many other posts it was compared with. */
  readonly comparedWith: number;
  readonly interactions: Readonly<Partial<Record<Interaction, number>>>;
}

/** The platforms' evidence, the highest score first. */
export type AmplificationEvidence = readonly PlatformEvidence[];

/** The id of the workflow that carries out what follows from that a post does well: one a post. */
export function amplificationId(post: PostRef): string {
  return `${postWorkflowId(post)}/amplification`;
}

/** What is fixed of an amplification when its workflow begins. */
export interface AmplificationPlan {
  /** How long the post is pinned on Discord; null: it is not. */
  readonly pinForMs: number | null;
  readonly hasFollowUp: boolean;
}

/** What is done with a post that does well, by the configuration. */
export function planAmplification({ amplification }: EngagementSettings): AmplificationPlan {
  const { pinFor, followUp } = amplification;
  return {
    pinForMs: pinFor === undefined ? null : toMilliseconds(pinFor),
    hasFollowUp: followUp !== undefined,
  };
}
