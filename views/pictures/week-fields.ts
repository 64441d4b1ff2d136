import { WEEKDAYS, type Weekday } from '../../domain/calendar.ts';
import { type Box, drawText, edgePanel, fillPanel, fittingSize, newPicture, type Pen } from './drawing.ts';
import { drawHeader, HEADER_HEIGHT, type PictureHeader } from './header.ts';
import { THEME } from './theme.ts';

/** A week at a glance: weekdays side by side, times of the day one below the other, and a field for each. */
export interface WeekPicture extends PictureHeader {
  /** What stands before each row: a time of the day. */
  readonly rows: readonly string[];
  /** Those that have something in them. */
  readonly fields: readonly WeekField[];
  /** Two lines. */
  readonly legend: readonly [readonly LegendPart[], readonly LegendPart[]];
}

/** What stands in a field, or that it is marked. */
export interface WeekField {
  readonly weekday: Weekday;
  /** From 0. */
  readonly row: number;
  readonly numbers?: FieldNumbers;
  readonly isMarked: boolean;
}

/** The number of a field, and below it what that rests on. Without a shade it says nothing yet. */
export interface FieldNumbers {
  readonly large: string;
  readonly small: string;
  readonly shade: Shade | undefined;
}

/** What a field is filled with, and the colour of numbers that keeps a contrast of 4.5 to 1 on it. */
export interface Shade {
  readonly fill: string;
  readonly text: string;
}

/** A part of a line that explains the picture. `shades`: all of them. `mark`: the edge of a field that is marked. */
export type LegendPart = { readonly words: string } | 'shades' | 'mark';

/** Where things are, in units. Weekdays stand side by side: so each field has room for numbers that can be read on a phone. */
export const WEEK_LAYOUT = {
  width: 420,
  margin: 14,
  header: HEADER_HEIGHT,
  weekdays: 24,
  hours: 44,
  field: { width: 46, height: 44, gap: 4 },
  legend: 62,
} as const;

/** From little to much. */
export const SHADES = [
  { fill: '#1f3a42', text: THEME.text },
  { fill: '#235966', text: THEME.text },
  { fill: '#3fa3b5', text: THEME.onBright },
  { fill: '#5ad1e6', text: THEME.onBright },
  { fill: '#b9eef7', text: THEME.onBright },
] as const satisfies readonly Shade[];

const LAYOUT = WEEK_LAYOUT;
const RADIUS = 7;
const LEGEND_LINE = 22;

/** A week as a PNG. The same numbers give the same picture. */
export async function weekPicture(picture: WeekPicture): Promise<Buffer> {
  const { rows, fields, legend } = picture;
  const { canvas, pen } = newPicture(LAYOUT.width, fieldBox(0, rows.length).y + LAYOUT.legend);
  drawHeader(pen, picture, LAYOUT);
  for (const [column, weekday] of WEEKDAYS.entries()) drawWeekday(pen, weekday, column);
  for (const [row, text] of rows.entries()) {
    drawTime(pen, text, row);
    for (const [column, weekday] of WEEKDAYS.entries()) {
      const field = fields.find((one) => one.weekday === weekday && one.row === row);
      drawField(pen, fieldBox(column, row), field);
    }
  }
  for (const [line, parts] of legend.entries())
    drawLegend(pen, parts, fieldBox(0, rows.length).y + 6 + line * LEGEND_LINE);
  return canvas.encode('png');
}

/** Where the field of a weekday and a time is, by their places among those that are shown. */
export function fieldBox(column: number, row: number): Box {
  const { width, height, gap } = LAYOUT.field;
  return {
    x: LAYOUT.margin + LAYOUT.hours + column * (width + gap),
    y: LAYOUT.header + LAYOUT.weekdays + row * (height + gap),
    ...{ width, height },
  };
}

function drawWeekday(pen: Pen, weekday: Weekday, column: number): void {
  const { x, width } = fieldBox(column, 0);
  const box = { x, y: LAYOUT.header, width, height: LAYOUT.weekdays - 4 };
  const text = weekday.charAt(0).toUpperCase() + weekday.slice(1, 3);
  drawText(pen, text, box, { size: 14, weight: 600, color: THEME.textSoft, align: 'center' });
}

function drawTime(pen: Pen, text: string, row: number): void {
  const { y, height } = fieldBox(0, row);
  const box = { x: LAYOUT.margin, y, width: LAYOUT.hours - 8, height };
  const size = fittingSize(pen, text, { size: 13, weight: 600 }, box.width);
  drawText(pen, text, box, { size, weight: 600, color: THEME.textSoft, align: 'right' });
}

function drawField(pen: Pen, box: Box, field: WeekField | undefined): void {
  fillPanel(pen, box, RADIUS, field?.numbers?.shade?.fill ?? THEME.surface);
  if (field?.numbers !== undefined) drawNumbers(pen, field.numbers, box);
  if (field?.isMarked === true) edgePanel(pen, box, RADIUS, THEME.accent, 2);
}

function drawNumbers(pen: Pen, { large, small, shade }: FieldNumbers, box: Box): void {
  const color = shade?.text ?? THEME.textMuted;
  const above = { ...box, x: box.x + 3, width: box.width - 6, y: box.y + 4, height: 22 };
  drawText(pen, large, above, { size: 16, weight: 700, color, align: 'center' });
  const below = { ...above, y: box.y + 25, height: 15 };
  drawText(pen, small, below, { size: 12, weight: 400, color, align: 'center' });
}

function drawLegend(pen: Pen, parts: readonly LegendPart[], y: number): void {
  let x: number = LAYOUT.margin;
  for (const part of parts) x += drawLegendPart(pen, part, x, y);
}

/** Gives how far the next part is away. */
function drawLegendPart(pen: Pen, part: LegendPart, x: number, y: number): number {
  if (part === 'mark') {
    edgePanel(pen, { x: x + 12, y: y + 3, width: 16, height: 12 }, 3, THEME.accent, 2);
    return 34;
  }
  if (part === 'shades') {
    for (const [index, { fill }] of SHADES.entries())
      fillPanel(pen, { x: x + index * 18, y: y + 3, width: 16, height: 12 }, 3, fill);
    return SHADES.length * 18 + 4;
  }
  const box = { x, y, width: LAYOUT.width - LAYOUT.margin - x, height: 18 };
  return drawText(pen, part.words, box, { size: 12, weight: 400, color: THEME.textSoft }) + 6;
}
