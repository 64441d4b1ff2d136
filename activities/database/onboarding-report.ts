import { countVisits } from '../../database/onboarding-report.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { VisitCount } from '../../domain/onboarding-report.ts';
import type { DatabaseContext } from './context.ts';

/** What a report on onboardings reads. */
export function onboardingReportInDatabase({ database }: DatabaseContext) {
  return {
    /** How visits that began since `since`, in ms since 1970, stand; see `countVisits` in `database/onboarding-report.ts`. */
    countVisits(guildId: GuildId, since: number): Promise<VisitCount[]> {
      return countVisits(database.em.fork(), guildId, new Date(since));
    },
  };
}
