import { describe, expect, test } from '@jest/globals';
import { PLATFORM_LABELS, PLATFORMS } from '../../../domain/platforms.ts';
import {
  barsPicture,
  type ChartPicture,
  type ChartSeries,
  chartBox,
  chartNumber,
  CHART_LAYOUT as LAYOUT,
  linesPicture,
} from '../../../views/pictures/chart.ts';
import { COMPARED_LOOK, MAIN_LOOK, PLATFORM_LOOKS, type SeriesLook } from '../../../views/pictures/looks.ts';
import { readable } from '../../../views/pictures/theme.ts';
import { keepPicture, readPicture } from '../../support/picture.ts';

const AGES = ['1h', '1d', '3d', '7d'];
const series = (values: (number | null)[], look: SeriesLook = MAIN_LOOK): ChartSeries => ({
  ...{ name: 'This community', look, values },
});
const chartOf = (...all: ChartSeries[]): ChartPicture => ({
  ...{ title: 'TiXL 4 is out', basis: '4 platforms', unit: 'Interactions' },
  ...{ labels: AGES.slice(0, all[0]?.values.length), series: all },
});

/** A third of the chart, without its axis: 0 is the left one. */
function third(index: number) {
  const { x, y, width, height } = chartBox({ height: 0 });
  const part = (width - 30) / 3;
  return { x: Math.round(x + 30 + index * part + part / 4), y, width: Math.round(part / 2), height };
}

/** How many pixels within a third of the chart have exactly this colour. */
async function pixelsOf(png: Buffer, color: string, index: number): Promise<number> {
  const bytes = (await readPicture(png)).within(third(index));
  const wanted = [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
  let found = 0;
  for (let at = 0; at < bytes.length; at += 4)
    if (wanted.every((channel, offset) => bytes[at + offset] === channel)) found += 1;
  return found;
}

describe('lines', () => {
  test('have a gap where nothing is known', async () => {
    const [known, gap] = await Promise.all([
      linesPicture(chartOf(series([10, 20, 30]))),
      linesPicture(chartOf(series([10, null, 30]))),
    ]);
    expect(await pixelsOf(known, MAIN_LOOK.color, 1)).toBeGreaterThan(50);
    expect(await pixelsOf(gap, MAIN_LOOK.color, 1)).toBe(0);
    expect(await pixelsOf(gap, MAIN_LOOK.color, 0)).toBeGreaterThan(20);
  });

  test('of 0 are drawn', async () => {
    const zero = await linesPicture(chartOf(series([0, 0, 0])));
    expect(await pixelsOf(zero, MAIN_LOOK.color, 1)).toBeGreaterThan(50);
  });

  test('are told apart without colours', async () => {
    const looks = Object.values(PLATFORM_LOOKS);
    const drawn = await Promise.all(
      looks.map((look) => linesPicture(chartOf(series([1, 2, 3], { ...look, color: '#ffffff' })))),
    );
    expect(new Set(drawn.map((png) => png.toString('base64'))).size).toBe(looks.length);
    expect(new Set(looks.map(({ marker }) => marker)).size).toBe(looks.length);
    expect(new Set(looks.map(({ dash }) => dash.join())).size).toBe(looks.length);
  });
});

describe('bars', () => {
  test('are not there where nothing is known, and are seen where it is 0', async () => {
    const png = await barsPicture(chartOf(series([10, null, 0])));
    expect(await pixelsOf(png, MAIN_LOOK.color, 0)).toBeGreaterThan(1_000);
    expect(await pixelsOf(png, MAIN_LOOK.color, 1)).toBe(0);
    expect(await pixelsOf(png, MAIN_LOOK.color, 2)).toBeGreaterThan(50);
  });

  test('of what is compared with have no filling', async () => {
    const [filled, edges] = await Promise.all([
      barsPicture(chartOf(series([10, 10, 10]))),
      barsPicture(chartOf(series([10, 10, 10], { ...COMPARED_LOOK, color: MAIN_LOOK.color }))),
    ]);
    const pixels = (png: Buffer) => pixelsOf(png, MAIN_LOOK.color, 1);
    expect(await pixels(edges)).toBeGreaterThan(50);
    expect(await pixels(filled)).toBeGreaterThan(5 * (await pixels(edges)));
  });
});

describe('every chart', () => {
  test.each([linesPicture, barsPicture])('is the same for the same data: %p', async (draw) => {
    const chart = chartOf(series([1, 2, null, 4]), series([3, 2, 1, 0], COMPARED_LOOK));
    expect(await draw(chart)).toEqual(await draw(chart));
  });

  test('grows with its legend, and is as wide as phones show it', async () => {
    const [one, many] = await Promise.all([
      linesPicture(chartOf(series([1, 2]))).then(readPicture),
      linesPicture(chartOf(...PLATFORMS.map((name) => series([1, 2], PLATFORM_LOOKS[name])))).then(
        readPicture,
      ),
    ]);
    expect([one.width, many.width]).toEqual([LAYOUT.width, LAYOUT.width]);
    expect(many.height).toBeGreaterThan(one.height);
  });

  test('can be drawn when nothing is known', async () => {
    for (const draw of [linesPicture, barsPicture])
      for (const chart of [chartOf(series([null, null])), chartOf()])
        expect((await readPicture(await draw(chart))).width).toBe(LAYOUT.width);
  });

  test.each(Object.entries({ ...PLATFORM_LOOKS, MAIN_LOOK, COMPARED_LOOK }))(
    'has colours that can be read on the background: %s',
    (_, { color }) => {
      expect(readable(Number.parseInt(color.slice(1), 16))).toBe(color);
    },
  );

  test.each([
    [0, '0'],
    [0.25, '0.3'],
    [999, '999'],
    [1_234, '1.2K'],
    [2_000_000, '2M'],
  ])('writes %d as %s', (value, text) => {
    expect(chartNumber(value)).toBe(text);
  });
});

test('charts to look at', async () => {
  const grown = {
    discord: [12, 30, 41, 40],
    x: [20, 88, 120, 131],
    linkedin: [3, null, 25, 37],
    youtube: [null, null, null, null],
    github: [0, 4, 9, 14],
  };
  const lines = chartOf(
    ...PLATFORMS.map((platform) => ({
      ...{ name: PLATFORM_LABELS[platform], look: PLATFORM_LOOKS[platform], values: grown[platform] },
    })),
  );
  await keepPicture('chart-lines', await linesPicture(lines));
  await keepPicture('chart-line-alone', await linesPicture(chartOf(series([1_200, 3_400, 2_900, 5_600]))));
  const labels = PLATFORMS.map((platform) => PLATFORM_LABELS[platform]);
  const week = { ...series([41, 131, 37, null, 14]), name: 'This week' };
  const before = { ...series([30, 99, 0, null, 20], COMPARED_LOOK), name: 'The week before' };
  await keepPicture('chart-bars', await barsPicture({ ...chartOf(week), labels }));
  const compared = await barsPicture({ ...chartOf(week, before), labels });
  await keepPicture('chart-bars-compared', compared);
  expect((await readPicture(compared)).width).toBe(LAYOUT.width);
});
