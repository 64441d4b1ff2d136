import { Migration } from '@mikro-orm/migrations';

/** Visits, variants, screening, bursts of joins, and the channels for direct messages. */
export class OnboardingInFull extends Migration {
  override up(): void {
    this.addSql(`
      alter table member_stays
        add column awaits_screening boolean not null default false,
        add column visit_began timestamptz,
        add column variant text,
        add column greeting text,
        add column tips_stopped boolean not null default false,
        add column onboarding_steps jsonb`);
    // Whoever was welcomed before this has stayed once so far.
    this.addSql(`update member_stays set visit_began = joined_at where onboarding_run is not null`);
    this.addSql(`alter table outbox alter column member_id drop not null`);
    this.addSql(`
      create table bursts (
        guild_id text primary key,
        window_number integer not null,
        window_ends timestamptz not null,
        window_closed boolean not null,
        joins integer not null,
        raid_number integer not null,
        raid_joins integer not null,
        tips_held_until timestamptz
      )`);
    this.addSql(`
      create table gathered_members (
        guild_id text not null,
        member_id text not null,
        visit_began timestamptz not null,
        window_number integer not null,
        primary key (guild_id, member_id, visit_began)
      )`);
    this.addSql(`create index gathered_members_window on gathered_members (guild_id, window_number)`);
    this.addSql(`
      create table direct_message_channels (
        guild_id text not null,
        member_id text not null,
        channel_id text not null,
        primary key (guild_id, member_id)
      )`);
  }

  override down(): void {
    for (const table of ['direct_message_channels', 'gathered_members', 'bursts']) {
      this.addSql(`drop table ${table}`);
    }
    this.addSql(`delete from outbox where member_id is null`);
    this.addSql(`alter table outbox alter column member_id set not null`);
    this.addSql(`
      alter table member_stays
        drop column awaits_screening, drop column visit_began, drop column variant,
        drop column greeting, drop column tips_stopped, drop column onboarding_steps`);
  }
}
