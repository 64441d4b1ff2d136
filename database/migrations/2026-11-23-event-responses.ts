import { Migration } from '@mikro-orm/migrations';

/** What a member has said last of an event, and whether it was by interest in Discord's own event alone. */
export class EventResponses extends Migration {
  override up(): void {
    this.addSql(`
      alter table event_registrations
        add column last_order numeric(20) not null default 0,
        add column source text not null default 'press'`);
    this.addSql(`update event_registrations set last_order = place_in_line`);
  }

  override down(): void {
    this.addSql(`alter table event_registrations drop column last_order, drop column source`);
  }
}
