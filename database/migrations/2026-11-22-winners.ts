import { Migration } from '@mikro-orm/migrations';

/** Who has won in the weeks and months that are over. */
export class Winners extends Migration {
  override up(): void {
    this.addSql(`
      create table closed_periods (
        guild_id text not null,
        kind text not null,
        period text not null,
        closed_at timestamptz not null,
        primary key (guild_id, kind, period)
      )`);
    this.addSql(`
      create table period_winners (
        guild_id text not null,
        kind text not null,
        period text not null,
        member_id text not null,
        place integer not null,
        may_have_role boolean not null default true,
        primary key (guild_id, kind, period, member_id)
      )`);
    this.addSql(`
      create index period_winners_with_role on period_winners (guild_id, kind, member_id) where may_have_role`);
  }

  override down(): void {
    for (const table of ['period_winners', 'closed_periods']) this.addSql(`drop table ${table}`);
  }
}
