import { Migration } from '@mikro-orm/migrations';

/** Guilds, stays, the outbox, the points ledger and the record of messages sent. */
export class FirstTables extends Migration {
  override up(): void {
    this.addSql(`
      create table guilds (
        id text primary key,
        watched_since timestamptz not null
      )`);
    this.addSql(`
      create table member_stays (
        guild_id text not null,
        member_id text not null,
        joined_at timestamptz not null,
        left_at timestamptz,
        onboarding_run text,
        onboarding_outcome text,
        onboarding_ended_at timestamptz,
        primary key (guild_id, member_id, joined_at)
      )`);
    this.addSql(`create index member_stays_present on member_stays (guild_id) where left_at is null`);
    this.addSql(`
      create table outbox (
        id bigserial primary key,
        member_id text not null,
        "order" jsonb not null,
        failures integer not null default 0
      )`);
    this.addSql(`create index outbox_turn on outbox (failures, id)`);
    this.addSql(`
      create table sent_messages (
        key text primary key,
        guild_id text not null,
        member_id text,
        channel_id text not null,
        tried_at timestamptz not null,
        message_id text
      )`);
    this.addSql(`create index sent_messages_member on sent_messages (guild_id, member_id)`);
    this.addSql(`
      create table points_ledger (
        id bigserial primary key,
        guild_id text not null,
        member_id text not null,
        cause text not null,
        tenths integer not null,
        at timestamptz not null,
        constraint points_ledger_guild_id_cause_unique unique (guild_id, cause)
      )`);
    this.addSql(`create index points_ledger_member on points_ledger (guild_id, member_id, at)`);
  }

  override down(): void {
    for (const table of ['points_ledger', 'sent_messages', 'outbox', 'member_stays', 'guilds']) {
      this.addSql(`drop table ${table}`);
    }
  }
}
