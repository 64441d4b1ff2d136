import { Migration } from '@mikro-orm/migrations';

/** In whose name posts and media were sent: another account can be connected before it is known what came of it. */
export class AccountOfAttempt extends Migration {
  override up(): void {
    this.addSql(`alter table post_attempts add column account_id text`);
    this.addSql(`alter table post_attempts add column account_name text`);
    this.addSql(`alter table post_uploads add column account_id text`);
  }

  override down(): void {
    this.addSql(`alter table post_uploads drop column account_id`);
    this.addSql(`alter table post_attempts drop column account_name`);
    this.addSql(`alter table post_attempts drop column account_id`);
  }
}
