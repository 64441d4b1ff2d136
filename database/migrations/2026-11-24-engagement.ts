import { Migration } from '@mikro-orm/migrations';

/** What became of posts: readings of their figures, what was done with those that did well, clicks on links of ours; and reports. */
export class Engagement extends Migration {
  override up(): void {
    this.addSql(`
      create table post_readings (
        guild_id text not null,
        post_id text not null,
        platform text not null,
        age_ms bigint not null,
        due_at timestamptz not null,
        state text not null default 'due',
        taken_at timestamptz,
        impressions bigint,
        reach bigint,
        likes bigint,
        shares bigint,
        comments bigint,
        clicks bigint,
        score double precision,
        is_weighed boolean not null default false,
        primary key (guild_id, post_id, platform, age_ms)
      )`);
    this.addSql(`create index post_readings_due on post_readings (guild_id, due_at) where state = 'due'`);
    this.addSql(
      `create index post_readings_unweighed on post_readings (guild_id, taken_at) where state = 'taken' and not is_weighed`,
    );
    this.addSql(
      `create index post_readings_to_compare on post_readings (guild_id, platform, age_ms, taken_at) where state = 'taken'`,
    );
    this.addSql(`
      create table post_amplifications (
        guild_id text not null,
        post_id text not null,
        platform text not null,
        age_ms bigint not null,
        score double precision not null,
        evidence jsonb not null,
        decided_at timestamptz not null,
        follow_up_id text,
        primary key (guild_id, post_id)
      )`);
    this.addSql(`
      create table post_clicks (
        guild_id text not null,
        post_id text not null,
        platform text not null,
        clicks bigint not null,
        primary key (guild_id, post_id, platform)
      )`);
    this.addSql(`
      create table reports (
        guild_id text not null,
        kind text not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        made_at timestamptz not null,
        content jsonb not null,
        primary key (guild_id, kind, starts_at, ends_at)
      )`);
    this.addSql(
      `create index post_deliveries_published on post_deliveries (guild_id, published_at) where state = 'published'`,
    );
    this.addSql(
      `create index posts_by_publish_at on posts (guild_id, publish_at) where publish_at is not null`,
    );
  }

  override down(): void {
    this.addSql(`drop index posts_by_publish_at`);
    this.addSql(`drop index post_deliveries_published`);
    for (const table of ['reports', 'post_clicks', 'post_amplifications', 'post_readings'])
      this.addSql(`drop table ${table}`);
  }
}
