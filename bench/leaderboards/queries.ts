/** How long it takes to read leaderboards, and beside it the same from the ledger, as a bot without totals has to do it. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { countOn, placeOf, topOf } from '../../database/leaderboards.ts';
import type { Ledger } from '../../database/points.ts';
import { periodsAt } from '../../database/totals.ts';
import { closePeriod } from '../../database/winners.ts';
import type { Standings } from '../../domain/leaderboards.ts';
import { memberAt } from './growth.ts';

/** How many are shown at once. */
const SHOWN = 10;
/** The baseline takes long: a few are enough. */
const BASELINE_SAMPLES = 3;
const DAY_MS = 86_400_000;

/** When it is measured, and how often. */
export interface Measurement {
  readonly month: number;
  /** The end of the month, in ms since 1970. */
  readonly now: number;
  readonly samples: number;
  readonly members: number;
}

/** How long each query took, in ms. */
export interface Measured {
  readonly month: number;
  readonly entries: number;
  readonly totals: number;
  /** On the leaderboard of all time. */
  readonly shown: number;
  readonly ours: Readonly<Record<QueryName, readonly number[]>>;
  /** The same from the ledger. */
  readonly fromLedger: Readonly<Record<QueryName, readonly number[]>>;
}

export const QUERIES = [
  'top ten of the week',
  'top ten of all time',
  'page 100 of all time',
  'place in the week',
  'place of all time',
  'closing of the week',
] as const;
export type QueryName = (typeof QUERIES)[number];

type Query = (index: number) => Promise<unknown>;

/** Measures each query, ours and the baseline. */
export async function measure(em: EntityManager, ledger: Ledger, at: Measurement): Promise<Measured> {
  const { guildId } = ledger;
  const { week } = await periodsAt(em.fork(), ledger, at.now);
  const inWeek: Standings = { guildId, measure: 'points', period: week };
  const ofAllTime: Standings = { guildId, measure: 'points', period: 'all' };
  const ours = await timeAll(ourQueries(em, ledger, { inWeek, ofAllTime, at }), (name) =>
    name === 'closing of the week' ? 1 : at.samples,
  );
  const fromLedger = await timeAll(ledgerQueries(em, ledger, at), () => BASELINE_SAMPLES);
  const { entries, totals } = await sizes(em);
  const shown = await countOn(em.fork(), ofAllTime);
  return { month: at.month, entries, totals, shown, ours, fromLedger };
}

function ourQueries(
  em: EntityManager,
  ledger: Ledger,
  { inWeek, ofAllTime, at }: { inWeek: Standings; ofAllTime: Standings; at: Measurement },
): Record<QueryName, Query> {
  const someone = (index: number) => memberAt((index * 7_919) % at.members);
  const top = (standings: Standings, offset: number) => () =>
    topOf(em.fork(), standings, { offset, limit: SHOWN });
  return {
    'top ten of the week': top(inWeek, 0),
    'top ten of all time': top(ofAllTime, 0),
    'page 100 of all time': top(ofAllTime, 99 * SHOWN),
    'place in the week': (index) => placeOf(em.fork(), inWeek, someone(index)),
    'place of all time': (index) => placeOf(em.fork(), ofAllTime, someone(index)),
    'closing of the week': () => closePeriod(em, ledger, { kind: 'week', at: at.now + DAY_MS, first: SHOWN }),
  };
}

function ledgerQueries(em: EntityManager, { guildId }: Ledger, at: Measurement): Record<QueryName, Query> {
  const sums = (since: number) =>
    `select member_id, sum(tenths) as amount from points_ledger
     where guild_id = '${guildId}' and at >= to_timestamp(${since / 1_000}) group by member_id`;
  const week = sums(at.now - 7 * DAY_MS);
  const all = sums(0);
  const top = (from: string, offset: number) => () =>
    em.fork().execute(`${from} order by amount desc offset ${offset} limit ${SHOWN}`);
  const place = (from: string) => (index: number) =>
    em.fork().execute(
      `with total as (${from})
       select count(*) + 1 as place, (select count(*) from total) as of from total
       where amount > (select amount from total where member_id = ?)`,
      [memberAt((index * 7_919) % at.members)],
    );
  return {
    'top ten of the week': top(week, 0),
    'top ten of all time': top(all, 0),
    'page 100 of all time': top(all, 99 * SHOWN),
    'place in the week': place(week),
    'place of all time': place(all),
    'closing of the week': top(week, 0),
  };
}

/** The first time of each is not counted: PostgreSQL reads its tables into memory then. Those that are done once are. */
async function timeAll(
  queries: Record<QueryName, Query>,
  samplesOf: (name: QueryName) => number,
): Promise<Record<QueryName, number[]>> {
  const timed: [QueryName, number[]][] = [];
  for (const name of QUERIES) {
    const samples = samplesOf(name);
    if (samples > 1) await queries[name](0);
    const times: number[] = [];
    for (let index = 1; index <= samples; index += 1) times.push(await time(() => queries[name](index)));
    timed.push([name, times]);
  }
  return Object.fromEntries(timed) as Record<QueryName, number[]>;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function sizes(em: EntityManager): Promise<{ entries: number; totals: number }> {
  const [row]: { entries: number; totals: number }[] = await em
    .fork()
    .execute(
      `select (select count(*) from points_ledger)::int as entries, (select count(*) from points_totals)::int as totals`,
    );
  if (row === undefined) throw new Error('the database did not answer');
  return row;
}
