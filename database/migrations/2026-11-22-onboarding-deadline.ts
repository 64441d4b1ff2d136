import { Migration } from '@mikro-orm/migrations';

/** When onboardings are over at the latest: one that somebody terminated does not count as open for ever. */
export class OnboardingDeadline extends Migration {
  override up(): void {
    this.addSql(`alter table member_stays add column onboarding_deadline timestamptz`);
  }

  override down(): void {
    this.addSql(`alter table member_stays drop column onboarding_deadline`);
  }
}
