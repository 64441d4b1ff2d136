import { Migration } from '@mikro-orm/migrations';

/** Events, who goes to them, who was there, and what they say of them. */
export class EventTables extends Migration {
  override up(): void {
    this.addSql(`
      create table events (
        guild_id text not null,
        id text not null,
        kind text not null,
        title text not null,
        description text not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        place_channel_id text,
        place_link text,
        capacity integer,
        host_member_id text,
        creator_member_id text,
        picture text,
        slot text,
        state text not null,
        revision integer not null default 0,
        scheduled_event_id text,
        channel_id text,
        announcement_id text,
        thread_id text,
        began_at timestamptz,
        ended_at timestamptz,
        feedback_until timestamptz,
        is_count_due boolean not null default false,
        primary key (guild_id, id),
        check ((place_channel_id is null) <> (place_link is null)),
        check (ends_at > starts_at)
      )`);
    this.addSql(`create index events_by_start on events (guild_id, starts_at)`);
    this.addSql(`create unique index events_by_scheduled_event on events (guild_id, scheduled_event_id)`);
    this.addSql(`
      create index events_by_place on events (guild_id, place_channel_id) where place_channel_id is not null`);
    this.addSql(`
      create table event_drafts (
        guild_id text not null,
        id text not null,
        member_id text not null,
        draft jsonb not null,
        made_at timestamptz not null,
        primary key (guild_id, id)
      )`);
    this.addSql(`
      create table event_registrations (
        guild_id text not null,
        event_id text not null,
        member_id text not null,
        state text not null,
        place_in_line numeric(20) not null,
        responded_at timestamptz not null,
        primary key (guild_id, event_id, member_id)
      )`);
    this.addSql(`
      create index event_registrations_in_line on event_registrations (guild_id, event_id, state, place_in_line)`);
    this.addSql(`create index event_registrations_of_member on event_registrations (guild_id, member_id)`);
    this.addSql(`
      create table event_preferences (
        guild_id text not null,
        member_id text not null,
        wants_direct_messages boolean,
        time_zone text,
        primary key (guild_id, member_id)
      )`);
    this.addSql(`
      create table voice_sessions (
        guild_id text not null,
        channel_id text not null,
        member_id text not null,
        joined_at timestamptz not null,
        seen_at timestamptz not null,
        left_at timestamptz,
        primary key (guild_id, channel_id, member_id, joined_at)
      )`);
    this.addSql(`
      create unique index voice_sessions_open on voice_sessions (guild_id, member_id) where left_at is null`);
    this.addSql(`
      create table event_attendances (
        guild_id text not null,
        event_id text not null,
        member_id text not null,
        checked_in_at timestamptz,
        present_ms bigint,
        attended boolean not null default false,
        primary key (guild_id, event_id, member_id)
      )`);
    this.addSql(`create index event_attendances_of_member on event_attendances (guild_id, member_id)`);
    this.addSql(`
      create table event_feedback (
        guild_id text not null,
        event_id text not null,
        member_id text not null,
        overall smallint not null,
        content smallint not null,
        engagement smallint not null,
        improvements text,
        topics text,
        answered_at timestamptz not null,
        primary key (guild_id, event_id, member_id)
      )`);
    this.addSql(`create index event_feedback_of_member on event_feedback (guild_id, member_id)`);
    this.addSql(`
      create table workshop_exceptions (
        guild_id text not null,
        slot text not null,
        day date not null,
        starts_at timestamptz,
        staff_id text not null,
        primary key (guild_id, slot, day)
      )`);
  }

  override down(): void {
    for (const table of [
      ...[
        'workshop_exceptions',
        'event_feedback',
        'event_attendances',
        'voice_sessions',
        'event_preferences',
      ],
      ...['event_registrations', 'event_drafts', 'events'],
    ])
      this.addSql(`drop table ${table}`);
  }
}
