import { Migration } from '@mikro-orm/migrations';

/** Posts for several platforms: what was written, what became of it on each, and the accounts in whose names they are published. */
export class Distribution extends Migration {
  override up(): void {
    this.addSql(`
      create table posts (
        guild_id text not null,
        id text not null,
        state text not null,
        revision integer not null default 1,
        title text not null,
        text text not null,
        hashtags text[] not null,
        link text,
        publish_at timestamptz,
        creator_member_id text,
        approver_member_id text,
        made_at timestamptz not null,
        cross_post_channel_id text,
        cross_post_message_id text,
        primary key (guild_id, id)
      )`);
    this.addSql(`create index posts_by_time on posts (guild_id, made_at)`);
    this.addSql(`
      create table post_drafts (
        guild_id text not null,
        id text not null,
        member_id text not null,
        draft jsonb not null,
        made_at timestamptz not null,
        primary key (guild_id, id)
      )`);
    this.addSql(`
      create table post_deliveries (
        guild_id text not null,
        post_id text not null,
        platform text not null,
        state text not null,
        words jsonb,
        attempt integer not null default 0,
        first_tried_at timestamptz,
        reason text,
        until timestamptz,
        published_id text,
        url text,
        published_at timestamptz,
        published_revision integer,
        cost bigint not null default 0,
        primary key (guild_id, post_id, platform)
      )`);
    this.addSql(`create index post_deliveries_by_state on post_deliveries (guild_id, state, platform)`);
    this.addSql(`
      create table post_attempts (
        guild_id text not null,
        post_id text not null,
        platform text not null,
        attempt integer not null,
        revision integer not null,
        intended_at timestamptz not null,
        sent jsonb not null,
        outcome jsonb,
        settled_at timestamptz,
        primary key (guild_id, post_id, platform, attempt)
      )`);
    this.addSql(`
      create table post_media (
        guild_id text not null,
        id text not null,
        post_id text not null,
        number integer not null,
        is_used boolean not null default true,
        source text not null,
        state text not null,
        kind text,
        type text,
        bytes bigint,
        width integer,
        height integer,
        name text,
        digest text,
        problem jsonb,
        primary key (guild_id, id)
      )`);
    this.addSql(`create index post_media_by_post on post_media (guild_id, post_id, number)`);
    this.addSql(`
      create table post_media_chunks (
        guild_id text not null,
        media_id text not null,
        number integer not null,
        content bytea not null,
        primary key (guild_id, media_id, number)
      )`);
    this.addSql(`
      create table post_uploads (
        guild_id text not null,
        post_id text not null,
        platform text not null,
        media_id text not null,
        reference text not null,
        session bytea,
        begun_at timestamptz not null,
        is_ready boolean not null,
        primary key (guild_id, post_id, platform, media_id)
      )`);
    this.addSql(`
      create table platform_accounts (
        guild_id text not null,
        platform text not null,
        state text not null,
        account_id text not null,
        account_name text not null,
        tokens bytea not null,
        token_expires_at timestamptz,
        version integer not null default 1,
        limited_until timestamptz,
        reason text,
        primary key (guild_id, platform)
      )`);
  }

  override down(): void {
    for (const table of TABLES) this.addSql(`drop table ${table}`);
  }
}

const TABLES = [
  'platform_accounts',
  'post_uploads',
  'post_media_chunks',
  'post_media',
  'post_attempts',
  'post_deliveries',
  'post_drafts',
  'posts',
];
