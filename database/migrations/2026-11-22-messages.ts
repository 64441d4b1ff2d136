import { Migration } from '@mikro-orm/migrations';

/** What is known of messages in the guild's channels and of thanks, and how far they are settled. */
export class Messages extends Migration {
  override up(): void {
    this.addSql(`
      create table messages (
        id bigint not null primary key,
        guild_id text not null,
        channel_id text not null,
        member_id text not null,
        length integer not null,
        fingerprint bigint not null,
        excluded boolean not null
      ) partition by range (id)`);
    this.addSql(`
      create table message_intakes (
        guild_id text not null primary key,
        heard_to bigint not null,
        complete_to bigint not null,
        gaps_opened integer not null,
        gaps_closed integer not null
      )`);
    this.addSql(`
      create table message_readings (
        guild_id text not null,
        channel_id text not null,
        read_to bigint not null,
        primary key (guild_id, channel_id)
      )`);
    this.addSql(`
      create table message_settlements (
        guild_id text not null primary key,
        settled_to bigint not null
      )`);
    this.addSql(`
      create table message_writers (
        guild_id text not null,
        member_id text not null,
        last_counted bigint,
        last_fingerprint bigint not null,
        primary key (guild_id, member_id)
      )`);
    this.addSql(`
      create table thanks (
        guild_id text not null,
        cause text not null,
        message_id bigint,
        giver_member_id text not null,
        receiver_member_id text,
        at timestamptz not null,
        counted boolean,
        primary key (guild_id, cause)
      )`);
    this.addSql(`create index thanks_of_pair on thanks (guild_id, giver_member_id, receiver_member_id, at)`);
    this.addSql(`create index thanks_for_message on thanks (guild_id, message_id)`);
    this.addSql(`create index thanks_to_settle on thanks (guild_id, message_id) where counted is null`);
  }

  override down(): void {
    for (const table of ['writers', 'settlements', 'readings', 'intakes'])
      this.addSql(`drop table message_${table}`);
    for (const table of ['thanks', 'messages']) this.addSql(`drop table ${table}`);
  }
}
