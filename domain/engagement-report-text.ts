/** The report on what became of posts, in words: what every form of it says, and how it is printed where there is no Discord. */

import { dayText } from './calendar.ts';
import { engagementRateOf, INTERACTIONS, interactionsOf, METRIC_LABELS, seenBy } from './engagement.ts';
import {
  type EngagementReport,
  type PlatformTally,
  platformTrend,
  type SpanTally,
  type Tally,
  type TopPost,
  type Trend,
  totalSeen,
  trendOf,
} from './engagement-report.ts';
import { PLATFORM_LABELS, type Platform } from './platforms.ts';
import { daysIn, type Span } from './reports.ts';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const NOT_AVAILABLE = 'not available';

/** A figure of the report with how it has changed, a line each. */
export interface FigureText {
  readonly name: string;
  readonly value: string;
  readonly changes: readonly string[];
}

/** The days that a span has, as people read them. */
export function spanText({ from, to }: Pick<Span, 'from' | 'to'>): string {
  return from === to ? dayText(from) : `${dayText(from)} to ${dayText(to)}`;
}

/** The figures of all platforms together, each beside the days before. */
export function figureTexts(report: EngagementReport): FigureText[] {
  return [
    counted(
      'Posts',
      trendOf(report, ({ posts }) => posts),
      report.now,
    ),
    counted('Total reach', trendOf(report, totalSeen), report.now),
    counted(
      'Total engagement',
      trendOf(report, ({ interactions }) => interactions),
      report.now,
    ),
    rated(
      'Engagement rate',
      trendOf(report, ({ rate }) => rate),
      report.now,
    ),
  ];
}

/** What the total reach rests on: where people are counted, where impressions alone, and where neither. */
export function reachText({ platforms }: SpanTally): string {
  const named = (which: (tally: PlatformTally) => boolean) =>
    listed(platforms.filter(which).map(({ platform }) => platform));
  const people = named(({ reach }) => reach !== null);
  const shown = named(({ reach, impressions }) => reach === null && impressions !== null);
  const mixed = named(({ reach, impressions }) => reach !== null && impressions !== null);
  const neither = named((tally) => totalSeen(tally) === null);
  const parts = [
    ...(people === '' ? [] : [`people on ${people}`]),
    ...(shown === '' ? [] : [`impressions on ${shown}, where people are not counted`]),
    ...(mixed === '' ? [] : [`impressions of some posts on ${mixed}`]),
    ...(neither === '' ? [] : [`${neither} ${platforms.length === 1 ? 'gives' : 'give'} neither`]),
  ];
  return parts.length === 0 ? '' : `Reach: ${parts.join('; ')}.`;
}

/** What became of posts on one platform, and how that has changed. */
export function platformParts(report: EngagementReport, tally: PlatformTally): string[] {
  const { platform, posts, interactions, rate, median } = tally;
  const changes = changesText(platformTrend(report, platform, (one) => one.interactions));
  const seen = totalSeen(tally);
  return [
    counting(posts, 'post'),
    interactions === null
      ? `interactions ${NOT_AVAILABLE}`
      : `${counting(interactions, 'interaction')}${changes}`,
    ...(median === null ? [] : [`median ${numberText(median)} a post`]),
    ...(seen === null ? [] : [`${seenText(tally)} ${numberText(seen)}`]),
    ...(rate === null ? [] : [`rate ${percentText(rate)}`]),
  ];
}

/** What a post has come to on its platform. */
export function topPostParts({ platform, figures, score, isGone }: TopPost): string[] {
  const interactions = interactionsOf(figures);
  const seen = seenBy(figures);
  const rate = engagementRateOf(figures);
  const each = INTERACTIONS.flatMap((name) => {
    const value = figures[name];
    return value === null || value === 0 ? [] : [`${numberText(value)} ${METRIC_LABELS[name].toLowerCase()}`];
  });
  return [
    PLATFORM_LABELS[platform],
    ...(interactions === null ? [] : [`${counting(interactions, 'interaction')}: ${each.join(', ')}`]),
    ...(seen === null ? [] : [`${figures.reach === null ? 'impressions' : 'reach'} ${numberText(seen)}`]),
    ...(rate === null ? [] : [`rate ${percentText(rate)}`]),
    ...(score === null ? [] : [`score ${score.toFixed(2)}`]),
    ...(isGone ? ['deleted there since'] : []),
  ];
}

/** What is missing from the figures, a sentence each. */
export function missingTexts({ now }: EngagementReport): string[] {
  return now.platforms.flatMap(({ platform, missed, unread, gone }) => {
    const label = PLATFORM_LABELS[platform];
    return [
      ...(missed === 0 ? [] : [`${label}: ${counting(missed, 'reading')} could not be taken.`]),
      ...(unread === 0 ? [] : [`${label}: of ${counting(unread, 'post')} nothing was read yet.`]),
      ...(gone === 0
        ? []
        : [`${label}: ${counting(gone, 'post')} deleted there; what was read before counts.`]),
    ];
  });
}

/** How it was compared. */
export function comparisonText({ asOf, now }: EngagementReport): string {
  const isOver = asOf >= now.endsAt;
  const stood = isOver ? 'as long after their end' : 'as long before their end';
  return [
    `Each post counts with its latest reading. So that they can be compared, the ${spansBefore(now)} count as they stood`,
    `${stood} as these days do now: ${lengthText(Math.abs(asOf - now.endsAt))}. Of days without posts, totals are 0, and there is no rate.`,
  ].join(' ');
}

