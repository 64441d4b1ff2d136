import { Migration } from '@mikro-orm/migrations';

/** Tutorials, and who has done them. */
export class Tutorials extends Migration {
  override up(): void {
    this.addSql(`
      create table tutorials (
        guild_id text not null,
        id text not null,
        member_id text not null,
        title text not null,
        description text,
        link text not null,
        link_key text not null,
        state text not null,
        submitted_at timestamptz not null,
        staff_id text,
        decided_at timestamptz,
        quality smallint,
        reason text,
        is_count_due boolean not null default false,
        primary key (guild_id, id)
      )`);
    this.addSql(`
      create unique index tutorials_by_link on tutorials (guild_id, link_key) where state in ('waiting', 'approved')`);
    this.addSql(`create index tutorials_of_member on tutorials (guild_id, member_id)`);
    this.addSql(`create index tutorials_by_state on tutorials (guild_id, state, decided_at desc)`);
    this.addSql(`
      create table tutorial_completions (
        guild_id text not null,
        tutorial_id text not null,
        member_id text not null,
        at timestamptz not null,
        primary key (guild_id, tutorial_id, member_id)
      )`);
    this.addSql(`create index tutorial_completions_of_member on tutorial_completions (guild_id, member_id)`);
  }

  override down(): void {
    for (const table of ['tutorial_completions', 'tutorials']) this.addSql(`drop table ${table}`);
  }
}
