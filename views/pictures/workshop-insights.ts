import { WEEKDAYS } from '../../domain/calendar.ts';
import { hourText, isSameHour, type WeekHour } from '../../domain/week-hours.ts';
import { averageOf, type HourAttendance, saysSomething } from '../../domain/workshop-insights.ts';
import type { PictureHeader } from './header.ts';
import { SHADES, type Shade, type WeekField, type WeekPicture, weekPicture } from './week-fields.ts';

/** What the picture shows. */
export interface AttendancePicture extends PictureHeader {
  /** At least one. */
  readonly hours: readonly HourAttendance[];
  /** When workshops begin now. */
  readonly workshops: readonly WeekHour[];
}

const LEGEND: WeekPicture['legend'] = [
  [{ words: 'few' }, 'shades', { words: 'many' }, 'mark', { words: 'a workshop begins' }],
  [{ words: 'Large: how many attended on average. Below: of how many events.' }],
];

/** How many attended by weekday and hour, as a PNG. The same numbers give the same picture. */
export function attendancePicture(picture: AttendancePicture): Promise<Buffer> {
  const { title, basis } = picture;
  const hours = hoursShown(picture);
  const most = Math.max(...picture.hours.filter(saysSomething).map(averageOf), 0);
  const fields = hours.flatMap((hour, row) =>
    WEEKDAYS.map((weekday): WeekField => fieldOf({ weekday, hour }, row, picture, most)),
  );
  return weekPicture({ title, basis, rows: hours.map(hourText), fields, legend: LEGEND });
}

/** The hours of the day at which something is, each once. */
export function hoursShown({ hours, workshops }: Pick<AttendancePicture, 'hours' | 'workshops'>): number[] {
  return [...new Set([...hours, ...workshops].map(({ hour }) => hour))].sort((one, other) => one - other);
}

/** The average, and below it of how many events. Without enough of them it has no colour, since it says nothing yet. */
function fieldOf(
  place: WeekHour,
  row: number,
  { hours, workshops }: AttendancePicture,
  most: number,
): WeekField {
  const held = hours.find((hour) => isSameHour(hour, place));
  const field = {
    ...{ weekday: place.weekday, row },
    isMarked: workshops.some((one) => isSameHour(one, place)),
  };
  if (held === undefined) return field;
  const shade = saysSomething(held) ? shadeOf(averageOf(held), most) : undefined;
  return { ...field, numbers: { large: averageText(averageOf(held)), small: `${held.events}×`, shade } };
}

/** An average as it is shown: with one digit behind the point below 100. */
export function averageText(average: number): string {
  return average >= 99.95 ? String(Math.round(average)) : average.toFixed(1).replace(/\.0$/, '');
}

function shadeOf(average: number, most: number): Shade {
  const share = most === 0 ? 0 : average / most;
  const index = Math.min(SHADES.length - 1, Math.floor(share * SHADES.length));
  return SHADES[index] ?? SHADES[0];
}
