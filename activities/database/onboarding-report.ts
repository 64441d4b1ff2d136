import { countVisits } from '../../database/onboarding-report.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { VisitCount } from '../../domain/onboarding-report.ts';
import type { DatabaseContext } from './context.ts';

/** What a report on onboardings reads. */
export function onboardingReportInDatabase({ database }: DatabaseContext) {
  return {
    /** How visits that began since `since` stand at `now` (ms since 1970); see `countVisits` in `database/onboarding-report.ts`. */
    countVisits(guildId: GuildId, since: number, now: number): Promise<VisitCount[]> {
      return countVisits(database.em.fork(), guildId, { since: new Date(since), now: new Date(now) });
    },
  };
}
