import { WEEKDAYS, type Weekday } from '../../domain/calendar.ts';
import {
  averageOf,
  type HourAttendance,
  isSameHour,
  saysSomething,
  type WeekHour,
} from '../../domain/workshop-insights.ts';
import { type Box, drawText, edgePanel, fillPanel, newPicture, type Pen } from './drawing.ts';
import { THEME } from './theme.ts';

/** What the picture shows. */
export interface AttendancePicture {
  readonly title: string;
  /** What it rests on: "34 events since June 2026, 120 members". */
  readonly basis: string;
  /** At least one. */
  readonly hours: readonly HourAttendance[];
  /** When workshops begin now. */
  readonly workshops: readonly WeekHour[];
}

/** Where things are, in units. Weekdays stand side by side: so each field has room for numbers that can be read on a phone. */
export const ATTENDANCE_LAYOUT = {
  width: 420,
  margin: 14,
  header: 76,
  weekdays: 24,
  hours: 44,
  field: { width: 46, height: 44, gap: 4 },
  legend: 62,
} as const;

const LAYOUT = ATTENDANCE_LAYOUT;
const RADIUS = 7;

/** From few to many, with the colour of numbers that keeps a contrast of 4.5 to 1 on each. */
const SHADES = [
  { fill: '#1f3a42', text: THEME.text },
  { fill: '#235966', text: THEME.text },
  { fill: '#3fa3b5', text: THEME.onBright },
  { fill: '#5ad1e6', text: THEME.onBright },
  { fill: '#b9eef7', text: THEME.onBright },
] as const;

/** How many attended by weekday and hour, as a PNG. The same numbers give the same picture. */
export async function attendancePicture(picture: AttendancePicture): Promise<Buffer> {
  const rows = hoursShown(picture);
  const { canvas, pen } = newPicture(LAYOUT.width, heightOf(rows.length));
  drawHeader(pen, picture);
  for (const [column, weekday] of WEEKDAYS.entries()) drawWeekday(pen, weekday, column);
  const most = Math.max(...picture.hours.filter(saysSomething).map(averageOf), 0);
  for (const [row, hour] of rows.entries()) {
    drawHour(pen, hour, row);
    for (const [column, weekday] of WEEKDAYS.entries()) {
      drawField(pen, { weekday, hour }, fieldBox(column, row), picture, most);
    }
  }
  drawLegend(pen, rows.length);
  return canvas.encode('png');
}

/** Where the field of a weekday and an hour is, by their places among those that are shown. */
export function fieldBox(column: number, row: number): Box {
  const { width, height, gap } = LAYOUT.field;
  return {
    x: LAYOUT.margin + LAYOUT.hours + column * (width + gap),
    y: LAYOUT.header + LAYOUT.weekdays + row * (height + gap),
    ...{ width, height },
  };
}

/** The hours of the day at which something is, each once. */
export function hoursShown({ hours, workshops }: Pick<AttendancePicture, 'hours' | 'workshops'>): number[] {
  return [...new Set([...hours, ...workshops].map(({ hour }) => hour))].sort((one, other) => one - other);
}

function heightOf(rows: number): number {
  return fieldBox(0, rows).y + LAYOUT.legend;
}

function drawHeader(pen: Pen, { title, basis }: AttendancePicture): void {
  const { margin } = LAYOUT;
  const width = LAYOUT.width - 2 * margin - 16;
  fillPanel(pen, { x: margin, y: 14, width: 4, height: 46 }, 2, THEME.accent);
  const titleBox = { x: margin + 16, y: 10, width, height: 32 };
  drawText(pen, title, titleBox, { size: 22, weight: 700, color: THEME.text });
  const basisBox = { x: margin + 16, y: 41, width, height: 22 };
  drawText(pen, basis, basisBox, { size: 14, weight: 400, color: THEME.textSoft });
}

function drawWeekday(pen: Pen, weekday: Weekday, column: number): void {
  const { x, width } = fieldBox(column, 0);
  const box = { x, y: LAYOUT.header, width, height: LAYOUT.weekdays - 4 };
  const text = weekday.charAt(0).toUpperCase() + weekday.slice(1, 3);
  drawText(pen, text, box, { size: 14, weight: 600, color: THEME.textSoft, align: 'center' });
}

function drawHour(pen: Pen, hour: number, row: number): void {
  const { y, height } = fieldBox(0, row);
  const box = { x: LAYOUT.margin, y, width: LAYOUT.hours - 8, height };
  const text = `${String(hour).padStart(2, '0')}:00`;
  drawText(pen, text, box, { size: 13, weight: 600, color: THEME.textSoft, align: 'right' });
}

/** The average, and below it of how many events. Without enough of them it has no colour, since it says nothing yet. */
function drawField(
  pen: Pen,
  place: WeekHour,
  box: Box,
  { hours, workshops }: AttendancePicture,
  most: number,
): void {
  const held = hours.find((hour) => isSameHour(hour, place));
  const shade = held !== undefined && saysSomething(held) ? shadeOf(averageOf(held), most) : undefined;
  fillPanel(pen, box, RADIUS, shade?.fill ?? THEME.surface);
  if (held !== undefined) drawNumbers(pen, held, box, shade?.text ?? THEME.textMuted);
  if (workshops.some((one) => isSameHour(one, place))) edgePanel(pen, box, RADIUS, THEME.accent, 2);
}

function drawNumbers(pen: Pen, held: HourAttendance, box: Box, color: string): void {
  const average = { ...box, x: box.x + 3, width: box.width - 6, y: box.y + 4, height: 22 };
  drawText(pen, averageText(averageOf(held)), average, { size: 16, weight: 700, color, align: 'center' });
  const events = { ...average, y: box.y + 25, height: 15 };
  drawText(pen, `${held.events}×`, events, { size: 12, weight: 400, color, align: 'center' });
}

/** An average as it is shown: with one digit behind the point below 100. */
export function averageText(average: number): string {
  return average >= 99.95 ? String(Math.round(average)) : average.toFixed(1).replace(/\.0$/, '');
}

function shadeOf(average: number, most: number): (typeof SHADES)[number] {
  const share = most === 0 ? 0 : average / most;
  const index = Math.min(SHADES.length - 1, Math.floor(share * SHADES.length));
  return SHADES[index] ?? SHADES[0];
}

function drawLegend(pen: Pen, rows: number): void {
  const { margin } = LAYOUT;
  const first = fieldBox(0, rows).y + 6;
  const style = { size: 12, weight: 400, color: THEME.textSoft } as const;
  let x = margin;
  const word = (text: string, y: number) => {
    x += drawText(pen, text, { x, y, width: LAYOUT.width - margin - x, height: 18 }, style) + 6;
  };
  word('few', first);
  for (const { fill } of SHADES) {
    fillPanel(pen, { x, y: first + 3, width: 16, height: 12 }, 3, fill);
    x += 18;
  }
  x += 4;
  word('many', first);
  x += 12;
  edgePanel(pen, { x, y: first + 3, width: 16, height: 12 }, 3, THEME.accent, 2);
  x += 22;
  word('a workshop begins', first);
  x = margin;
  word('Large: how many attended on average. Below: of how many events.', first + 22);
}
