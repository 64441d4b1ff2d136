import { Migration } from '@mikro-orm/migrations';

/** Points with what they are for, their totals, badges and achievements. */
export class Recognition extends Migration {
  override up(): void {
    this.addSql(`
      alter table points_ledger
        add column action text not null default 'by-staff',
        add column recorded_at timestamptz,
        add column quality numeric(2, 1),
        add column staff_id text,
        add column reason text,
        add column reverses bigint`);
    this.addSql(`update points_ledger set recorded_at = at`);
    this.addSql(`
      alter table points_ledger
        alter column action drop default,
        alter column recorded_at set not null`);
    this.addSql(`create index points_ledger_of_member on points_ledger (guild_id, member_id, id)`);
    this.addSql(`
      create table recognised_members (
        guild_id text not null,
        member_id text not null,
        opted_out boolean not null default false,
        has_left boolean not null default false,
        primary key (guild_id, member_id)
      )`);
    this.addSql(`
      create table points_totals (
        guild_id text not null,
        measure text not null,
        period text not null,
        member_id text not null,
        amount bigint not null,
        reached_at timestamptz not null,
        shown boolean not null,
        primary key (guild_id, measure, period, member_id)
      )`);
    this.addSql(`
      create index points_totals_in_order on points_totals (guild_id, measure, period, amount desc, reached_at, member_id)
        where shown and amount > 0`);
    this.addSql(`create index points_totals_of_member on points_totals (guild_id, member_id)`);
    this.addSql(`
      create table badge_holdings (
        guild_id text not null,
        member_id text not null,
        badge text not null,
        cause text,
        at timestamptz not null,
        lost_at timestamptz,
        primary key (guild_id, member_id, badge)
      )`);
    this.addSql(`
      create table earned_achievements (
        guild_id text not null,
        member_id text not null,
        achievement text not null,
        at timestamptz not null,
        primary key (guild_id, member_id, achievement)
      )`);
  }

  override down(): void {
    for (const table of ['earned_achievements', 'badge_holdings', 'points_totals', 'recognised_members'])
      this.addSql(`drop table ${table}`);
    this.addSql(`drop index points_ledger_of_member`);
    for (const column of ['action', 'recorded_at', 'quality', 'staff_id', 'reason', 'reverses'])
      this.addSql(`alter table points_ledger drop column ${column}`);
  }
}
