import { claimOnboarding, recordOutcome } from '../../database/onboarding.ts';
import { toMilliseconds } from '../../domain/duration.ts';
import type { Claim, OnboardingOutcome, Stay, StepReport } from '../../domain/onboarding.ts';
import type { DatabaseContext } from './context.ts';

/** What an onboarding does in the database. */
export function onboardingInDatabase({ database, config }: DatabaseContext) {
  const { returnsWithin, burst } = config.onboarding;
  const rules = {
    windowMs: toMilliseconds(burst.window),
    raidAbove: burst.raid.above,
    calmMs: toMilliseconds(burst.raid.calm),
  };

  return {
    /** Claims a stay for the run that asks, at `now` (ms since 1970); see `claimOnboarding` in `database/onboarding.ts`. */
    claimOnboarding(stay: Stay, variant: string, run: string, now: number): Promise<Claim> {
      const returnsWithinMs = toMilliseconds(returnsWithin);
      return claimOnboarding(database.em, { stay, variant, run, now, returnsWithinMs, rules });
    },

    /** Writes down how an onboarding ended. `endedAt` in ms since 1970. */
    recordOutcome(
      stay: Stay,
      outcome: OnboardingOutcome,
      steps: readonly StepReport[],
      endedAt: number,
    ): Promise<void> {
      return recordOutcome(database.em.fork(), stay, { outcome, steps, endedAt: new Date(endedAt) });
    },
  };
}
