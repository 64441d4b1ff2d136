/**
 * Leaderboards are read from the totals, in the order of the index `points_totals_in_order`: by amount, then by who reached it
 * first, then by id. Who has left or opted out is not in it.
 */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemberId } from '../domain/ids.ts';
import {
  type Leaderboard,
  type LeaderboardReading,
  type OwnPlace,
  type Standing,
  type Standings,
  standingsOf,
} from '../domain/leaderboards.ts';
import type { Ledger } from './points.ts';
import { periodsAt } from './totals.ts';

const OF_THESE = `total.guild_id = ? and total.measure = ? and total.period = ? and total.shown and total.amount > 0`;

/** Which part of a leaderboard is wanted. */
export interface Part {
  readonly offset: number;
  readonly limit: number;
}

/** A part of a leaderboard, from the top. */
export async function topOf(
  em: EntityManager,
  { guildId, measure, period }: Standings,
  { offset, limit }: Part,
): Promise<Standing[]> {
  return em.execute(
    // Without its table's name, "amount" would be what is given back, by which no index is ordered.
    `select member_id as "memberId", amount::float8 as amount,
       (rank() over (order by total.amount desc))::int as place
     from points_totals as total where ${OF_THESE}
     order by total.amount desc, reached_at, member_id offset ? limit ?`,
    [guildId, measure, period, offset, limit],
  );
}

/** How many stand on a leaderboard. */
export async function countOn(em: EntityManager, { guildId, measure, period }: Standings): Promise<number> {
  const [row] = await count<{ members: number }>(
    em,
    `select count(*)::int as members from points_totals as total where ${OF_THESE}`,
    [guildId, measure, period],
  );
  return row?.members ?? 0;
}

/** A member's place on a leaderboard, or undefined if they do not stand on it. */
export async function placeOf(
  em: EntityManager,
  { guildId, measure, period }: Standings,
  memberId: MemberId,
): Promise<OwnPlace | undefined> {
  const [own]: { amount: number }[] = await em.execute(
    `select total.amount::float8 as amount from points_totals as total where ${OF_THESE} and total.member_id = ?`,
    [guildId, measure, period, memberId],
  );
  if (own === undefined) return undefined;
  // All are counted in one pass over the index, and who is above is told apart on the way.
  const [row] = await count<{ above: number; of: number }>(
    em,
    `select (count(*) filter (where total.amount > ?::bigint))::int as above, count(*)::int as of
     from points_totals as total where ${OF_THESE}`,
    [own.amount, guildId, measure, period],
  );
  if (row === undefined) throw new Error('the database did not answer');
  return { place: row.above + 1, amount: own.amount, of: row.of };
}

/**
 * Counting goes through the index in one process: PostgreSQL may rather have several read the whole table, which took five times
 * as long.
 */
async function count<Row>(em: EntityManager, query: string, values: readonly unknown[]): Promise<Row[]> {
  return em.transactional(async (transaction) => {
    await transaction.execute('set local max_parallel_workers_per_gather = 0');
    return transaction.execute(query, [...values]);
  });
}

/** Which page of a leaderboard is read, for whom, and when (ms since 1970). */
export interface PageRequest {
  readonly board: Leaderboard;
  readonly page: number;
  readonly memberId: MemberId;
  readonly now: number;
}

/** Reads a page of a leaderboard of now, or the last one if there are not so many, and where a member stands on it. */
export async function readLeaderboard(
  em: EntityManager,
  ledger: Ledger,
  { board, page: wanted, memberId, now }: PageRequest,
): Promise<LeaderboardReading> {
  const { size } = ledger.settings.leaderboards;
  const standings = standingsOf(ledger.guildId, board, await periodsAt(em, ledger, now));
  const own = await placeOf(em, standings, memberId);
  const members = own?.of ?? (await countOn(em, standings));
  const pages = Math.max(1, Math.ceil(members / size));
  const page = Math.min(Math.max(1, wanted), pages);
  const top = await topOf(em, standings, { offset: (page - 1) * size, limit: size });
  return { board: board.name, period: standings.period, page, pages, top, ...(own && { own }) };
}
