import { describe, expect, test } from '@jest/globals';
import { toDay } from '../../../domain/calendar.ts';
import { PLATFORMS } from '../../../domain/platforms.ts';
import {
  CALENDAR_STATES,
  type CalendarEntry,
  type CalendarState,
  monthOf,
} from '../../../domain/post-calendar.ts';
import { toPostId } from '../../../domain/posts.ts';
import { STATE_COLORS } from '../../../views/pictures/calendar-marks.ts';
import {
  CALENDAR_LAYOUT,
  dayBox,
  entryBox,
  postCalendarPicture,
  SHOWN_ON_A_DAY,
} from '../../../views/pictures/post-calendar.ts';
import { THEME } from '../../../views/pictures/theme.ts';
import { toPostCalendarPicture } from '../../../views/post-calendar.ts';
import { keepPicture, readPicture } from '../../support/picture.ts';

const TODAY = toDay('2026-11-23');

const entry = (day: string, changes: Partial<CalendarEntry> = {}): CalendarEntry => ({
  ...{ postId: toPostId(`post-${day}`), title: 'TiXL 4 is out', at: 0, day: toDay(day), time: '18:30' },
  ...{ state: 'published', platforms: ['discord', 'x'] },
  ...changes,
});
const pictureOf = (entries: readonly CalendarEntry[], today = TODAY) =>
  toPostCalendarPicture({ month: monthOf(TODAY), entries, today, timeZone: 'Europe/Berlin' });
const draw = async (...args: Parameters<typeof pictureOf>) => {
  const picture = pictureOf(...args);
  return { picture, pixels: await readPicture(await postCalendarPicture(picture)) };
};

/** November 2026 begins on a Sunday: the 2nd is the first day of the second week. */
const SECOND = { row: 1, column: 0 };

