/**
 * The report on what became of the posts of a week, or of any whole days.
 *
 * **What is compared.** A reading tells what became of a post until then, and a post goes on being read for days: beside a week of which all
 * readings are there, the last one would always look poor. The same age for all posts would be the other way out, but on Monday morning that
 * of Sunday evening's post is an hour, at which hardly anything has happened to any. So each post counts with its latest reading, and
 * each week before **as it stood as long after its end** as this one stands now: its readings that were due later are left out.
 */

import type { Figures } from './engagement.ts';
import type { GuildId } from './ids.ts';
import type { Platform } from './platforms.ts';
import type { PostId } from './posts.ts';
import type { Period, Span } from './reports.ts';

/** Changes with what a stored report is made of: one that another version has made is not read. */
const VERSION = 1;

/** How many posts are named. */
export const TOP_POSTS = 5;
/** What counts as the score of a post that has none: as usual. */
export const USUAL_SCORE = 0.5;
/** With the mean of how many spans before it a report's own is compared. */
const SPANS_IN_MEAN = 4;

/** What became of posts. null: no platform gives it. */
export interface Tally {
  readonly posts: number;
  /** How many have seen them, as far as platforms count people. */
  readonly reach: number | null;
  /** How often they were shown, where platforms count that alone. */
  readonly impressions: number | null;
  readonly interactions: number | null;
  /** Interactions by how many have seen it, of those of which both is known. */
  readonly rate: number | null;
  /** On how many places no reading was taken: one place is a post on a platform. */
  readonly unread: number;
  /** From how many places posts were deleted. What was read before counts. */
  readonly gone: number;
  /** How many readings could not be taken. */
  readonly missed: number;
}

/** The same on one platform. */
export interface PlatformTally extends Tally {
  readonly platform: Platform;
  /** Of the interactions of a post. */
  readonly median: number | null;
}

/** What became of the posts of some days. */
export interface SpanTally extends Span {
  readonly all: Tally;
  /** Those on which something was published. */
  readonly platforms: readonly PlatformTally[];
}

/** One of the posts that did best, on the platform on which it did. */
export interface TopPost {
  readonly postId: PostId;
  readonly title: string;
  readonly platform: Platform;
  readonly url: string | null;
  readonly figures: Figures;
  /** Between 0 and 1; null: there was too little to compare with, or it was read too late. */
  readonly score: number | null;
  /** It was deleted there. */
  readonly isGone: boolean;
}

/** The report, as it is stored. */
export interface EngagementReport {
  readonly version: typeof VERSION;
  /** As of when, in ms since 1970: readings that were due later are not in it. */
  readonly asOf: number;
  readonly now: SpanTally;
  /** As many days each, the latest first. */
  readonly before: readonly SpanTally[];
  /** The best first. */
  readonly top: readonly TopPost[];
}

/** A figure, beside that of the span before and the mean of the four before. null: there is nothing to compare with. */
export interface Trend {
  readonly now: number | null;
  readonly last: number | null;
  readonly mean: number | null;
}

/** How the ids of the weekly reports begin, and what their schedule is called. */
export function engagementReportsId(guildId: GuildId): string {
  return `engagement-report/${guildId}`;
}

/** The id of a report that somebody has asked for. */
export function engagementReportId(guildId: GuildId, requestId: string): string {
  return `${engagementReportsId(guildId)}/${requestId}`;
}

/** What makes the post of a report happen once (design: "Identity"): one each time that it is made. */
export function engagementReportKey(guildId: GuildId, { startsAt, endsAt }: Period, asOf: number): string {
  return `${engagementReportsId(guildId)}/${startsAt}-${endsAt}/${asOf}`;
}

/** A report of these parts. */
export function toEngagementReport(parts: Omit<EngagementReport, 'version'>): EngagementReport {
  return { version: VERSION, ...parts };
}

/** Whether something that was stored is a report that this version can read. */
export function isEngagementReport(content: unknown): content is EngagementReport {
  return (
    typeof content === 'object' && content !== null && 'version' in content && content.version === VERSION
  );
}

/** How many have seen posts: people, and, where platforms do not count those, how often they were shown. */
export function totalSeen({ reach, impressions }: Pick<Tally, 'reach' | 'impressions'>): number | null {
  return reach === null && impressions === null ? null : (reach ?? 0) + (impressions ?? 0);
}

/** A figure of all platforms, beside those before. */
export function trendOf(report: EngagementReport, figure: (tally: Tally) => number | null): Trend {
  return trend(
    report.now.all,
    report.before.map(({ all }) => all),
    figure,
    NO_POSTS,
  );
}

/** A figure of one platform, beside those before. */
export function platformTrend(
  report: EngagementReport,
  platform: Platform,
  figure: (tally: PlatformTally) => number | null,
): Trend {
  return trend(
    tallyOf(report.now, platform),
    report.before.map((span) => tallyOf(span, platform)),
    figure,
    { ...NO_POSTS, platform, median: null },
  );
}

/** What became of posts on a platform; undefined if nothing was published there. */
export function tallyOf({ platforms }: SpanTally, platform: Platform): PlatformTally | undefined {
  return platforms.find((one) => one.platform === platform);
}

/** What days without posts come to: in all to nothing. Of how posts do they say nothing, so there is neither a rate nor a median. */
const NO_POSTS: Tally = {
  ...{ posts: 0, reach: 0, impressions: 0, interactions: 0, rate: null },
  ...{ unread: 0, gone: 0, missed: 0 },
};

/** Days before the first post, as far as the report goes back, are left out: there was nothing yet to compare with. */
function trend<Of extends Tally>(
  now: Of | undefined,
  before: readonly (Of | undefined)[],
  figure: (tally: Of) => number | null,
  empty: Of,
): Trend {
  const first = before.findLastIndex((tally) => tally !== undefined && tally.posts > 0);
  const figures = before
    .slice(0, Math.min(first + 1, SPANS_IN_MEAN))
    .map((tally) => figure(tally === undefined || tally.posts === 0 ? empty : tally));
  const known = figures.filter((value) => value !== null);
  return {
    now: now === undefined ? null : figure(now),
    last: figures[0] ?? null,
    mean: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length,
  };
}
