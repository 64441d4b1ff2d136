import type { MemberId } from '../../domain/ids.ts';
import { drawCurve } from './curve.ts';
import {
  type Box,
  drawDisc,
  drawText,
  edgePanel,
  fillPanel,
  fittingSize,
  newPicture,
  othersTurn,
  type Pen,
} from './drawing.ts';
import { displayName } from './names.ts';
import { MEDALS, THEME } from './theme.ts';

/** One member's place on a leaderboard. */
export interface LeaderboardRow {
  /** From 1. Those with the same amount share a place. */
  readonly place: number;
  readonly memberId: MemberId;
  /** The name in the guild, as the member wrote it. */
  readonly name: string;
  /** How much the member has, as it is shown: "1,234.5". */
  readonly amount: string;
  /** Whether this is who looks at it. */
  readonly isSelf: boolean;
}

/** A part of a leaderboard as it is shown. */
export interface LeaderboardPage {
  /** What is counted: "Points". */
  readonly title: string;
  /** When, and which page: "This week · page 2 of 5". */
  readonly period: string;
  /** At most ten, in the order of their places. */
  readonly rows: readonly LeaderboardRow[];
  /** Who looks at it, where this page does not have them. */
  readonly ownRow?: LeaderboardRow;
}

/** Where things are, in units. The columns of a row are counted from its left edge. */
export const LEADERBOARD_LAYOUT = {
  width: 420,
  margin: 14,
  header: 88,
  row: 42,
  gap: 6,
  /** Between the page and one's own row that is not on it. */
  ownGap: 26,
  place: { x: 4, width: 46 },
  disc: { x: 54, width: 30 },
  name: { x: 95, width: 203 },
  amount: { x: 306, width: 74 },
} as const;

const LAYOUT = LEADERBOARD_LAYOUT;
const RADIUS = 9;
const MEDAL = 28;

/** A leaderboard as a PNG. The same page gives the same picture. */
export async function leaderboardPicture(page: LeaderboardPage): Promise<Buffer> {
  const { canvas, pen } = newPicture(LAYOUT.width, heightOf(page));
  drawHeader(pen, page);
  if (page.rows.length === 0) drawNobody(pen);
  for (const [index, row] of page.rows.entries()) {
    drawRow(pen, row, rowBox(index));
    await othersTurn();
  }
  if (page.ownRow) drawOwnRow(pen, page.ownRow, ownRowBox(page));
  return canvas.encode('png');
}

/** Where the row with this index is, from 0. */
export function rowBox(index: number): Box {
  const y = LAYOUT.header + index * (LAYOUT.row + LAYOUT.gap);
  return { x: LAYOUT.margin, y, width: LAYOUT.width - 2 * LAYOUT.margin, height: LAYOUT.row };
}

/** Where one's own row is that is not on the page. */
export function ownRowBox(page: LeaderboardPage): Box {
  const next = rowBox(linesOf(page));
  return { ...next, y: next.y - LAYOUT.gap + LAYOUT.ownGap };
}

/** An empty page has one line: that nobody is on it. */
function linesOf({ rows }: LeaderboardPage): number {
  return Math.max(1, rows.length);
}

function heightOf(page: LeaderboardPage): number {
  const last = page.ownRow ? ownRowBox(page) : rowBox(linesOf(page) - 1);
  return last.y + last.height + LAYOUT.margin;
}

function drawHeader(pen: Pen, { title, period }: LeaderboardPage): void {
  const { margin } = LAYOUT;
  const width = 250;
  fillPanel(pen, { x: margin, y: 20, width: 4, height: 46 }, 2, THEME.accent);
  const titleBox = { x: margin + 16, y: 16, width, height: 32 };
  const size = fittingSize(pen, title, { size: 24, weight: 700 }, width);
  drawText(pen, title, titleBox, { size, weight: 700, color: THEME.text });
  const periodBox = { x: margin + 16, y: 48, width, height: 22 };
  drawText(pen, period, periodBox, { size: 14, weight: 400, color: THEME.textSoft });
  drawCurve(pen, { x: LAYOUT.width - margin - 108, y: 20, width: 104, height: 46 });
}

function drawNobody(pen: Pen): void {
  const style = { size: 15, weight: 400, color: THEME.textSoft, align: 'center' } as const;
  drawText(pen, 'Nobody is here yet.', rowBox(0), style);
}

function drawRow(pen: Pen, row: LeaderboardRow, box: Box): void {
  const name = displayName(row.name);
  fillPanel(pen, box, RADIUS, row.isSelf ? THEME.ownSurface : THEME.surface);
  if (row.isSelf) edgePanel(pen, box, RADIUS, THEME.own, 1.5);
  drawPlace(pen, row.place, column(box, LAYOUT.place));
  drawDisc(pen, { memberId: row.memberId, shownName: name }, square(column(box, LAYOUT.disc)));
  drawText(pen, name, column(box, LAYOUT.name), { size: 16, weight: 600, color: THEME.text });
  drawAmount(pen, row, column(box, LAYOUT.amount));
}

function drawOwnRow(pen: Pen, row: LeaderboardRow, box: Box): void {
  const y = box.y - LAYOUT.ownGap / 2;
  for (const offset of [-9, 0, 9]) {
    fillPanel(
      pen,
      { x: LAYOUT.width / 2 + offset - 1.5, y: y - 1.5, width: 3, height: 3 },
      1.5,
      THEME.textMuted,
    );
  }
  drawRow(pen, row, box);
}

function drawPlace(pen: Pen, place: number, box: Box): void {
  const medal = MEDALS[place - 1];
  const text = place.toLocaleString('en');
  if (!medal) {
    const size = fittingSize(pen, text, { size: 15, weight: 600 }, box.width);
    drawText(pen, text, box, { size, weight: 600, color: THEME.textSoft, align: 'center' });
    return;
  }
  const disc = { x: box.x + (box.width - MEDAL) / 2, y: box.y + (box.height - MEDAL) / 2 };
  const metal = pen.createLinearGradient(disc.x, disc.y, disc.x + MEDAL, disc.y + MEDAL);
  metal.addColorStop(0, medal.light);
  metal.addColorStop(1, medal.dark);
  fillPanel(pen, { ...disc, width: MEDAL, height: MEDAL }, MEDAL / 2, metal);
  drawText(pen, text, box, { size: 15, weight: 700, color: THEME.onBright, align: 'center' });
}

function drawAmount(pen: Pen, { amount, place }: LeaderboardRow, box: Box): void {
  const size = fittingSize(pen, amount, { size: 16, weight: 700 }, box.width);
  const color = MEDALS[place - 1]?.light ?? THEME.text;
  drawText(pen, amount, box, { size, weight: 700, color, align: 'right' });
}

function column(row: Box, { x, width }: { x: number; width: number }): Box {
  return { x: row.x + x, y: row.y, width, height: row.height };
}

/** The square in the middle of a column. */
function square({ x, y, width, height }: Box): Box {
  return { x, y: y + (height - width) / 2, width, height: width };
}
