import type { APIEmbed } from 'discord-api-types/v10';
import {
  amountText,
  type Leaderboard,
  type LeaderboardSettings,
  periodText,
  type Standing,
} from '../domain/leaderboards.ts';
import type { Measure } from '../domain/recognition.ts';
import { COLORS } from './colors.ts';
import type { MarkedMessage } from './marked-message.ts';
import { fill, mention, type TextContext } from './text.ts';

const MEDALS: Readonly<Record<number, string>> = { 1: '🥇', 2: '🥈', 3: '🥉' };
/** Where nobody stands yet. */
const NOBODY = 'Nobody yet.';

/** A leaderboard with those who stand on it, in a period as the tables call it. */
export interface FilledLeaderboard {
  readonly board: Leaderboard;
  readonly period: string;
  readonly top: readonly Standing[];
}

/** All leaderboards in one message, an embed for each: one below the other, and one notification. It mentions nobody. */
export function leaderboardPost(
  { link }: Pick<LeaderboardSettings, 'link'>,
  boards: readonly FilledLeaderboard[],
  mark: string,
  context: TextContext,
): MarkedMessage {
  const [first, ...others] = boards.map(leaderboardEmbed);
  // The mark is in one address alone: embeds with the same address are shown as one.
  const marked = { ...first, url: `${fill(link, context)}#${mark}` };
  return { marker: mark, body: { embeds: [marked, ...others], allowed_mentions: { parse: [] } } };
}

/** A leaderboard, or a part of it, with its period below. */
export function leaderboardEmbed({ board, period, top }: FilledLeaderboard): APIEmbed {
  return {
    title: board.title,
    color: COLORS.gold,
    description: top.map((standing) => standingLine(board.measure, standing)).join('\n') || NOBODY,
    footer: { text: periodText(period) },
  };
}

/** A member's place in a line: `🥇 @Ada: 1,234.5 points`, `**4.** @Ben: 12`. */
function standingLine(measure: Measure, { memberId, place, amount }: Standing): string {
  return `${placeText(place)} ${mention(memberId)}: ${amountInWords(measure, amount)}`;
}

/** A medal for the first three places. */
function placeText(place: number): string {
  return MEDALS[place] ?? `**${place}.**`;
}

/** `**12** points` of points, else the number alone. */
export function amountInWords(measure: Measure, amount: number): string {
  const number = `**${amountText(measure, amount)}**`;
  if (measure !== 'points') return number;
  return amount === 10 ? `${number} point` : `${number} points`;
}
