import { quantile } from '../support/statistics.ts';
import type { Table } from '../support/table.ts';
import type { Growth } from './growth.ts';
import { type Measured, QUERIES, type QueryName } from './queries.ts';

const QUERY_AIM_MS = 10;
const CLOSING_AIM_MS = 5_000;

/** What one page or one place takes after a year. */
export function queriesTable(year: Measured, { members }: Growth): Table {
  return {
    title: `Leaderboards of ${members.toLocaleString('en')} members after a year`,
    columns: ['p95 ms', 'p50 ms', 'from the ledger, p50 ms'],
    rows: QUERIES.filter((name) => name !== 'closing of the week').map((name) => ({
      what: name,
      values: {
        'p95 ms': quantile(year.ours[name], 0.95),
        'p50 ms': quantile(year.ours[name], 0.5),
        'from the ledger, p50 ms': quantile(year.fromLedger[name], 0.5),
      },
      aim: { atMost: QUERY_AIM_MS },
    })),
    notes: [
      `${year.entries.toLocaleString('en')} entries in the ledger, ${year.totals.toLocaleString('en')} totals, ${year.shown.toLocaleString('en')} members on the leaderboard of all time.`,
      'From the ledger: the same by adding up entries, as without totals.',
      'Points have come in since PostgreSQL last cleaned its tables.',
    ],
  };
}

/** What the end of a week takes: its winners are written down. */
export function closingTable({ ours, fromLedger }: Measured): Table {
  const name: QueryName = 'closing of the week';
  return {
    title: 'Closing of a week',
    columns: ['ms', 'from the ledger, p50 ms'],
    rows: [
      {
        what: 'its winners are written down',
        values: { ms: quantile(ours[name], 1), 'from the ledger, p50 ms': quantile(fromLedger[name], 0.5) },
        aim: { atMost: CLOSING_AIM_MS },
      },
    ],
  };
}

/** The same queries while the ledger grows. */
export function growthTable(measured: readonly Measured[]): Table {
  const columns = ['top ten p95 ms', 'place p95 ms', 'top ten from the ledger, p50 ms', 'entries', 'totals'];
  return {
    title: 'A year of growth: of all time, after so many months',
    columns,
    rows: measured.map(({ month, entries, totals, ours, fromLedger }) => ({
      what: `${month}`,
      values: {
        'top ten p95 ms': quantile(ours['top ten of all time'], 0.95),
        'place p95 ms': quantile(ours['place of all time'], 0.95),
        'top ten from the ledger, p50 ms': quantile(fromLedger['top ten of all time'], 0.5),
        entries,
        totals,
      },
    })),
  };
}
