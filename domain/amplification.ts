/** Amplification: how much better a post does than usual, and what is done with one that does much better. */

import { toMilliseconds } from './duration.ts';
import {
  type EngagementSettings,
  type Figures,
  HANDFUL,
  INTERACTIONS,
  type Interaction,
  type Reading,
  type ScoreSettings,
} from './engagement.ts';
import type { Platform } from './platforms.ts';
import { type PostId, type PostRef, postWorkflowId } from './posts.ts';

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

/** The interactions by which a reading is compared with others: those that the platform gives, and that count. */
function comparedInteractions(figures: Figures, { weights }: Pick<ScoreSettings, 'weights'>): Interaction[] {
  return INTERACTIONS.filter((name) => figures[name] !== null && weights[name] > 0);
}

/** The interactions of a reading, each as often as its weight says; null: the platform gives none that counts. */
export function weightedInteractions(
  figures: Figures,
  settings: Pick<ScoreSettings, 'weights'>,
): number | null {
  const compared = comparedInteractions(figures, settings);
  if (compared.length === 0) return null;
  return compared.reduce((sum, name) => sum + settings.weights[name] * (figures[name] ?? 0), 0);
}

/**
 * How much better a post does than usual, between 0 and 1: r / (1 + r), where r = (weighted + 5) / (usual + 5). So 0.5 is as usual, 0.8
 * four times as much, 0.2 a quarter.
 *
 * @param weighted the post's interactions, see `weightedInteractions`
 * @param usual the median of the same of the other posts on its platform at its age
 */
export function scoreOf({ weighted, usual }: { readonly weighted: number; readonly usual: number }): number {
  const mine = weighted + HANDFUL;
  return mine / (mine + usual + HANDFUL);
}

/** What a reading is compared with. `usual`: the median of what the others come to; null where there are none. */
export interface Comparison {
  readonly comparedWith: number;
  readonly usual: number | null;
}

/** What a reading's score rests on, or why it has none. */
export type Weighing =
  | { readonly kind: 'weighed'; readonly evidence: PlatformEvidence }
  /** Too few others to say what is usual. */
  | { readonly kind: 'too little history' }
  /** Too late after it was due to be one at its age, see `isTakenInTime`. */
  | { readonly kind: 'taken too late' }
  /** The platform gives no interaction that counts. */
  | { readonly kind: 'nothing to weigh' };

/** Weighs a reading against what is usual. */
export function weigh(
  { platform, ageMs, figures }: Pick<Reading, 'platform' | 'ageMs' | 'figures'>,
  { comparedWith, usual }: Comparison,
  settings: ScoreSettings,
): Weighing {
  const weighted = weightedInteractions(figures, settings);
  if (weighted === null) return { kind: 'nothing to weigh' };
  if (usual === null || comparedWith < settings.leastPosts) return { kind: 'too little history' };
  const names = comparedInteractions(figures, settings);
  const interactions = Object.fromEntries(names.map((name) => [name, figures[name] ?? 0]));
  const score = scoreOf({ weighted, usual });
  return {
    kind: 'weighed',
    evidence: { platform, ageMs, score, weighted, usual, comparedWith, interactions },
  };
}

/** Whether a post is pinned on Discord, or why it cannot be. */
export type PinOutcome =
  | { readonly kind: 'pinned' }
  /** `pinned already`: by somebody else, who may take the pin away. */
  | { readonly kind: 'pinned already' | 'not on Discord' | 'deleted' | 'too many pins' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What looking for a pin gave, before one is made. */
export type PinSearch = { readonly kind: 'not pinned' } | Exclude<PinOutcome, { kind: 'pinned' }>;

/** What became of taking a pin of ours away. */
export type UnpinOutcome =
  | { readonly kind: 'unpinned' | 'deleted' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What became of a post that is to be proposed for other platforms. */
export type FollowUpOutcome =
  /** `leftOut`: it could not be published there as it is. */
  | {
      readonly kind: 'proposed';
      readonly postId: PostId;
      readonly platforms: readonly Platform[];
      readonly leftOut: readonly Platform[];
    }
  | { readonly kind: 'nowhere'; readonly leftOut: readonly Platform[] }
  /** It is one itself, and is not followed up again. */
  | { readonly kind: 'is one itself' };

/** What was done with a post that does well, as far as it has been. Times in ms since 1970. */
export interface AmplificationSteps {
  /** `until`: when our pin is taken away. */
  readonly pin?: PinOutcome & { readonly until?: number };
  readonly unpin?: UnpinOutcome;
  readonly followUp?: FollowUpOutcome;
}