/** What stands behind the interactions of a platform. */
export function platformNote({ now }: EngagementReport): string {
  return `In brackets: against the ${spanLength(now)} before, and against the mean of the four ${spansBefore(now)}.`;
}

/** The report as it is printed. */
export function engagementReportText(report: EngagementReport): string {
  const { now, top } = report;
  const title = `What became of the posts of ${spanText(now)}`;
  if (now.all.posts === 0) return `${[title, '', nothingText(report)].join('\n')}\n`;
  const figures = figureTexts(report).map(({ name, value, changes }) =>
    [`${`${name}:`.padEnd(18)}${value}`, ...changes].join('  '),
  );
  const platforms = now.platforms.map(
    (tally) => `  ${PLATFORM_LABELS[tally.platform].padEnd(9)} ${platformParts(report, tally).join(' · ')}`,
  );
  const posts = top.flatMap((post, index) => [
    `  ${index + 1}. ${post.title}`,
    `     ${topPostParts(post).join(' · ')}`,
    ...(post.url === null ? [] : [`     ${post.url}`]),
  ]);
  const parts = [
    [title],
    [...figures, ...nonEmpty(reachText(now))],
    [`By platform. ${platformNote(report)}`, ...platforms],
    ...(posts.length === 0 ? [] : [['Top posts', ...posts]]),
    ...(missingTexts(report).length === 0
      ? []
      : [['Missing', ...missingTexts(report).map((text) => `  ${text}`)]]),
    [comparisonText(report)],
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** What is said of days on which nothing was published. */
export function nothingText({ before }: EngagementReport): string {
  const last = before.find(({ all }) => all.posts > 0);
  const earlier =
    last === undefined
      ? 'Neither was anything before.'
      : `The last posts before are of ${spanText(last)}: ${last.all.posts}.`;
  return `Nothing was published in this time. ${earlier}`;
}

/** A number as people read it: with one digit behind the point where it is not whole, and commas between thousands. */
function numberText(value: number): string {
  return new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(value);
}

/** A share as people read it. */
function percentText(share: number): string {
  return `${new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 }).format(share * 100)} %`;
}

/** By how much of what it was something has changed; undefined where that cannot be said. */
export function changeText(now: number | null, before: number | null): string | undefined {
  if (now === null || before === null || before === 0) return undefined;
  return `${signed(Math.round((now / before - 1) * 100))} %`;
}

/** By how many points of a percentage a share has changed. */
function pointsText(now: number | null, before: number | null): string | undefined {
  if (now === null || before === null) return undefined;
  return `${signed(Number(((now - before) * 100).toFixed(1)))} points`;
}

/** Both changes, if one of them can be said. */
function changesText({ now, last, mean }: Trend): string {
  const changes = [changeText(now, last), changeText(now, mean)];
  if (changes.every((change) => change === undefined)) return '';
  return ` (${changes.map((change) => change ?? 'n/a').join(', ')})`;
}

function counted(name: string, trend: Trend, now: SpanTally): FigureText {
  return figure(name, trend, now, numberText, changeText);
}

function rated(name: string, trend: Trend, now: SpanTally): FigureText {
  return figure(name, trend, now, percentText, pointsText);
}

function figure(
  name: string,
  { now, last, mean }: Trend,
  span: SpanTally,
  asText: (value: number) => string,
  asChange: typeof changeText,
): FigureText {
  const [sinceLast, sinceMean] = [asChange(now, last), asChange(now, mean)];
  return {
    name,
    value: now === null ? NOT_AVAILABLE : asText(now),
    changes: [
      ...(sinceLast === undefined ? [] : [`${sinceLast} against the ${spanLength(span)} before`]),
      ...(sinceMean === undefined ? [] : [`${sinceMean} against the mean of the four ${spansBefore(span)}`]),
    ],
  };
}

function seenText({ reach, impressions }: Tally): string {
  if (reach === null) return 'impressions';
  return impressions === null ? 'reach' : 'reach and impressions';
}

/** How long a span is: `week`, `day`, `3 days`. */
export function spanLength(span: Pick<Span, 'from' | 'to'>): string {
  const days = daysIn(span);
  if (days === WEEK_DAYS) return 'week';
  return days === 1 ? 'day' : `${days} days`;
}

function spansBefore(span: Span): string {
  const days = daysIn(span);
  return days === WEEK_DAYS || days === 1 ? `${spanLength(span)}s before` : `spans of ${days} days before`;
}

function lengthText(milliseconds: number): string {
  const hours = Math.round((milliseconds / DAY_MS) * 24);
  return hours < 48 ? counting(hours, 'hour') : counting(Math.round(hours / 24), 'day');
}

function listed(platforms: readonly Platform[]): string {
  return platforms.map((platform) => PLATFORM_LABELS[platform]).join(', ');
}

function signed(number: number): string {
  if (number === 0) return '±0';
  return number > 0 ? `+${numberText(number)}` : `−${numberText(-number)}`;
}

function counting(number: number, what: string): string {
  return `${numberText(number)} ${what}${number === 1 ? '' : 's'}`;
}

function nonEmpty(text: string): string[] {
  return text === '' ? [] : [text];
}
