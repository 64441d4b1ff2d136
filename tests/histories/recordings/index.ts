import { amplificationRecordings } from './amplification.ts';
import { burstRecordings } from './burst.ts';
import { catchUpRecordings } from './catch-up.ts';
import { contributionsRecordings } from './contributions.ts';
import { distributionRecordings } from './distribution.ts';
import { engagementRecordings } from './engagement.ts';
import { engagementReportRecordings } from './engagement-report.ts';
import { eventRegistrationsRecordings } from './event-registrations.ts';
import { eventsRecordings } from './events.ts';
import { githubLinkRecordings } from './github-link.ts';
import { leaderboardsRecordings } from './leaderboards.ts';
import { messageCatchUpRecordings } from './message-catch-up.ts';
import { morningNoteRecordings } from './morning-note.ts';
import { onboardingRecordings } from './onboarding.ts';
import { onboardingReportRecordings } from './onboarding-report.ts';
import { pointsCheckRecordings } from './points-check.ts';
import { recognitionRecordings } from './recognition.ts';
import { recognitionChangeRecordings } from './recognition-change.ts';
import type { Recordings } from './recording.ts';
import { roleChoiceRecordings } from './role-choice.ts';
import { setUpRecordings } from './set-up.ts';
import { standingRecordings } from './standing.ts';
import { thanksRecordings } from './thanks.ts';
import { tutorialsRecordings } from './tutorials.ts';
import { winnersRecordings } from './winners.ts';
import { workshopsRecordings } from './workshops.ts';

/** Every history that is stored, by its name. */
export const RECORDINGS: Recordings = {
  ...onboardingRecordings,
  ...burstRecordings,
  ...catchUpRecordings,
  ...setUpRecordings,
  ...onboardingReportRecordings,
  ...roleChoiceRecordings,
  ...messageCatchUpRecordings,
  ...thanksRecordings,
  ...recognitionRecordings,
  ...recognitionChangeRecordings,
  ...standingRecordings,
  ...leaderboardsRecordings,
  ...winnersRecordings,
  ...pointsCheckRecordings,
  ...githubLinkRecordings,
  ...contributionsRecordings,
  ...tutorialsRecordings,
  ...eventsRecordings,
  ...eventRegistrationsRecordings,
  ...workshopsRecordings,
  ...morningNoteRecordings,
  ...distributionRecordings,
  ...engagementRecordings,
  ...engagementReportRecordings,
  ...amplificationRecordings,
};
