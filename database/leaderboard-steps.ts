/**
 * How many stand on which step of a leaderboard. Triggers of `points_totals` write down each change in the transaction that makes it,
 * each in rows of its own: counts that everybody has to update would make awards wait for each other. Changes are folded into the
 * counts now and then; both together are always right.
 */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId } from '../domain/ids.ts';

/** How many stand on which step, in rows to be added up. It takes what the condition takes twice. */
const stepsWhere = (condition: string) => `
  select measure, period, step, members from leaderboard_steps where ${condition}
  union all
  select measure, period, step, difference from leaderboard_step_changes where ${condition}`;

/** The rows of one leaderboard. They take guild, measure and period twice. */
export const STEPS_OF_BOARD = stepsWhere('guild_id = ? and measure = ? and period = ?');

const COUNTED = `
  select guild_id, measure, period, leaderboard_step(amount) as step, count(*) as members
  from points_totals where guild_id = ? and shown and amount > 0
  group by guild_id, measure, period, leaderboard_step(amount)`;

/** Steps are folded, or counted anew, by one at a time. */
const LOCK = `hashtextextended('leaderboard steps/' || ?, 0)`;

/** Folds the changes of a guild into its steps, so that there are never many to add up. If somebody else is at it, it does nothing. */
export async function foldSteps(em: EntityManager, guildId: GuildId): Promise<void> {
  await em.fork().transactional(async (transaction) => {
    const [lock]: { is_ours: boolean }[] = await transaction.execute(
      `select pg_try_advisory_xact_lock(${LOCK}) as is_ours`,
      [guildId],
    );
    if (!lock?.is_ours) return;
    await transaction.execute(
      `with change as (
         delete from leaderboard_step_changes where guild_id = ? returning guild_id, measure, period, step, difference
       )
       insert into leaderboard_steps as standing (guild_id, measure, period, step, members)
       select guild_id, measure, period, step, sum(difference) from change
       group by guild_id, measure, period, step having sum(difference) <> 0
       on conflict (guild_id, measure, period, step) do update set members = standing.members + excluded.members`,
      [guildId],
    );
  });
}

/**
 * Counts who stands on which step anew. In a transaction that keeps others from changing totals, so that nobody is counted twice
 * or left out.
 */
export async function countStepsAnew(transaction: EntityManager, guildId: GuildId): Promise<void> {
  await transaction.execute(`select pg_advisory_xact_lock(${LOCK})`, [guildId]);
  await transaction.execute(`delete from leaderboard_step_changes where guild_id = ?`, [guildId]);
  await transaction.execute(`delete from leaderboard_steps where guild_id = ?`, [guildId]);
  await transaction.execute(
    `insert into leaderboard_steps (guild_id, measure, period, step, members) ${COUNTED}`,
    [guildId],
  );
}

/** On how many steps there are not as many as totals say: on none, as long as nobody changes tables by hand. */
export async function countWrongSteps(em: EntityManager, guildId: GuildId): Promise<number> {
  const [row]: { wrong: number }[] = await em.execute(
    `with counted as (${COUNTED}), standing as (
       select measure, period, step, sum(members) as members from (${stepsWhere('guild_id = ?')}) as part
       group by measure, period, step
     )
     select count(*)::int as wrong from counted full join standing using (measure, period, step)
     where coalesce(counted.members, 0) <> coalesce(standing.members, 0)`,
    [guildId, guildId, guildId],
  );
  if (row === undefined) throw new Error('the database did not answer');
  return row.wrong;
}
