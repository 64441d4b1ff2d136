import { claimOnboarding, recordOutcome, recordTipsStopped } from '../../database/onboarding.ts';
import type { BurstRules, BurstSettings } from '../../domain/burst.ts';
import { toMilliseconds } from '../../domain/duration.ts';
import type { Claim, OnboardingOutcome, Stay, StepReport } from '../../domain/onboarding.ts';
import type { DatabaseContext } from './context.ts';

/** What an onboarding does in the database. */
export function onboardingInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Claims a stay for the run that asks, at `now` (ms since 1970); see `claimOnboarding` in `database/onboarding.ts`. */
    claimOnboarding(stay: Stay, variant: string, run: string, now: number): Promise<Claim> {
      const { returnsWithin, completion, burst } = config.onboarding;
      return claimOnboarding(database.em, {
        stay,
        variant,
        run,
        now,
        returnsWithinMs: toMilliseconds(returnsWithin),
        completesWithinMs: toMilliseconds(completion.within),
        rules: rulesOf(burst),
      });
    },

    /** Writes down that the member wants no further tips in this visit. */
    recordTipsStopped(stay: Stay): Promise<void> {
      return recordTipsStopped(database.em.fork(), stay);
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

function rulesOf({ window, raid }: BurstSettings): BurstRules {
  return {
    windowMs: toMilliseconds(window),
    raidAbove: raid.above,
    calmMs: toMilliseconds(raid.calm),
  };
}
