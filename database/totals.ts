/** Totals of points and actions: what they are made of, and whether they are what the ledger says. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { PeriodNames } from '../domain/leaderboards.ts';
import type { TotalDifference } from '../domain/points-check.ts';
import { countStepsAnew } from './leaderboard-steps.ts';
import type { Ledger } from './points.ts';

/** How weeks and months are called, for a time `at` and a time zone: `2026-W47`, `2026-11`. */
const WEEK = `to_char(at at time zone ?, 'IYYY-"W"IW')`;
const MONTH = `to_char(at at time zone ?, 'YYYY-MM')`;

/**
 * The totals in which an entry of the ledger counts: its points in three periods, its action once. It takes the time zone twice,
 * and needs the columns `tenths`, `action`, `at` and `reverses`.
 */
export const TOTALS_OF_ENTRY = `
  (values ('points', 'all', tenths::bigint), ('points', ${WEEK}, tenths), ('points', ${MONTH}, tenths),
    (action, 'all', case when reverses is null then 1 else -1 end)) as part (measure, period, amount)`;

const FROM_LEDGER = `
  select guild_id, member_id, measure, period, sum(amount)::bigint as amount, max(at) as reached_at
  from points_ledger cross join lateral ${TOTALS_OF_ENTRY}
  where guild_id = ?
  group by guild_id, member_id, measure, period`;

/** The totals that are not what the ledger says: none, as long as nobody changes tables by hand. At most `limit` of them. */
export async function findWrongTotals(
  em: EntityManager,
  { guildId, settings: { timeZone } }: Ledger,
  limit: number,
): Promise<TotalDifference[]> {
  return em.execute(
    `with right_total as (${FROM_LEDGER}), total as (select * from points_totals where guild_id = ?)
     select member_id as "memberId", measure, period, total.amount::float8 as total, right_total.amount::float8 as ledger
     from right_total full join total using (guild_id, member_id, measure, period)
     where right_total.amount is distinct from total.amount or right_total.reached_at is distinct from total.reached_at
     order by member_id, measure, period limit ?`,
    [timeZone, timeZone, guildId, guildId, limit],
  );
}

/** Makes all totals anew from the ledger, and what leaderboards count of them. Whoever awards meanwhile waits. */
export async function rebuildTotals(
  em: EntityManager,
  { guildId, settings: { timeZone } }: Ledger,
): Promise<void> {
  await em.fork().transactional(async (transaction) => {
    await transaction.execute(`lock table points_totals in exclusive mode`);
    await transaction.execute(`delete from points_totals where guild_id = ?`, [guildId]);
    await transaction.execute(
      `insert into points_totals (guild_id, measure, period, member_id, amount, reached_at, shown)
       select guild_id, measure, period, member_id, amount, reached_at,
         not (coalesce(opted_out, false) or coalesce(has_left, false))
       from (${FROM_LEDGER}) as right_total left join recognised_members using (guild_id, member_id)`,
      [timeZone, timeZone, guildId],
    );
    await countStepsAnew(transaction, guildId);
  });
}

/**
 * How the week and the month are called in which `at` (ms since 1970) lies, or the time of day of `at` on a day before.
 *
 * @param daysBefore how many days by the calendar, however long they were
 */
export async function periodsAt(
  em: EntityManager,
  { settings: { timeZone } }: Pick<Ledger, 'settings'>,
  at: number,
  daysBefore = 0,
): Promise<PeriodNames> {
  const [row]: PeriodNames[] = await em.execute(
    `select ${WEEK} as week, ${MONTH} as month
     from (select (?::timestamptz at time zone ? - make_interval(days => ?)) at time zone ? as at) as moment`,
    [timeZone, timeZone, new Date(at), timeZone, daysBefore, timeZone],
  );
  if (row === undefined) throw new Error('the database did not answer');
  return row;
}
