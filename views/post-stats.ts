/** What became of a post: its figures on each platform, those of all together, and how much better than usual they are. */

import type { APIEmbedField, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { weightedInteractions } from '../domain/amplification.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { toDuration } from '../domain/duration.ts';
import {
  type EngagementSettings,
  engagementRateOf,
  type Figures,
  interactionsOf,
  METRIC_LABELS,
  METRICS,
} from '../domain/engagement.ts';
import { PLATFORM_LABELS } from '../domain/platforms.ts';
import {
  fallenFigures,
  isGone,
  isTooLate,
  latestReading,
  nextReadingAt,
  type PlatformScore,
  type PlatformStats,
  type PlatformsTotal,
  type PostStats,
  platformScore,
  postScore,
  type StatsReading,
  timesUsual,
  totalsOf,
} from '../domain/post-stats.ts';
import { COLORS } from './colors.ts';
import { POST_STATES } from './post-lists.ts';
import { asWritten, cut, timestamp } from './text.ts';

/** What the chart is called under the message. */
export const STATS_PICTURE = 'stats.png';

type ScoreSettings = EngagementSettings['score'];

/** Why there is nothing to show of a post that stands nowhere. */
export function neverPublished({ title, state }: Pick<PostStats, 'title' | 'state'>): string {
  return `**${asWritten(title)}** was never published (${POST_STATES[state]}): there is nothing to show. \`/post status\` says where it stands.`;
}

/** The figures of a post that is published somewhere. `hasPicture`: the chart goes with it. `now`: when they are asked for, in ms since 1970. */
export function postStatsMessage(
  stats: PostStats,
  settings: ScoreSettings,
  { hasPicture, now }: { readonly hasPicture: boolean; readonly now: number },
): Pick<RESTPostAPIChannelMessageJSONBody, 'embeds'> {
  return {
    embeds: [
      {
        title: cut(asWritten(stats.title), DISCORD_LIMITS.embedTitle),
        color: COLORS.blue,
        description: [...totalLines(stats), postScoreLine(stats, settings)].join('\n'),
        fields: stats.platforms.map((platform) => platformField(platform, settings, now)),
        footer: { text: footerText(settings) },
        ...(hasPicture && { image: { url: `attachment://${STATS_PICTURE}` } }),
      },
    ],
  };
}

function totalLines(stats: PostStats): string[] {
  const { platforms, interactions, seen, rate } = totalsOf(stats);
  if (interactions === undefined && seen === undefined) return ['There are no figures yet.'];
  const of = (total: PlatformsTotal) =>
    total.platforms === platforms ? '' : ` (${total.platforms} of ${platforms} platforms)`;
  const parts = [
    interactions && `**${numberText(interactions.value)}** interactions${of(interactions)}`,
    seen && `seen **${numberText(seen.value)}** times${of(seen)}`,
    rate && `rate **${rateText(rate.value)}**${of(rate)}`,
  ];
  return [`In all: ${parts.filter((part) => part !== undefined).join(' · ')}`];
}

function postScoreLine(stats: PostStats, settings: ScoreSettings): string {
  const best = postScore(stats);
  if (best !== undefined)
    return `Score **${best.score.toFixed(2)}**, of ${PLATFORM_LABELS[best.platform]}: ${scoreInWords(best)}.`;
  const weighed = stats.platforms.flatMap(({ readings }) => readings.filter(({ isWeighed }) => isWeighed));
  if (weighed.length === 0) return 'No score yet.';
  if (weighed.every(isTooLate)) return 'No score: it was read too late to compare it.';
  return weighed.every(({ figures }) => weightedInteractions(figures, settings) === null)
    ? 'No score: there are no interactions that count.'
    : 'No score: there is too little to compare it with.';
}

/** What a score means, for who reads it the first time. */
function scoreInWords({ score, ageMs }: PlatformScore): string {
  return `about ${timesText(score)} what posts there usually get ${toDuration(ageMs)} after they went out`;
}

function timesText(score: number): string {
  return `${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(timesUsual(score))} times`;
}

function platformField(stats: PlatformStats, settings: ScoreSettings, now: number): APIEmbedField {
  const latest = latestReading(stats);
  const lines = [
    ...(isGone(stats) ? ['🗑️ deleted there: nothing more is read'] : []),
    ...(latest === undefined ? [] : [...figureLines(latest.figures), ...fallenLines(stats)]),
    ...(latest === undefined ? [] : [scoreLine(stats, latest, settings)]),
    readingLine(stats, latest, now),
    ...missedLines(stats),
    ...(stats.url === null || isGone(stats) ? [] : [`[see it](${stats.url})`]),
  ];
  return {
    name: PLATFORM_LABELS[stats.platform],
    value: cut(lines.join('\n'), DISCORD_LIMITS.embedFieldValue),
  };
}

function figureLines(figures: Figures): string[] {
  const known = METRICS.flatMap((metric) => {
    const value = figures[metric];
    return value === null ? [] : [`${METRIC_LABELS[metric]} ${numberText(value)}`];
  });
  const unknown = METRICS.filter((metric) => figures[metric] === null);
  const names = unknown.map((metric) => METRIC_LABELS[metric].toLowerCase());
  return [
    `${interactionsText(figures)} · ${rateOrNot(figures)}`,
    ...(known.length === 0 ? [] : [known.join(' · ')]),
    ...(names.length === 0 ? [] : [`Not available: ${names.join(', ')}`]),
  ];
}

function interactionsText(figures: Figures): string {
  const interactions = interactionsOf(figures);
  return interactions === null
    ? 'interactions not available'
    : `**${numberText(interactions)}** ${interactions === 1 ? 'interaction' : 'interactions'}`;
}

function rateOrNot(figures: Figures): string {
  const rate = engagementRateOf(figures);
  return rate === null ? 'rate not available' : `rate **${rateText(rate)}**`;
}

function fallenLines(stats: PlatformStats): string[] {
  const fallen = fallenFigures(stats).map(
    ({ metric, now, before }) =>
      `${METRIC_LABELS[metric].toLowerCase()} ${numberText(now)}, down from ${numberText(before)}`,
  );
  return fallen.length === 0 ? [] : [`📉 ${fallen.join(' · ')}`];
}

/** The score of the newest reading that has one, or why there is none. */
function scoreLine(stats: PlatformStats, latest: StatsReading, settings: ScoreSettings): string {
  const score = platformScore(stats);
  if (score !== undefined) return `Score ${score.score.toFixed(2)} (${toDuration(score.ageMs)})`;
  if (!latest.isWeighed) return 'Score: not compared yet';
  if (weightedInteractions(latest.figures, settings) === null)
    return 'No score: it gives no interactions that count';
  return isTooLate(latest)
    ? 'No score: read too late to compare it'
    : `No score: fewer than ${settings.leastPosts} posts to compare it with`;
}

/** Of when the figures are, and when there are new ones. */
function readingLine(stats: PlatformStats, latest: StatsReading | undefined, now: number): string {
  const parts = [lastReadText(stats, latest), nextReadText(stats, now)];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function lastReadText({ readings }: PlatformStats, latest: StatsReading | undefined): string | undefined {
  if (latest === undefined) return readings.length === 0 ? 'No figures are read of it' : 'No figures yet';
  const when = latest.takenAt === null ? '' : `, read ${timestamp(latest.takenAt, 'R')}`;
  return `${toDuration(latest.ageMs)} after it went out${when}`;
}

function nextReadText(stats: PlatformStats, now: number): string | undefined {
  const next = nextReadingAt(stats);
  if (next === undefined || isGone(stats)) return undefined;
  if (stats.needsAccount) return `not read: ${PLATFORM_LABELS[stats.platform]} needs to be connected`;
  return next < now
    ? `the reading that was due ${timestamp(next, 'R')} could not be taken yet`
    : `next reading ${timestamp(next, 'R')}`;
}

function missedLines({ readings }: PlatformStats): string[] {
  const missed = readings.filter(({ state }) => state === 'missed');
  if (missed.length === 0) return [];
  return [`Could not be read: ${missed.map(({ ageMs }) => toDuration(ageMs)).join(', ')} after it went out`];
}

function footerText({ weights }: ScoreSettings): string {
  const counts = `A like counts ${weights.likes}, a share ${weights.shares}, a comment ${weights.comments}, a click ${weights.clicks}.`;
  return `Score: 0.5 is as usual, 0.8 four times as much. ${counts}`;
}

function numberText(value: number): string {
  return new Intl.NumberFormat('en').format(value);
}

function rateText(rate: number): string {
  return `${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(rate * 100)} %`;
}
