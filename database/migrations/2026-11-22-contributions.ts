import { Migration } from '@mikro-orm/migrations';

/** GitHub accounts of members, linkings that are under way, and the pull requests that were merged. */
export class Contributions extends Migration {
  override up(): void {
    this.addSql(`
      create table github_links (
        guild_id text not null,
        member_id text not null,
        github_user_id text not null,
        login text not null,
        since timestamptz not null,
        primary key (guild_id, member_id),
        constraint github_links_guild_id_github_user_id_unique unique (guild_id, github_user_id)
      )`);
    this.addSql(`
      create table github_device_flows (
        interaction_id text primary key,
        guild_id text not null,
        member_id text not null,
        device_code text not null,
        user_code text not null,
        verification_uri text not null,
        interval_ms integer not null,
        expires_at timestamptz not null,
        access_token text,
        github_user_id text,
        login text
      )`);
    this.addSql(`
      create table github_repositories (
        guild_id text not null,
        name text not null,
        read_from timestamptz not null,
        read_until timestamptz not null,
        etag text,
        primary key (guild_id, name)
      )`);
    this.addSql(`
      create table pull_requests (
        guild_id text not null,
        repository_id bigint not null,
        number integer not null,
        author_id text not null,
        merged_at timestamptz not null,
        primary key (guild_id, repository_id, number)
      )`);
    this.addSql(`create index pull_requests_of_author on pull_requests (guild_id, author_id)`);
  }

  override down(): void {
    for (const table of ['pull_requests', 'github_repositories', 'github_device_flows', 'github_links'])
      this.addSql(`drop table ${table}`);
  }
}
