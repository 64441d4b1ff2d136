import { Migration } from '@mikro-orm/migrations';

/** What members have chosen to be, and which topics interest them. */
export class RolesAndTopics extends Migration {
  override up(): void {
    this.addSql(`
      create table role_choices (
        guild_id text not null,
        member_id text not null,
        kind text not null,
        interaction_id text not null,
        chosen_at timestamptz not null,
        primary key (guild_id, member_id)
      )`);
    this.addSql(`
      create table interests (
        guild_id text not null,
        member_id text not null,
        topic text not null,
        primary key (guild_id, member_id, topic)
      )`);
  }

  override down(): void {
    for (const table of ['interests', 'role_choices']) this.addSql(`drop table ${table}`);
  }
}
