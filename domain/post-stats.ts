/** What became of one post, as staff look it up: the figures of its platforms, beside each other and over time. */

import {
  engagementRateOf,
  type Figures,
  interactionsOf,
  isTakenInTime,
  METRICS,
  type Metric,
  type ReadingState,
  seenBy,
} from './engagement.ts';
import type { Platform } from './platforms.ts';
import type { PostRef, PostState } from './posts.ts';

/** A reading of a post on a platform, whatever became of it. Times are in ms since 1970. */
export interface StatsReading {
  readonly ageMs: number;
  readonly dueAt: number;
  readonly state: ReadingState;
  readonly takenAt: number | null;
  /** What was not read is null, as what the platform does not give. */
  readonly figures: Figures;
  /** Between 0 and 1; null: there was too little to compare with, it was read too late for that, or it was not compared yet. */
  readonly score: number | null;
  readonly isWeighed: boolean;
}

/** What became of a post on a platform on which it is published. */
export interface PlatformStats {
  readonly platform: Platform;
  readonly url: string | null;
  /** In ms since 1970. */
  readonly publishedAt: number;
  /** Nothing can be read before the account is connected: it has expired, or there is none. */
  readonly needsAccount: boolean;
  /** From the youngest age of the post on. */
  readonly readings: readonly StatsReading[];
}

/** A post and what became of it. */
export interface PostStats extends PostRef {
  readonly title: string;
  readonly state: PostState;
  /** Those on which it is published, in the order in which platforms are listed: none if it never was. */
  readonly platforms: readonly PlatformStats[];
}

/** The newest reading that was taken. */
export function latestReading({ readings }: PlatformStats): StatsReading | undefined {
  return readings.findLast(({ state }) => state === 'taken');
}

/** Whether a reading was taken too late to be compared with others. */
export function isTooLate({ ageMs, dueAt, takenAt }: StatsReading): boolean {
  return takenAt !== null && !isTakenInTime({ ageMs, dueAt, takenAt });
}

/** When figures are read next, in ms since 1970: a time that is over if they could not be read then. */
export function nextReadingAt({ readings }: PlatformStats): number | undefined {
  return readings.find(({ state }) => state === 'due')?.dueAt;
}

/** Whether it was deleted there. */
export function isGone({ readings }: PlatformStats): boolean {
  return readings.some(({ state }) => state === 'gone');
}

/** A figure that is lower than at the reading before. */
export interface FallenFigure {
  readonly metric: Metric;
  readonly now: number;
  readonly before: number;
}

/** What went down since the last reading at which it was known: people take back likes, platforms count anew. */
export function fallenFigures({ readings }: PlatformStats): FallenFigure[] {
  const taken = readings.filter(({ state }) => state === 'taken');
  const [earlier, latest] = [taken.slice(0, -1), taken.at(-1)];
  return METRICS.flatMap((metric) => {
    const now = latest?.figures[metric] ?? null;
    const before = earlier.findLast(({ figures }) => figures[metric] !== null)?.figures[metric] ?? null;
    return now !== null && before !== null && now < before ? [{ metric, now, before }] : [];
  });
}

/** The newest score of a post on a platform, and at which reading it was found. */
export interface PlatformScore {
  readonly platform: Platform;
  readonly ageMs: number;
  readonly score: number;
}

/** The newest score on a platform, or undefined if it could not be compared yet. */
export function platformScore(stats: PlatformStats): PlatformScore | undefined {
  const { platform, readings } = stats;
  const scored = readings.findLast(({ state, score }) => state === 'taken' && score !== null);
  if (scored === undefined || scored.score === null) return undefined;
  return { platform, ageMs: scored.ageMs, score: scored.score };
}

/** The score of the post: the highest of those of its platforms. */
export function postScore({ platforms }: Pick<PostStats, 'platforms'>): PlatformScore | undefined {
  const scores = platforms.map(platformScore).filter((score) => score !== undefined);
  return scores.toSorted((one, other) => other.score - one.score)[0];
}

/** How many times as much as usual a score stands for: that of 0.5 is 1, that of 0.8 is 4. */
export function timesUsual(score: number): number {
  return score / (1 - score);
}

/** A sum over those platforms that say something, and how many these are. */
export interface PlatformsTotal {
  readonly value: number;
  readonly platforms: number;
}

/** What there is of a post over all platforms. undefined: no platform says. */
export interface StatsTotals {
  /** On how many platforms it is published. */
  readonly platforms: number;
  readonly interactions: PlatformsTotal | undefined;
  /** Somebody who has seen it on two platforms counts twice: nobody knows. */
  readonly seen: PlatformsTotal | undefined;
  /** Interactions by how many have seen it, of the platforms that say both. */
  readonly rate: PlatformsTotal | undefined;
}

/** The newest figures of all platforms together. */
export function totalsOf({ platforms }: Pick<PostStats, 'platforms'>): StatsTotals {
  const latest = platforms.map((one) => latestReading(one)?.figures).filter((one) => one !== undefined);
  const rated = latest.filter((figures) => engagementRateOf(figures) !== null);
  const [interactions, seen] = [totalOf(rated, interactionsOf), totalOf(rated, seenBy)];
  return {
    platforms: platforms.length,
    interactions: totalOf(latest, interactionsOf),
    seen: totalOf(latest, seenBy),
    rate: interactions && seen && { value: interactions.value / seen.value, platforms: rated.length },
  };
}

function totalOf(
  all: readonly Figures[],
  of: (figures: Figures) => number | null,
): PlatformsTotal | undefined {
  const known = all.map(of).filter((value) => value !== null);
  if (known.length === 0) return undefined;
  return { value: known.reduce((sum, value) => sum + value, 0), platforms: known.length };
}

/** How many interactions there were at each age of a post, by platform. */
export interface InteractionsByAge {
  /** In ms, from the youngest on: those at which something was read anywhere. */
  readonly ages: readonly number[];
  /** For each age how many; null: that was not read, or the platform does not say. */
  readonly platforms: readonly {
    readonly platform: Platform;
    readonly interactions: readonly (number | null)[];
  }[];
}

/** How the interactions have grown. */
export function interactionsByAge({ platforms }: Pick<PostStats, 'platforms'>): InteractionsByAge {
  const taken = platforms.map(({ platform, readings }) => ({
    platform,
    readings: readings.filter(({ state }) => state === 'taken'),
  }));
  const ages = new Set(taken.flatMap(({ readings }) => readings.map(({ ageMs }) => ageMs)));
  const sorted = [...ages].toSorted((one, other) => one - other);
  return {
    ages: sorted,
    platforms: taken.map(({ platform, readings }) => ({
      platform,
      interactions: sorted.map((age) => {
        const reading = readings.find(({ ageMs }) => ageMs === age);
        return reading === undefined ? null : interactionsOf(reading.figures);
      }),
    })),
  };
}
