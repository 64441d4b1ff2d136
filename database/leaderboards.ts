/**
 * Leaderboards are read from the totals, in the order of the index `points_totals_in_order`: by amount, then by who reached it
 * first, then by id. Who has left or opted out is not in it.
 */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemberId } from '../domain/ids.ts';
import type { OwnPlace, Standing, Standings } from '../domain/leaderboards.ts';

const OF_THESE = `guild_id = ? and measure = ? and period = ? and shown and amount > 0`;

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
    `select member_id as "memberId", amount::float8 as amount, (rank() over (order by amount desc))::int as place
     from points_totals where ${OF_THESE}
     order by amount desc, reached_at, member_id offset ? limit ?`,
    [guildId, measure, period, offset, limit],
  );
}

/** How many stand on a leaderboard. */
export async function countOn(em: EntityManager, { guildId, measure, period }: Standings): Promise<number> {
  const [row]: { members: number }[] = await em.execute(
    `select count(*)::int as members from points_totals where ${OF_THESE}`,
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
  const [row]: OwnPlace[] = await em.execute(
    `select amount::float8 as amount,
       (select count(*) from points_totals where ${OF_THESE} and amount > own.amount)::int + 1 as place,
       (select count(*) from points_totals where ${OF_THESE})::int as of
     from points_totals as own where ${OF_THESE} and member_id = ?`,
    [guildId, measure, period, guildId, measure, period, guildId, measure, period, memberId],
  );
  return row;
}
