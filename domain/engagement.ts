/** Engagement: what became of a post, read from its platforms several times after it was published. */

import type { TimeOfDay, Weekday } from './calendar.ts';
import { type Duration, toMilliseconds } from './duration.ts';
import type { GuildId } from './ids.ts';
import type { NotPublished, Platform, PlatformPostId } from './platforms.ts';
import type { DeliveryRef } from './posts.ts';

/** What can be known of a post, in the order in which it is shown. */
export const METRICS = ['impressions', 'reach', 'likes', 'shares', 'comments', 'clicks'] as const;
export type Metric = (typeof METRICS)[number];

/** How each is called. */
export const METRIC_LABELS: Readonly<Record<Metric, string>> = {
  impressions: 'Impressions',
  reach: 'Reach',
  likes: 'Likes',
  shares: 'Shares',
  comments: 'Comments',
  clicks: 'Clicks',
};

/** Those that somebody had to do something for. */
export const INTERACTIONS = ['likes', 'shares', 'comments', 'clicks'] as const satisfies readonly Metric[];
export type Interaction = (typeof INTERACTIONS)[number];

/** What a platform says of a post. null: it does not give that, which is not the same as 0. */
export type Figures = Readonly<Record<Metric, number | null>>;

/** Figures of which nothing is known. */
export const NO_FIGURES: Figures = {
  impressions: null,
  reach: null,
  likes: null,
  shares: null,
  comments: null,
  clicks: null,
};

/** Added to both sides of a comparison: it keeps a handful of likes from deciding where hardly anything happens. */
export const HANDFUL = 5;

/** How many interactions there were, of those that the platform gives; null if it gives none. */
export function interactionsOf(figures: Figures): number | null {
  const known = INTERACTIONS.map((name) => figures[name]).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** How many have seen it: people, or, where the platform does not count those, how often it was shown. */
export function seenBy({ reach, impressions }: Figures): number | null {
  return reach ?? impressions;
}

/** Interactions by how many have seen it; null where one of them is not known, or nobody has. */
export function engagementRateOf(figures: Figures): number | null {
  const [interactions, seen] = [interactionsOf(figures), seenBy(figures)];
  return interactions === null || seen === null || seen === 0 ? null : interactions / seen;
}

/** Which reading of a post on a platform: that at this age of the post, in ms. */
export interface ReadingRef extends DeliveryRef {
  readonly ageMs: number;
}

/**
 * What became of a reading. `due`: it is not taken yet. `missed`: it could not be taken before the next one was due. `gone`: the post
 * is not there any more.
 */
export type ReadingState = 'due' | 'taken' | 'missed' | 'gone';

/** A reading that was taken. `takenAt`: in ms since 1970, by the workflow's time. */
export interface Reading extends ReadingRef {
  readonly takenAt: number;
  readonly figures: Figures;
}

/** How late a reading may be taken, as a part of the post's age at which it was due: later it is one of an older post. */
export const LATE_PART = 0.1;
/** So late it may be at any age: a platform does not always answer at once. */
export const LATE_LEAST_MS = 600_000;

/**
 * Whether a reading was taken soon enough after it was due to be compared with others at its age. One that was held up, by a limit or an
 * account that had expired, has the interactions of all that time. Times in ms since 1970.
 */
export function isTakenInTime({
  ageMs,
  dueAt,
  takenAt,
}: Pick<Reading, 'ageMs' | 'takenAt'> & { readonly dueAt: number }): boolean {
  return takenAt <= dueAt + Math.max(LATE_LEAST_MS, ageMs * LATE_PART);
}

/** A post on a platform of which figures are to be read. */
export interface ReadOrder extends DeliveryRef {
  readonly publishedId: PlatformPostId;
  /** In ms since 1970: what a platform gives may depend on it. */
  readonly publishedAt: number;
}

/** A reading that is due, with what it is read by. */
export type DueReading = ReadingRef & ReadOrder;

/** When the next readings on a platform are due, and from when they may be taken, together with others: ms since 1970. */
export interface NextReadings {
  readonly platform: Platform;
  readonly dueAt: number;
  readonly firstAt: number;
}

/** What a platform says of one of the posts it was asked for. `gone`: it was deleted there. */
export type PostFigures =
  | { readonly kind: 'figures'; readonly order: ReadOrder; readonly figures: Figures }
  | { readonly kind: 'gone'; readonly order: ReadOrder };

/** What came of asking a platform for figures, in `requests` requests. What it leaves out is asked for again. */
export type FiguresOutcome =
  | { readonly kind: 'read'; readonly posts: readonly PostFigures[]; readonly requests: number }
  | Exclude<NotPublished, { kind: 'rejected' }>
  /** It does not let them be read: a permission is missing, or nothing that it publishes has any. `reason`: for staff. */
  | { readonly kind: 'not allowed'; readonly reason: string };

/** What is left of that for a workflow: no figures in its history. */
export type CollectionOutcome =
  | { readonly kind: 'read'; readonly taken: number; readonly gone: number; readonly requests: number }
  | Exclude<FiguresOutcome, { kind: 'read' }>;

/** The id of the workflow that reads figures in a guild: one, which runs while a reading is due or will be. */
export function engagementId(guildId: GuildId): string {
  return `engagement/${guildId}`;
}

/** The section `engagement`. */
export interface EngagementSettings {
  /** In which days, weeks and hours are meant. */
  readonly timeZone: string;
  /** How long after publishing figures are read, from the shortest on. */
  readonly readings: readonly Duration[];
  /** Where staff read alerts and reports. */
  readonly channel: string;
  readonly score: ScoreSettings;
  readonly amplification: AmplificationSettings;
  /** When the report on the week before is posted. */
  readonly report: { readonly weekday: Weekday; readonly at: TimeOfDay };
  /** Addresses of our own that count clicks, and lead on to what a post links to. */
  readonly links?: LinkSettings | undefined;
  readonly texts: EngagementTexts;
}

/** By what posts are compared with each other. */
export interface ScoreSettings {
  /** How much each interaction counts. */
  readonly weights: Readonly<Record<Interaction, number>>;
  /** Of a platform with fewer posts than this to compare with, nothing is said. */
  readonly leastPosts: number;
  /** How far back those may be. */
  readonly within: Duration;
}

/** What is done with a post that does much better than usual. */
export interface AmplificationSettings {
  /** Above which score, between 0 and 1. */
  readonly above: number;
  /** How long it is pinned on Discord; left out: it is not pinned. */
  readonly pinFor?: Duration | undefined;
  /** A post that is proposed for other platforms; left out: none is. */
  readonly followUp?: FollowUpSettings | undefined;
}

/** What is written of a post elsewhere: `{title}`, `{platform}` and `{link}` may stand in it. */
export interface FollowUpSettings {
  readonly platforms: readonly Platform[];
  readonly title: string;
  readonly text: string;
}

/** Links of our own. */
export interface LinkSettings {
  /** Where they lead to us: `https://go.example.org`. */
  readonly address: string;
  /** On which platforms they take the place of a post's link. */
  readonly platforms: readonly Platform[];
}

/** What staff read. The texts may hold placeholders. */
export interface EngagementTexts {
  /** `{title}`, `{score}`, `{platform}`. */
  readonly amplified: string;
}

/** The ages at which figures are read, in ms. */
export function readingAges({ readings }: Pick<EngagementSettings, 'readings'>): number[] {
  return readings.map(toMilliseconds);
}
