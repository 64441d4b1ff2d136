/** When posts do well: a picture, the same in words, and advice where there is enough to go by. */

import type { RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { weekdayText } from '../domain/calendar.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { toDuration } from '../domain/duration.ts';
import { PLATFORM_LABELS, type Platform } from '../domain/platforms.ts';
import {
  INSIGHT_DAYS,
  LEAST_AT_A_TIME,
  LEAST_POSTS,
  type PostInsights,
  type PostingTime,
  type Sureness,
  saysSomething,
} from '../domain/post-insights.ts';
import { COLORS } from './colors.ts';
import { factorText, type PostingTimesPicture, timeText } from './pictures/post-insights.ts';
import { count, cut, dayOf, timestamp } from './text.ts';

/** What the picture is called under the message. */
export const POSTING_TIMES_PICTURE = 'best-times.png';

/** What was asked for. */
export interface InsightsAsked {
  /** null: all together. */
  readonly platform: Platform | null;
  readonly timeZone: string;
  /** At which age posts are compared. */
  readonly ageMs: number;
}

const SURENESS: Readonly<Record<Sureness, string>> = {
  'quite sure': 'quite sure',
  'a hint': 'a hint, which may be chance',
};

/** What the figures rest on, and the best times. The picture goes with it, unless there is too little to say anything. */
export function postInsightsMessage(
  insights: PostInsights,
  asked: InsightsAsked,
): Pick<RESTPostAPIChannelMessageJSONBody, 'embeds'> {
  const title = titleOf(asked);
  if (insights.kind === 'too little')
    return { embeds: [{ title, color: COLORS.grey, description: tooLittle(insights.posts, asked) }] };
  const { best, since, posts, span } = insights;
  const from = since === null ? '' : ` since ${timestamp(since, 'D')}`;
  const lines = [
    `**${count(posts, 'post')}**${from}, by what they had ${toDuration(asked.ageMs)} after they were published.`,
    '',
    ...best.map((time, index) => `${index + 1}. ${adviceLine(time, span)}`),
    ...(best.length === 0 ? ['No time stands out: how they differ may be chance.'] : []),
  ];
  return {
    embeds: [
      {
        title,
        color: COLORS.blue,
        description: cut(lines.join('\n'), DISCORD_LIMITS.embedDescription),
        image: { url: `attachment://${POSTING_TIMES_PICTURE}` },
        footer: { text: footerText(asked) },
      },
    ],
  };
}

/** What the picture shows; undefined where there is too little. */
export function toPostingTimesPicture(
  insights: PostInsights,
  asked: InsightsAsked,
): PostingTimesPicture | undefined {
  if (insights.kind === 'too little') return undefined;
  const { posts, since, span, times, best } = insights;
  const from = since === null ? '' : ` since ${dayOf(since, asked.timeZone)}`;
  return { title: titleOf(asked), basis: `${count(posts, 'post')}${from}`, span, times, best };
}

/** The picture in words, for who cannot see it: the times of which something can be said, the best first. */
export function postingTimesDescription({ title, basis, span, times }: PostingTimesPicture): string {
  const lines = times
    .filter(saysSomething)
    .toSorted((one, other) => other.factor - one.factor)
    .map((time) => `${weekTimeText(time, span)}: ${factorText(time.factor)}, ${count(time.posts, 'post')}`);
  return cut([`${title}: ${basis}`, ...lines].join('\n'), DISCORD_LIMITS.fileDescription);
}

function titleOf({ platform }: InsightsAsked): string {
  return platform === null ? 'Best times to post' : `Best times to post on ${PLATFORM_LABELS[platform]}`;
}

function tooLittle(posts: number, { ageMs }: InsightsAsked): string {
  return [
    `There is too little to go by yet: figures of ${count(posts, 'post')} in the last ${INSIGHT_DAYS} days, read ${toDuration(ageMs)} after they were published.`,
    `It takes ${LEAST_POSTS}, and ${LEAST_AT_A_TIME} of them at the same time of the week.`,
  ].join(' ');
}

function adviceLine(time: PostingTime, span: number): string {
  const { factor, from, to, posts, sureness } = time;
  const sure = sureness === null ? '' : `, ${SURENESS[sureness]}`;
  return `**${weekTimeText(time, span)}**: about ${factor.toFixed(1)} times as much as usual (${from.toFixed(1)} to ${to.toFixed(1)}), from ${count(posts, 'post')}${sure}.`;
}

function weekTimeText({ weekday, hour }: PostingTime, span: number): string {
  return `${weekdayText(weekday)} ${timeText(hour, span)}`;
}

function footerText({ timeZone }: InsightsAsked): string {
  return [
    `Times: ${timeZone}. Each platform's posts are compared with what is usual there; few posts count little.`,
    'Quite sure: by chance alone, one history in ten at most would have any such time.',
    'Who posts what at which time may be the reason, and not the time.',
  ].join(' ');
}
