/**
 * Leaderboards are read from the totals, in the order of the index `points_totals_in_order`: by amount, then by who reached it
 * first, then by id. Who has left or opted out is not in it. How many stand above somebody is known from `leaderboard_steps`.
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
import { STEPS_OF_BOARD } from './leaderboard-steps.ts';
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
export async function countOn(em: EntityManager, standings: Standings): Promise<number> {
  const [row]: { members: number }[] = await em.execute(
    `select coalesce(sum(members), 0)::int as members from (${STEPS_OF_BOARD}) as standing`,
    [...boardOf(standings), ...boardOf(standings)],
  );
  return row?.members ?? 0;
}

/**
 * A member's place on a leaderboard, or undefined if they do not stand on it. Those on the steps above are added up; only those on
 * the member's own step are counted one by one. In one statement, since totals and steps go together only in one snapshot.
 */
export async function placeOf(
  em: EntityManager,
  standings: Standings,
  memberId: MemberId,
): Promise<OwnPlace | undefined> {
  const board = boardOf(standings);
  const [own]: OwnPlace[] = await em.execute(
    `with own as (
       select total.amount, leaderboard_step(total.amount) as step
       from points_totals as total where ${OF_THESE} and total.member_id = ?
     )
     select (all_steps.above + own_step.above + 1)::int as place, own.amount::float8 as amount, all_steps.members::int as of
     from own
     cross join lateral (
       select sum(members) as members, coalesce(sum(members) filter (where standing.step > own.step), 0) as above
       from (${STEPS_OF_BOARD}) as standing
     ) as all_steps
     cross join lateral (
       select count(*) as above from points_totals as total
       where ${OF_THESE} and total.amount > own.amount and total.amount < leaderboard_step_start(own.step + 1)
     ) as own_step`,
    [...board, memberId, ...board, ...board, ...board],
  );
  return own;
}

function boardOf({ guildId, measure, period }: Standings): [string, string, string] {
  return [guildId, measure, period];
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
