import { describe, expect, test } from '@jest/globals';
import { engagementCharts, growthChart, platformsChart } from '../../../views/pictures/engagement-report.ts';
import { fullReport, reportOn, tallyOn, weekOf } from '../../support/engagement-report.ts';
import { keepPicture, readPicture } from '../../support/picture.ts';

describe('the chart of growth', () => {
  test('has eight weeks from left to right, a line for each platform', () => {
    const { labels, series } = growthChart(fullReport());
    expect([labels.length, labels[0], labels.at(-1)]).toEqual([8, '28 Sept', '16 Nov']);
    expect(series.map(({ name }) => name)).toEqual(['Discord', 'X', 'LinkedIn', 'YouTube', 'GitHub']);
    expect(series[1]?.values).toEqual([139, 132, 125, 118, 111, 104, 97, 90]);
  });

  test('has 0 where nothing was published, and a gap where a platform gives nothing', () => {
    const { series } = growthChart(fullReport());
    expect(series[3]?.values).toEqual([0, 140, 0, 0, 140, 0, 0, 140]);
    expect(series[4]?.values).toEqual([14, 14, 14, 14, 14, null, 14, 14]);
  });

  test('leaves platforms out on which nothing was published', () => {
    const report = reportOn(weekOf(0, { posts: 1 }, [tallyOn('x', { interactions: 1 })]), [weekOf(1)]);
    expect(growthChart(report).series.map(({ name, values }) => [name, values])).toEqual([['X', [0, 1]]]);
  });
});

test('the chart of platforms has this week beside the last', () => {
  const report = reportOn(weekOf(0, { posts: 1 }, [tallyOn('x', { interactions: 9 })]), [
    weekOf(1, { posts: 1 }, [tallyOn('github', { interactions: 4 })]),
  ]);
  const { labels, series } = platformsChart(report);
  expect(labels).toEqual(['X', 'GitHub']);
  expect(series.map(({ name, values }) => [name, values])).toEqual([
    ['Mon 9 Nov 2026 to Sun 15 Nov 2026', [0, 4]],
    ['Mon 16 Nov 2026 to Sun 22 Nov 2026', [9, 0]],
  ]);
});

describe('the charts of a report', () => {
  test('are pictures as wide as Discord shows them on a phone', async () => {
    const charts = await engagementCharts(fullReport());
    for (const [name, png] of Object.entries(charts ?? {})) {
      await keepPicture(`engagement-report-${name}`, png);
      expect((await readPicture(png)).width).toBe(420);
    }
    expect(Object.keys(charts ?? {})).toEqual(['growth', 'platforms']);
  });

  test('are the same for the same report', async () => {
    expect(await engagementCharts(fullReport())).toEqual(await engagementCharts(fullReport()));
  });

  test('are none for days without posts', async () => {
    expect(await engagementCharts(reportOn(weekOf(0)))).toBeUndefined();
  });
});
