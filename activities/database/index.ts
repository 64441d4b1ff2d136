import { amplificationInDatabase } from './amplification.ts';
import { burstInDatabase } from './burst.ts';
import type { DatabaseContext } from './context.ts';
import { contributionsInDatabase } from './contributions.ts';
import { distributionInDatabase } from './distribution.ts';
import { engagementInDatabase } from './engagement.ts';
import { engagementReportInDatabase } from './engagement-report.ts';
import { eventAftermathInDatabase } from './event-aftermath.ts';
import { eventInterestInDatabase } from './event-interest.ts';
import { eventNoticesInDatabase } from './event-notices.ts';
import { eventsInDatabase } from './events.ts';
import { githubLinkInDatabase } from './github-link.ts';
import { leaderboardsInDatabase } from './leaderboards.ts';
import { messageCatchUpInDatabase } from './message-catch-up.ts';
import { onboardingInDatabase } from './onboarding.ts';
import { onboardingReportInDatabase } from './onboarding-report.ts';
import { pointsCheckInDatabase } from './points-check.ts';
import { postMediaInDatabase } from './post-media.ts';
import { recognitionChangeInDatabase } from './recognition-change.ts';
import { rewordingInDatabase } from './rewording.ts';
import { rolesInDatabase } from './roles.ts';
import { standingInDatabase } from './standing.ts';
import { thanksInDatabase } from './thanks.ts';
import { tutorialsInDatabase } from './tutorials.ts';
import { winnersInDatabase } from './winners.ts';
import { workshopsInDatabase } from './workshops.ts';

/** Every activity that needs the database, and neither Discord nor a platform that has limits of its own. */
export function createDatabaseActivities(context: DatabaseContext) {
  return {
    ...onboardingInDatabase(context),
    ...burstInDatabase(context),
    ...onboardingReportInDatabase(context),
    ...recognitionChangeInDatabase(context),
    ...rolesInDatabase(context),
    ...standingInDatabase(context),
    ...thanksInDatabase(context),
    ...leaderboardsInDatabase(context),
    ...winnersInDatabase(context),
    ...pointsCheckInDatabase(context),
    ...messageCatchUpInDatabase(context),
    ...githubLinkInDatabase(context),
    ...contributionsInDatabase(context),
    ...tutorialsInDatabase(context),
    ...eventAftermathInDatabase(context),
    ...eventsInDatabase(context),
    ...eventNoticesInDatabase(context),
    ...eventInterestInDatabase(context),
    ...workshopsInDatabase(context),
    ...postMediaInDatabase(context),
    ...rewordingInDatabase(context),
    ...distributionInDatabase(context),
    ...engagementInDatabase(context),
    ...engagementReportInDatabase(context),
    ...amplificationInDatabase(context),
  };
}

export type DatabaseActivities = ReturnType<typeof createDatabaseActivities>;
