import type { RankCard, RankProgress, ShownAchievement, ShownBadge } from '../../domain/rank.ts';
import {
  type Box,
  drawDisc,
  drawEmoji,
  drawText,
  edgePanel,
  fillPanel,
  fittingSize,
  newPicture,
  type Pen,
  textWidth,
} from './drawing.ts';
import { displayName } from './names.ts';
import { readable, THEME } from './theme.ts';

/** Where things are, in units. */
export const RANK_CARD_LAYOUT = {
  width: 420,
  margin: 16,
  /** Within a ring. */
  disc: { x: 21, y: 20, width: 60, height: 60 },
  name: { x: 96, y: 16, width: 212, height: 36 },
  badge: { x: 96, y: 56, width: 212, height: 26 },
  place: { x: 312, y: 16, width: 92, height: 36 },
  members: { x: 312, y: 56, width: 92, height: 26 },
  points: { x: 16, y: 100, width: 388, height: 34 },
  progress: { x: 16, y: 138, width: 388, height: 12 },
  /** Below the progress, or below the points for who has the last badge. */
  progressNote: { x: 16, y: 154, width: 388, height: 22 },
  heading: { x: 16, y: 188, width: 388, height: 22 },
  /** Where the achievements begin. */
  achievements: 216,
  achievement: { width: 190, height: 38 },
  gap: 8,
} as const;

const LAYOUT = RANK_CARD_LAYOUT;
const COLUMNS = 2;

/** A member's card as a PNG. The same card gives the same picture. */
export function rankCardPicture(card: RankCard): Promise<Buffer> {
  const { canvas, pen } = newPicture(LAYOUT.width, heightOf(card));
  const color = card.badge ? readable(card.badge.color) : THEME.textMuted;
  drawMember(pen, card, color);
  if (card.badge) drawBadge(pen, card.badge, color);
  drawPlace(pen, card);
  drawPoints(pen, card);
  if (card.progress) drawProgress(pen, card.progress, color);
  else drawLastBadge(pen, color);
  drawHeading(pen, card.achievements);
  for (const [index, achievement] of card.achievements.entries()) {
    drawAchievement(pen, achievement, achievementBox(index), color);
  }
  return canvas.encode('png');
}

/** Where the achievement with this index is, from 0. */
export function achievementBox(index: number): Box {
  const { width, height } = LAYOUT.achievement;
  const x = LAYOUT.margin + (index % COLUMNS) * (width + LAYOUT.gap);
  const y = LAYOUT.achievements + Math.floor(index / COLUMNS) * (height + LAYOUT.gap);
  return { x, y, width, height };
}

function heightOf({ achievements }: RankCard): number {
  if (achievements.length === 0) return LAYOUT.heading.y;
  const last = achievementBox(achievements.length - 1);
  return last.y + last.height + LAYOUT.margin;
}

function drawMember(pen: Pen, { memberId, name }: RankCard, color: string): void {
  const shownName = displayName(name);
  drawDisc(pen, { memberId, shownName }, LAYOUT.disc);
  const ring = 3;
  const { x, y, width, height } = LAYOUT.disc;
  const around = {
    x: x - ring - 2,
    y: y - ring - 2,
    width: width + 2 * ring + 4,
    height: height + 2 * ring + 4,
  };
  edgePanel(pen, around, around.width / 2, color, ring);
  drawText(pen, shownName, LAYOUT.name, { size: 24, weight: 600, color: THEME.text });
}

/** The badge in a frame of its colour, as wide as its label. */
function drawBadge(pen: Pen, { label, emoji }: ShownBadge, color: string): void {
  const style = { size: 14, weight: 600, color } as const;
  const { x, y, width, height } = LAYOUT.badge;
  const before = 32;
  const after = 12;
  const labelWidth = Math.min(textWidth(pen, label, style), width - before - after);
  edgePanel(pen, { x, y, width: before + labelWidth + after, height }, height / 2, color, 1.5);
  drawEmoji(pen, emoji, { x: x + 8, y, width: 20, height }, 14);
  // A hair of space, so that rounding does not shorten a label that fits.
  drawText(pen, label, { x: x + before, y, width: labelWidth + 0.5, height }, style);
}

