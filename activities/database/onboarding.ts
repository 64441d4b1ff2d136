import type { Database } from '../../database/orm.ts';
import { type Claim, claimOnboarding, recordOutcome } from '../../database/stays.ts';
import type { OnboardingOutcome, Stay } from '../../domain/onboarding.ts';

/** What an onboarding does in the database. */
export function onboardingInDatabase(database: Database) {
  return {
    /** Claims a stay for the run that asks; see `claimOnboarding` in `database/stays.ts`. */
    claimOnboarding(stay: Stay, run: string): Promise<Claim> {
      return claimOnboarding(database.em.fork(), stay, run);
    },

    /** Writes down how an onboarding ended. `endedAt` in ms since 1970. */
    recordOutcome(stay: Stay, outcome: OnboardingOutcome, endedAt: number): Promise<void> {
      return recordOutcome(database.em.fork(), stay, outcome, new Date(endedAt));
    },
  };
}
