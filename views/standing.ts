/** What members are told of where somebody stands. These are the tool's words; names of badges and achievements are configured. */

import type { APIEmbed } from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { MemberId } from '../domain/ids.ts';
import type { RankCard } from '../domain/rank.ts';
import { type Achievement, type Badge, pointsText, type RecognitionSettings } from '../domain/recognition.ts';
import {
  type Held,
  highestBadge,
  type MemberStanding,
  type PointsInPeriod,
  progressOf,
} from '../domain/standing.ts';
import { COLORS } from './colors.ts';
import { cut, mention, timestamp } from './text.ts';

/** A message of embeds, without its mentions reaching anybody. */
interface EmbedMessage {
  readonly embeds: APIEmbed[];
}

/** Of how many signs a bar of progress is. */
const BAR_LENGTH = 10;

/** Points with their places: of all time, this month, this week. */
export function pointsMessage({ memberId, points }: MemberStanding): EmbedMessage {
  const lines = [
    `${mention(memberId)}: **${pointsText(points.all.tenths)}** points`,
    '',
    periodLine('All time', points.all),
    periodLine('This month', points.month),
    periodLine('This week', points.week),
  ];
  return gold('Points', lines);
}

/** A card of all that a member has reached. */
export function rankMessage(standing: MemberStanding, settings: RecognitionSettings): EmbedMessage {
  const { memberId, points, achievements } = standing;
  const badge = highestBadge(standing, settings);
  const earned = known(achievements, settings.achievements);
  return gold('Rank', [
    `${mention(memberId)} · ${badge === undefined ? 'no badge yet' : titleOf(badge)}`,
    `**${pointsText(points.all.tenths)}** points · ${placeText(points.all)}`,
    '',
    ...progressLines(standing, settings),
    '',
    '__Achievements__',
    earned.length === 0 ? 'None yet.' : earned.map(({ item }) => titleOf(item)).join(' · '),
  ]);
}

/** A rank card in words, for who cannot see it. */
export function rankDescription({ name, points, place, members, badge, achievements }: RankCard): string {
  const earned = achievements.filter((achievement) => achievement.earned).map(({ label }) => label);
  const parts = [
    `${name}: ${points} points, place ${place} of ${members}`,
    `badge: ${badge?.label ?? 'none'}`,
    `achievements: ${earned.join(', ') || 'none'}`,
  ];
  return cut(parts.join('; '), DISCORD_LIMITS.fileDescription);
}

/** The badges that a member has, and those that they can still get. */
export function badgesMessage(standing: MemberStanding, settings: RecognitionSettings): EmbedMessage {
  const { memberId, badges } = standing;
  return gold('Badges', [
    ...listLines(memberId, badges, settings.badges),
    '',
    ...progressLines(standing, settings),
  ]);
}

/** The achievements that a member has, and those that they can still earn. */
export function achievementsMessage(
  { memberId, achievements }: MemberStanding,
  settings: RecognitionSettings,
): EmbedMessage {
  return gold('Achievements', listLines(memberId, achievements, settings.achievements));
}

function gold(title: string, lines: readonly string[]): EmbedMessage {
  const description = cut(lines.join('\n'), DISCORD_LIMITS.embedDescription);
  return { embeds: [{ title, color: COLORS.gold, description }] };
}

function periodLine(name: string, points: PointsInPeriod): string {
  return `${name}: **${pointsText(points.tenths)}** · ${placeText(points)}`;
}

function placeText({ place }: PointsInPeriod): string {
  return place === undefined ? 'no place' : `place **${place.place}** of ${place.of}`;
}

function progressLines(standing: MemberStanding, settings: RecognitionSettings): string[] {
  const progress = progressOf(standing, settings);
  if (progress === undefined) return ['The highest badge for points is reached.'];
  const { next, share, missingTenths } = progress;
  return [
    bar(share),
    `${pointsText(missingTenths)} points to ${titleOf(next)} (${pointsText(next.points * 10)})`,
  ];
}

/** Rounded down, so that nothing looks complete that is not. */
function bar(share: number): string {
  const full = Math.floor(share * BAR_LENGTH);
  return '▰'.repeat(full) + '▱'.repeat(BAR_LENGTH - full);
}

function listLines(
  memberId: MemberId,
  held: readonly Held[],
  all: readonly (Badge | Achievement)[],
): string[] {
  const has = known(held, all);
  const missing = all.filter(({ name }) => !has.some(({ item }) => item.name === name));
  return [
    `${mention(memberId)} has ${has.length} of ${all.length}`,
    '',
    ...has.map(({ item, at }) => `${describe(item)} (since ${timestamp(at, 'd')})`),
    ...(missing.length === 0 ? [] : ['', '__Still to get__', ...missing.map(describe)]),
  ];
}

/** What a member has of what the configuration knows: something that was taken out of it has no name to show. */
function known<Item extends Badge | Achievement>(
  held: readonly Held[],
  all: readonly Item[],
): { item: Item; at: number }[] {
  return held.flatMap(({ name, at }) =>
    all.filter((item) => item.name === name).map((item) => ({ item, at })),
  );
}

function titleOf({ emoji, label }: Badge | Achievement): string {
  return `${emoji} **${label}**`;
}

function describe(item: Badge | Achievement): string {
  const price = typeof item.points === 'number' && !('when' in item) ? ` · from ${item.points} points` : '';
  const bonus = 'when' in item && item.points > 0 ? ` · ${item.points} points` : '';
  return `${titleOf(item)}: ${item.description}${price}${bonus}`;
}
