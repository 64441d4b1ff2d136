import { describe, expect, test } from '@jest/globals';
import { WEEKDAYS, type Weekday } from '../../../domain/calendar.ts';
import type { HourAttendance } from '../../../domain/workshop-insights.ts';
import type { Box } from '../../../views/pictures/drawing.ts';
import { THEME } from '../../../views/pictures/theme.ts';
import { fieldBox, WEEK_LAYOUT as LAYOUT } from '../../../views/pictures/week-fields.ts';
import {
  type AttendancePicture,
  attendancePicture,
  hoursShown,
} from '../../../views/pictures/workshop-insights.ts';
import { readPicture } from '../../support/picture.ts';

const held = (weekday: Weekday, hour: number, events: number, attended: number): HourAttendance => ({
  ...{ weekday, hour, events, attended },
});
const pictureOf = (hours: readonly HourAttendance[], changes: Partial<AttendancePicture> = {}) => ({
  ...{ title: 'When members come', basis: '12 events', hours, workshops: [] },
  ...changes,
});
const draw = async (...args: Parameters<typeof pictureOf>) =>
  readPicture(await attendancePicture(pictureOf(...args)));

/** Just inside the upper left corner of a field, where no number stands. */
const corner = ({ x, y }: Box) => [x + 4, y + 3] as const;
const column = (weekday: Weekday) => WEEKDAYS.indexOf(weekday);

describe('the picture of attendance', () => {
  test('has a row for each hour at which something is, in their order', async () => {
    const hours = [held('monday', 19, 3, 9), held('sunday', 9, 3, 9), held('tuesday', 19, 3, 9)];
    const workshops = [{ weekday: 'saturday', hour: 10 } as const];
    expect(hoursShown({ hours, workshops })).toEqual([9, 10, 19]);
    const { width, height } = await draw(hours, { workshops });
    expect([width, height]).toEqual([LAYOUT.width, fieldBox(0, 3).y + LAYOUT.legend]);
  });

  test('fits the width at which Discord shows it, with numbers of at least twelve pixels', () => {
    const { x, width } = fieldBox(6, 0);
    expect(x + width).toBeLessThanOrEqual(LAYOUT.width - LAYOUT.margin);
  });

  test('is brighter where more come on average, not where there are more events', async () => {
    const picture = await draw([
      held('monday', 19, 30, 60),
      held('tuesday', 19, 3, 30),
      held('friday', 19, 3, 15),
    ]);
    const bright = (weekday: Weekday) => {
      const color = picture.colorAt(...corner(fieldBox(column(weekday), 0)));
      return Number.parseInt(color.slice(3, 5), 16);
    };
    expect(bright('tuesday')).toBeGreaterThan(bright('friday'));
    expect(bright('friday')).toBeGreaterThan(bright('monday'));
  });

  test('has no colour where too few events were to say something, but shows their numbers', async () => {
    const few = held('monday', 19, 2, 200);
    const picture = await draw([few, held('tuesday', 19, 3, 30)]);
    expect(picture.colorAt(...corner(fieldBox(0, 0)))).toBe(THEME.surface);
    const colors = (weekday: Weekday) => new Set(picture.within(fieldBox(column(weekday), 0))).size;
    expect(colors('monday')).toBeGreaterThan(colors('wednesday'));
  });

  test('marks when workshops begin', async () => {
    const workshops = [{ weekday: 'thursday', hour: 19 } as const];
    const picture = await draw([held('monday', 19, 3, 30)], { workshops });
    const edge = (weekday: Weekday) => {
      const { x, y, height } = fieldBox(column(weekday), 0);
      return picture.colorAt(x, y + height / 2);
    };
    expect(edge('thursday')).toBe(THEME.accent);
    expect(edge('friday')).toBe(THEME.surface);
  });

  test('keeps large numbers in their field', async () => {
    const boxes = [fieldBox(1, 0), fieldBox(3, 0)];
    const small = await draw([held('wednesday', 19, 3, 30)]);
    const large = await draw([held('wednesday', 19, 99_999, 99_999 * 123_456)]);
    for (const box of boxes) expect(large.within(box)).toEqual(small.within(box));
  });

  test('is the same for the same numbers', async () => {
    const hours = [held('monday', 19, 3, 9)];
    expect(await attendancePicture(pictureOf(hours))).toEqual(await attendancePicture(pictureOf(hours)));
  });

  test('shows that nobody came', async () => {
    const picture = await draw([held('monday', 19, 5, 0)]);
    expect(picture.colorAt(...corner(fieldBox(0, 0)))).not.toBe(THEME.surface);
  });
});
