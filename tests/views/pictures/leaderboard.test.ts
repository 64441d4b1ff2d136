import { describe, expect, test } from '@jest/globals';
import { toMemberId } from '../../../domain/ids.ts';
import type { Box } from '../../../views/pictures/drawing.ts';
import {
  LEADERBOARD_LAYOUT as LAYOUT,
  type LeaderboardPage,
  type LeaderboardRow,
  leaderboardPicture,
  ownRowBox,
  rowBox,
} from '../../../views/pictures/leaderboard.ts';
import { THEME } from '../../../views/pictures/theme.ts';
import { readPicture, without } from '../../support/picture.ts';
import { HOSTILE_NAMES, NAMES_BY_SCRIPT } from './names-in-every-script.ts';

const memberId = toMemberId('1300000000000000001');

function row(place: number, changes: Partial<LeaderboardRow> = {}): LeaderboardRow {
  return { place, memberId, name: 'Alma', amount: '12.5', isSelf: false, ...changes };
}

function pageOf(rows: readonly LeaderboardRow[], ownRow?: LeaderboardRow): LeaderboardPage {
  return { title: 'Points', period: 'This week', rows, ...(ownRow && { ownRow }) };
}

function columnBox(index: number, { x, width }: { x: number; width: number }): Box {
  const { x: left, y, height } = rowBox(index);
  return { x: left + x, y, width, height };
}

const nameBox = (index: number) => columnBox(index, LAYOUT.name);
const discBox = (index: number) => columnBox(index, LAYOUT.disc);
/** The last strip of a column, one unit wide. */
const lastStrip = (box: Box): Box => ({ ...box, x: box.x + box.width - 1, width: 1 });

const usual = await leaderboardPicture(pageOf([row(1), row(2)]));
const usualPixels = await readPicture(usual);
/** What a name may change: all else stays as it is. */
const placesOfName = [nameBox(1), discBox(1)];
const usualWithoutName = await without(usual, placesOfName);

describe('the picture of a leaderboard', () => {
  test('is large enough for dense screens, and as tall as its rows', async () => {
    const three = await readPicture(await leaderboardPicture(pageOf([row(1), row(2), row(3)])));
    expect(three.width).toBe(LAYOUT.width);
    expect(three.height).toBe(rowBox(2).y + LAYOUT.row + LAYOUT.margin);
  });

  test('is the same for the same page, and another for another name', async () => {
    const alma = await leaderboardPicture(pageOf([row(1)]));
    expect(await leaderboardPicture(pageOf([row(1)]))).toEqual(alma);
    expect(await leaderboardPicture(pageOf([row(1, { name: 'Alme' })]))).not.toEqual(alma);
  });

  test.each(Object.entries({ ...NAMES_BY_SCRIPT, ...HOSTILE_NAMES }))(
    'keeps a name in its column: %s',
    async (_what, name) => {
      const picture = await leaderboardPicture(pageOf([row(1), row(2, { name })]));
      expect((await without(picture, placesOfName)).equals(usualWithoutName)).toBe(true);
    },
  );

  test.each(Object.entries(HOSTILE_NAMES))('cuts through no character: %s', async (_what, name) => {
    const picture = await readPicture(await leaderboardPicture(pageOf([row(1), row(2, { name })])));
    expect(picture.within(lastStrip(nameBox(1)))).toEqual(usualPixels.within(lastStrip(nameBox(1))));
  });

  test('gives the first three their medals, also where two share a place', async () => {
    const picture = await readPicture(await leaderboardPicture(pageOf([row(1), row(1), row(3), row(4)])));
    const besideNumber = [0, 1, 2, 3].map((index) => {
      const { x, y, height } = rowBox(index);
      return picture.colorAt(x + LAYOUT.place.x + 14, y + height / 2);
    });
    expect(besideNumber[0]).toBe(besideNumber[1]);
    expect(besideNumber[2]).not.toBe(besideNumber[0]);
    expect(besideNumber[3]).toBe(THEME.surface);
  });

  test('marks the row of who looks at it', async () => {
    const picture = await readPicture(await leaderboardPicture(pageOf([row(1), row(2, { isSelf: true })])));
    const { x, y } = rowBox(1);
    expect(picture.colorAt(x + LAYOUT.name.x + LAYOUT.name.width, y + 5)).toBe(THEME.ownSurface);
    expect(picture.colorAt(rowBox(0).x + LAYOUT.name.x + LAYOUT.name.width, rowBox(0).y + 5)).toBe(
      THEME.surface,
    );
  });

  test('has one’s own place below, where the page has it not', async () => {
    const page = pageOf([row(1)], row(1234, { isSelf: true, name: 'Me' }));
    const picture = await readPicture(await leaderboardPicture(page));
    const box = ownRowBox(page);
    expect(picture.height).toBe(box.y + box.height + LAYOUT.margin);
    expect(picture.colorAt(box.x + LAYOUT.name.x + LAYOUT.name.width, box.y + 5)).toBe(THEME.ownSurface);
  });

  test('keeps large places and amounts in their columns', async () => {
    const small = pageOf([row(1), row(4), row(5)]);
    const large = pageOf([row(1), row(1_234_567, { amount: '1,234,567,890.5' }), row(5)]);
    const mayDiffer = [columnBox(1, LAYOUT.place), columnBox(1, LAYOUT.amount)];
    const smallPicture = await without(await leaderboardPicture(small), mayDiffer);
    const largePicture = await without(await leaderboardPicture(large), mayDiffer);
    expect(largePicture.equals(smallPicture)).toBe(true);
  });

  test('keeps a long title in its place', async () => {
    const page = { ...pageOf([row(1)]), title: 'Title '.repeat(30), period: 'Period '.repeat(30) };
    const mayDiffer = [{ x: LAYOUT.margin + 16, y: 0, width: 250, height: LAYOUT.header }];
    const longer = await without(await leaderboardPicture(page), mayDiffer);
    expect(longer.equals(await without(await leaderboardPicture(pageOf([row(1)])), mayDiffer))).toBe(true);
  });

  test('says so where nobody is on it', async () => {
    const picture = await readPicture(await leaderboardPicture(pageOf([])));
    expect(new Set(picture.within(rowBox(0))).size).toBeGreaterThan(20);
  });
});
