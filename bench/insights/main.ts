/** What became of posts, measured. What came out, and what was aimed at: docs/performance.md. */

import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { migrate } from '../../database/migrate.ts';
import { openDatabase } from '../../database/orm.ts';
import { readingAges } from '../../domain/engagement.ts';
import { toGuildId } from '../../domain/ids.ts';
import { PLATFORMS } from '../../domain/platforms.ts';
import { INSIGHT_DAYS } from '../../domain/post-insights.ts';
import { benchOf, countFrom, progress, type Values } from '../support/bench.ts';
import { withScene } from '../support/scene.ts';
import { quantile } from '../support/statistics.ts';
import type { Table } from '../support/table.ts';
import { measureCalls } from './calls.ts';
import { type BenchHistory, fillHistory } from './history.ts';
import { type Measured, measure } from './queries.ts';

const DAY_MS = 86_400_000;
const UNTIL = Date.UTC(2026, 0);

/** The benchmark `insights`. */
export const insights = benchOf(
  { queries: measureQueries, calls: (values) => measureCalls(countFrom(values, 'weekly')) },
  {
    posts: { type: 'string', default: '5000' },
    samples: { type: 'string', default: '100' },
    weekly: { type: 'string', default: '50' },
  },
);

async function measureQueries(values: Values): Promise<Table[]> {
  const config = await loadConfig([COMMUNITY_FILE]);
  const history: BenchHistory = {
    ...{ guildId: toGuildId('1300000000000000001'), posts: countFrom(values, 'posts') },
    ...{ from: UNTIL - INSIGHT_DAYS * DAY_MS, until: UNTIL, ages: readingAges(config.engagement) },
  };
  const samples = countFrom(values, 'samples');
  const measured = await withScene(async ({ environment: { DATABASE_URL = '' } }) => {
    await migrate(DATABASE_URL);
    const database = openDatabase(DATABASE_URL);
    await fillHistory(database.em, history);
    progress(`${history.posts} posts: filled\n`);
    const times = await measure(database.em, config, history, samples);
    await database.close();
    return times;
  });
  return [tableOf(measured, history, samples)];
}

function tableOf(measured: readonly Measured[], { posts, ages }: BenchHistory, samples: number): Table {
  return {
    title: `What became of ${posts.toLocaleString('en')} posts of a year`,
    columns: ['p95 ms', 'p50 ms', 'counting, p50 ms', 'times as much'],
    rows: measured.map(({ what, ours, baseline, aimMs }) => ({
      what,
      values: {
        'p95 ms': quantile(ours, 0.95),
        'p50 ms': quantile(ours, 0.5),
        'counting, p50 ms': quantile(baseline, 0.5),
        'times as much': quantile(ours, 0.5) / quantile(baseline, 0.5),
      },
      ...(aimMs !== undefined && { aim: { atMost: aimMs } }),
    })),
    notes: [
      `Each post on ${PLATFORMS.length} platforms, with ${ages.length} readings on each. Each was measured ${samples} times, in turn with the baseline.`,
      'Counting: the baseline, which counts all readings for the report and for insights, and the posts of the month for the calendar, and does nothing else.',
    ],
  };
}