function drawPlace(pen: Pen, { place, members }: RankCard): void {
  const text = `#${place.toLocaleString('en')}`;
  const size = fittingSize(pen, text, { size: 30, weight: 700 }, LAYOUT.place.width);
  drawText(pen, text, LAYOUT.place, { size, weight: 700, color: THEME.accent, align: 'right' });
  const of = `of ${members.toLocaleString('en')}`;
  drawText(pen, of, LAYOUT.members, { size: 14, weight: 400, color: THEME.textSoft, align: 'right' });
}

function drawPoints(pen: Pen, { points, progress }: RankCard): void {
  const { x, y, width, height } = LAYOUT.points;
  const taken = drawText(
    pen,
    points,
    { x, y, width: 200, height },
    { size: 24, weight: 700, color: THEME.text },
  );
  const unit = { x: x + taken + 7, y: y + 3, width: 60, height };
  drawText(pen, 'points', unit, { size: 14, weight: 400, color: THEME.textSoft });
  if (!progress) return;
  const next = { x: x + width - 150, y: y + 3, width: 150, height };
  drawText(pen, progress.label, next, { size: 15, weight: 600, color: THEME.text, align: 'right' });
}

function drawProgress(pen: Pen, progress: RankProgress, color: string): void {
  const box = LAYOUT.progress;
  const share = shareOf(progress);
  fillPanel(pen, box, box.height / 2, THEME.line);
  // Never narrower than its round ends, so that the first step can be seen.
  if (share > 0) {
    const width = Math.max(box.height, share * box.width);
    fillPanel(pen, { ...box, width }, box.height / 2, color);
  }
  const from = { size: 13, weight: 400, color: THEME.textSoft } as const;
  drawText(pen, amount(progress.from), LAYOUT.progressNote, from);
  const missing = Math.max(0, progress.to - progress.points);
  drawText(pen, `${amount(missing)} to go`, LAYOUT.progressNote, { ...from, align: 'center' });
  drawText(pen, amount(progress.to), LAYOUT.progressNote, { ...from, align: 'right' });
}

/** How much of the way is done, from 0 to 1. */
function shareOf({ from, to, points }: RankProgress): number {
  return to > from ? Math.min(1, Math.max(0, (points - from) / (to - from))) : 1;
}

function drawLastBadge(pen: Pen, color: string): void {
  fillPanel(pen, LAYOUT.progress, LAYOUT.progress.height / 2, color);
  const style = { size: 13, weight: 400, color: THEME.textSoft, align: 'center' } as const;
  drawText(pen, 'The highest badge there is', LAYOUT.progressNote, style);
}

function drawHeading(pen: Pen, achievements: readonly ShownAchievement[]): void {
  if (achievements.length === 0) return;
  const style = { size: 14, weight: 600, color: THEME.textSoft } as const;
  const earned = achievements.filter((achievement) => achievement.earned).length;
  drawText(pen, 'Achievements', LAYOUT.heading, style);
  drawText(pen, `${earned} of ${achievements.length}`, LAYOUT.heading, { ...style, align: 'right' });
}

function drawAchievement(
  pen: Pen,
  { emoji, label, earned }: ShownAchievement,
  box: Box,
  color: string,
): void {
  fillPanel(pen, box, 9, earned ? THEME.surface : THEME.background);
  edgePanel(pen, box, 9, earned ? color : THEME.line, earned ? 1.25 : 1);
  drawEmoji(pen, emoji, { ...box, x: box.x + 8, width: 26 }, 18, earned ? 'bright' : 'dimmed');
  const text = { ...box, x: box.x + 42, width: box.width - 50 };
  drawText(pen, label, text, { size: 14, weight: 600, color: earned ? THEME.text : THEME.textMuted });
}

/** An amount of points as it is shown: to one decimal, which is as exact as points are. */
function amount(points: number): string {
  return points.toLocaleString('en', { maximumFractionDigits: 1 });
}
