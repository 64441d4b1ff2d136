/** Leaderboards, measured. What came out, and what was aimed at: docs/performance.md. */

import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { topOf } from '../../database/leaderboards.ts';
import { migrate } from '../../database/migrate.ts';
import { openDatabase } from '../../database/orm.ts';
import type { Ledger } from '../../database/points.ts';
import { toGuildId } from '../../domain/ids.ts';
import { type Bench, countFrom, progress } from '../support/bench.ts';
import { withScene } from '../support/scene.ts';
import type { Table } from '../support/table.ts';
import { fillMonth, type Growth, keepUsing, makeTotals, startOfMonth } from './growth.ts';
import { type Measured, measure } from './queries.ts';
import { closingTable, growthTable, queriesTable } from './tables.ts';

/** After so many months it is measured how long queries take. */
const MEASURED_AFTER: readonly number[] = [1, 3, 6, 12];
const MONTHS = 12;

/** The benchmark `leaderboards`. */
export const leaderboards: Bench = {
  options: {
    members: { type: 'string', default: '50000' },
    entries: { type: 'string', default: '5000000' },
    samples: { type: 'string', default: '300' },
  },
  async run(values): Promise<readonly Table[]> {
    const growth = { members: countFrom(values, 'members'), entries: countFrom(values, 'entries') };
    const samples = countFrom(values, 'samples');
    const { recognition } = await loadConfig([COMMUNITY_FILE]);
    const ledger = { guildId: toGuildId('1300000000000000001'), settings: recognition };
    const measured = await withScene(({ environment: { DATABASE_URL = '' } }) =>
      grow(DATABASE_URL, ledger, growth, samples),
    );
    const year = measured.at(-1);
    if (year === undefined) throw new RangeError('nothing was measured');
    return [queriesTable(year, growth), closingTable(year), growthTable(measured)];
  },
};

/** A year passes. Gives what was measured on the way. */
async function grow(url: string, ledger: Ledger, growth: Growth, samples: number): Promise<Measured[]> {
  await migrate(url);
  const database = openDatabase(url);
  const measured: Measured[] = [];
  for (let month = 1; month <= MONTHS; month += 1) {
    await fillMonth(database.em.fork(), ledger, month, growth);
    progress(`month ${month}: filled\n`);
    if (!MEASURED_AFTER.includes(month)) continue;
    await makeTotals(database.em.fork(), ledger);
    await keepUsing(database.em, ledger, month);
    const now = startOfMonth(month + 1) - 1;
    measured.push(await measure(database.em, ledger, { month, now, samples, members: growth.members }));
    progress(`month ${month}: measured\n`);
  }
  const top = await topOf(
    database.em.fork(),
    { guildId: ledger.guildId, measure: 'points', period: 'all' },
    { offset: 0, limit: 1 },
  );
  if (top.length === 0) throw new Error('nobody has any points: what was measured was empty');
  await database.close();
  return measured;
}
