import { Migration } from '@mikro-orm/migrations';

const AFTER = `select guild_id, measure, period, amount, shown, 1 as difference from after_change`;
const BEFORE = `select guild_id, measure, period, amount, shown, -1 as difference from before_change`;

/** For what happens to totals: the rows that PostgreSQL gives the trigger, and who is there more or less because of them. */
const TRIGGERS = [
  { event: 'insert', given: 'new table as after_change', rows: AFTER },
  { event: 'delete', given: 'old table as before_change', rows: BEFORE },
  {
    event: 'update',
    given: 'old table as before_change new table as after_change',
    rows: `${AFTER} union all ${BEFORE}`,
  },
];

/** How many members stand on which step of amounts, so that a place is told without counting everybody. */
export class LeaderboardSteps extends Migration {
  override up(): void {
    this.addFunctions();
    this.addTables();
    // Triggers come before the counting: whoever changes totals meanwhile waits, and is counted once.
    for (const { event, given, rows } of TRIGGERS) {
      this.addSql(`
        create function note_leaderboard_${event}() returns trigger language plpgsql as $$
        begin
          insert into leaderboard_step_changes (guild_id, measure, period, step, difference)
          select guild_id, measure, period, leaderboard_step(amount), sum(difference)
          from (${rows}) as change
          where shown and amount > 0
          group by guild_id, measure, period, leaderboard_step(amount)
          having sum(difference) <> 0;
          return null;
        end
        $$`);
      this.addSql(`
        create trigger note_leaderboard_${event} after ${event} on points_totals referencing ${given}
        for each statement execute function note_leaderboard_${event}()`);
    }
    this.addSql(`
      insert into leaderboard_steps (guild_id, measure, period, step, members)
      select guild_id, measure, period, leaderboard_step(amount), count(*)
      from points_totals where shown and amount > 0
      group by guild_id, measure, period, leaderboard_step(amount)`);
  }

  /**
   * Up to 63 each amount is a step. From there on each doubling has 32, of the same width: an amount belongs to the step that its
   * six highest bits give. In whole numbers, since a logarithm may come out just below a border where it should be on it.
   */
  private addFunctions(): void {
    this.addSql(`
      create function leaderboard_step_scale(amount bigint) returns integer language sql immutable parallel safe
      return greatest(0, 59 - position(B'1' in amount::bit(64)))`);
    this.addSql(`
      create function leaderboard_step(amount bigint) returns integer language sql immutable parallel safe
      return 32 * leaderboard_step_scale(amount) + (amount >> leaderboard_step_scale(amount))::integer`);
    this.addSql(`
      create function leaderboard_step_start(step integer) returns bigint language sql immutable parallel safe
      return (step - 32 * greatest(0, step / 32 - 1))::bigint << greatest(0, step / 32 - 1)`);
  }

  private addTables(): void {
    this.addSql(`
      create table leaderboard_steps (
        guild_id text not null,
        measure text not null,
        period text not null,
        step integer not null,
        members integer not null,
        primary key (guild_id, measure, period, step)
      )`);
    this.addSql(`
      create table leaderboard_step_changes (
        id bigserial primary key,
        guild_id text not null,
        measure text not null,
        period text not null,
        step integer not null,
        difference integer not null
      )`);
    this.addSql(
      `create index leaderboard_step_changes_of_board on leaderboard_step_changes (guild_id, measure, period)`,
    );
  }

  override down(): void {
    for (const { event } of TRIGGERS) {
      this.addSql(`drop trigger note_leaderboard_${event} on points_totals`);
      this.addSql(`drop function note_leaderboard_${event}`);
    }
    for (const table of ['leaderboard_step_changes', 'leaderboard_steps']) this.addSql(`drop table ${table}`);
    for (const name of ['step_start', 'step', 'step_scale']) this.addSql(`drop function leaderboard_${name}`);
  }
}
