import { Migration } from '@mikro-orm/migrations';

/** What is known of an account's tokens: numbers that no other tokens have had, an unanswered request for new ones, their end. */
export class AccountRefreshes extends Migration {
  override up(): void {
    // An account that is disconnected and connected anew begins with no number that it has had before.
    this.addSql(`create sequence platform_account_versions as integer`);
    this.addSql(`alter table platform_accounts add column refresh_asked_at timestamptz`);
    this.addSql(`alter table platform_accounts add column expired_at timestamptz`);
  }

  override down(): void {
    this.addSql(`alter table platform_accounts drop column expired_at`);
    this.addSql(`alter table platform_accounts drop column refresh_asked_at`);
    this.addSql(`drop sequence platform_account_versions`);
  }
}