describe('the picture of a month', () => {
  test('has a row for each of its weeks, as high as the fullest day needs', async () => {
    const empty = await draw([]);
    expect(empty.picture.weeks).toHaveLength(6);
    const one = await draw([entry('2026-11-02')]);
    const many = await draw(Array.from({ length: 9 }, () => entry('2026-11-02')));
    const [low, middle, high] = [empty, one, many].map(
      ({ picture }) => dayBox(picture, SECOND.row, SECOND.column).height,
    );
    expect(low).toBe(CALENDAR_LAYOUT.leastHeight);
    expect(middle).toBeGreaterThan(low ?? 0);
    const { day, entry: height, gap, more } = CALENDAR_LAYOUT;
    expect(high).toBe(day + SHOWN_ON_A_DAY * (height + gap) + more);
    expect(many.pixels.width).toBe(CALENDAR_LAYOUT.width);
  });

  test('has no fields for the days of the months beside it', async () => {
    const { picture, pixels } = await draw([]);
    const middle = (column: number) => {
      const { x, y, width, height } = dayBox(picture, 0, column);
      return pixels.colorAt(Math.round(x + width / 2), Math.round(y + height / 2));
    };
    expect(middle(6)).toBe(THEME.surface);
    expect(middle(5)).not.toBe(THEME.surface);
  });

  test('marks today', async () => {
    const { picture, pixels } = await draw([]);
    const edge = (row: number, column: number) => {
      const { x, y, height } = dayBox(picture, row, column);
      return pixels.colorAt(Math.round(x), Math.round(y + height / 2));
    };
    expect(edge(4, 0)).toBe(THEME.accent);
    expect(edge(1, 0)).not.toBe(THEME.accent);
    const later = await draw([], toDay('2027-01-01'));
    expect(countOf(later, THEME.accent)).toBeLessThan(countOf({ picture, pixels }, THEME.accent));
  });

  test('tells how a post stands by its mark and not by its colour alone', async () => {
    const inks: string[] = [];
    for (const state of CALENDAR_STATES) {
      const { picture, pixels } = await draw([entry('2026-11-02', { state })]);
      const box = entryBox(dayBox(picture, SECOND.row, SECOND.column), 0);
      const bytes = pixels.within({ x: Math.ceil(box.x) + 4, y: box.y + 4, width: 12, height: 12 });
      inks.push(shapeOf(bytes));
      expect(countOf({ picture, pixels }, STATE_COLORS[state])).toBeGreaterThan(20);
    }
    expect(new Set(inks).size).toBe(CALENDAR_STATES.length);
  });

  test('shows two posts of a day, and says how many more there are', async () => {
    const day = (count: number) => Array.from({ length: count }, () => entry('2026-11-02'));
    const [two, five, six] = [await draw(day(2)), await draw(day(5)), await draw(day(6))];
    const below = ({ picture, pixels }: Awaited<ReturnType<typeof draw>>) => {
      const box = dayBox(picture, SECOND.row, SECOND.column);
      const { y } = entryBox(box, SHOWN_ON_A_DAY);
      return pixels.within({ x: Math.ceil(box.x) + 2, y: y - 3, width: 60, height: 16 });
    };
    expect(below(five)).not.toEqual(below(six));
    expect(dayBox(two.picture, 1, 0).height).toBeLessThan(dayBox(five.picture, 1, 0).height);
  });

  test('keeps titles in their field, whatever they are', async () => {
    const titles = [
      'W'.repeat(100),
      'A word '.repeat(14),
      '日本語のとても長い題名です、はい',
      '🎉🎉🎉',
      'שלום עולם וברוכים הבאים',
    ];
    const plain = await draw([entry('2026-11-02')]);
    for (const title of titles) {
      const { picture, pixels } = await draw([entry('2026-11-02', { title, platforms: PLATFORMS })]);
      const beside = { ...dayBox(picture, SECOND.row, 1), width: 70 };
      expect(pixels.within(beside)).toEqual(plain.pixels.within(beside));
    }
  });

  test('can be looked at, and is the same for the same posts', async () => {
    const states: CalendarState[] = ['published', 'published', 'failed', 'planned', 'not approved'];
    const titles = [
      ...['TiXL 4 is out', 'Workshop: shaders from scratch', 'Artist spotlight: Amara Okafor'],
      ...['Release notes 4.0.2', 'Hackathon'],
    ];
    const entries = [2, 3, 5, 5, 5, 5, 11, 12, 17, 19, 19, 23, 24, 26, 26, 28, 30].map((day, index) =>
      entry(`2026-11-${String(day).padStart(2, '0')}`, {
        title: titles[index % titles.length] ?? '',
        state: day > 23 ? (index % 2 === 0 ? 'planned' : 'not approved') : (states[index % 3] ?? 'published'),
        platforms: PLATFORMS.slice(0, 1 + (index % 5)),
      }),
    );
    const png = await postCalendarPicture(pictureOf(entries));
    await keepPicture('post-calendar', png);
    await keepPicture('post-calendar-empty', await postCalendarPicture(pictureOf([])));
    expect(await postCalendarPicture(pictureOf(entries))).toEqual(png);
  });
});

/** Which pixels are bright, without their colour. */
function shapeOf(bytes: Uint8ClampedArray): string {
  let shape = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = bytes.subarray(at, at + 3);
    shape += red + green + blue > 330 ? '#' : '.';
  }
  return shape;
}

/** How many pixels of the days have exactly this colour. */
function countOf({ picture, pixels }: Awaited<ReturnType<typeof draw>>, color: string): number {
  const last = dayBox(picture, picture.weeks.length - 1, 0);
  const top = CALENDAR_LAYOUT.header;
  const bytes = pixels.within({ x: 0, y: top, width: pixels.width, height: last.y + last.height - top });
  const wanted = [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
  let found = 0;
  for (let at = 0; at < bytes.length; at += 4)
    if (wanted.every((channel, offset) => bytes[at + offset] === channel)) found += 1;
  return found;
}
