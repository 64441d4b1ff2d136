import { Migration } from '@mikro-orm/migrations';

/** Changes of what is published, one after the other: until when one may be on its way to a platform. */
export class PostEdits extends Migration {
  override up(): void {
    this.addSql(`alter table post_deliveries add column changing_until timestamptz`);
  }

  override down(): void {
    this.addSql(`alter table post_deliveries drop column changing_until`);
  }
}
