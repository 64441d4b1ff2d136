import { BLOCK_HOURS, type PostingTime, saysSomething } from '../../domain/post-insights.ts';
import { hourText, isSameHour, type WeekHour } from '../../domain/week-hours.ts';
import type { PictureHeader } from './header.ts';
import { SHADES, type Shade, type WeekPicture, weekPicture } from './week-fields.ts';

/** What the picture shows. */
export interface PostingTimesPicture extends PictureHeader {
  /** How many hours a field stands for. */
  readonly span: number;
  /** At least one. */
  readonly times: readonly PostingTime[];
  readonly best: readonly WeekHour[];
}

/** From which factor on a field has the next brighter shade: as far below the usual as above it. */
const BRIGHTER_FROM = [0.75, 0.9, 1 / 0.9, 1 / 0.75] as const;

const LEGEND: WeekPicture['legend'] = [
  [{ words: 'less than usual' }, 'shades', { words: 'more' }, 'mark', { words: 'a time that stands out' }],
  [{ words: 'Large: times as much as usual. Below: from how many posts.' }],
];

/** How posts have done by weekday and time, as a PNG. The same numbers give the same picture. */
export function postingTimesPicture({
  title,
  basis,
  span,
  times,
  best,
}: PostingTimesPicture): Promise<Buffer> {
  const hours = hoursOf(times);
  const fields = times.map((time) => ({
    ...{ weekday: time.weekday, row: hours.indexOf(time.hour) },
    numbers: { large: factorText(time.factor), small: String(time.posts), shade: shadeOf(time) },
    isMarked: best.some((one) => isSameHour(one, time)),
  }));
  const rows = hours.map((hour) => timeText(hour, span));
  return weekPicture({ title, basis, rows, fields, legend: LEGEND });
}

/** The times of the day at which something was published, each once. */
function hoursOf(times: readonly WeekHour[]): number[] {
  return [...new Set(times.map(({ hour }) => hour))].sort((one, other) => one - other);
}

/** A time of the day: `09:00`, or `9–12` for a block. */
export function timeText(hour: number, span: number): string {
  return span < BLOCK_HOURS ? hourText(hour) : `${hour}–${hour + span}`;
}

/** So many times as much: `1.4×`. */
export function factorText(factor: number): string {
  return `${factor.toFixed(1)}×`;
}

/** Without enough posts it has no colour, since it says nothing yet. */
function shadeOf(time: PostingTime): Shade | undefined {
  if (!saysSomething(time)) return undefined;
  return SHADES[BRIGHTER_FROM.filter((from) => time.factor >= from).length] ?? SHADES[0];
}
