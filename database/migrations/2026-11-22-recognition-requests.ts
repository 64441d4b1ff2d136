import { Migration } from '@mikro-orm/migrations';

/** What staff do to points, badges and achievements, and why. */
export class RecognitionRequests extends Migration {
  override up(): void {
    this.addSql(`
      create table recognition_requests (
        guild_id text not null,
        interaction_id text not null,
        staff_id text not null,
        member_id text,
        change jsonb not null,
        reason text not null,
        outcome jsonb,
        primary key (guild_id, interaction_id)
      )`);
  }

  override down(): void {
    this.addSql(`drop table recognition_requests`);
  }
}
