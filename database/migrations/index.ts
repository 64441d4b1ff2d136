import { Contributions } from './2026-11-22-contributions.ts';
import { FirstTables } from './2026-11-22-first-tables.ts';
import { Messages } from './2026-11-22-messages.ts';
import { OnboardingDeadline } from './2026-11-22-onboarding-deadline.ts';
import { OnboardingInFull } from './2026-11-22-onboarding-in-full.ts';
import { Recognition } from './2026-11-22-recognition.ts';
import { RecognitionRequests } from './2026-11-22-recognition-requests.ts';
import { RolesAndTopics } from './2026-11-22-roles-and-topics.ts';
import { Winners } from './2026-11-22-winners.ts';
import { AccountRefreshes } from './2026-11-23-account-refreshes.ts';
import { Distribution } from './2026-11-23-distribution.ts';
import { EventResponses } from './2026-11-23-event-responses.ts';
import { EventTables } from './2026-11-23-events.ts';
import { LeaderboardSteps } from './2026-11-23-leaderboard-steps.ts';
import { Tutorials } from './2026-11-23-tutorials.ts';
import { AccountOfAttempt } from './2026-11-24-account-of-attempt.ts';
import { Engagement } from './2026-11-24-engagement.ts';
import { PostEdits } from './2026-11-24-post-edits.ts';

/**
 * The migrations in the order in which they run, named for what they bring. One that has been released is never
 * changed: a correction is another one at the end.
 */
export const MIGRATIONS = [
  { name: '2026-11-22-first-tables', class: FirstTables },
  { name: '2026-11-22-onboarding-in-full', class: OnboardingInFull },
  { name: '2026-11-22-roles-and-topics', class: RolesAndTopics },
  { name: '2026-11-22-onboarding-deadline', class: OnboardingDeadline },
  { name: '2026-11-22-recognition', class: Recognition },
  { name: '2026-11-22-winners', class: Winners },
  { name: '2026-11-22-messages', class: Messages },
  { name: '2026-11-22-recognition-requests', class: RecognitionRequests },
  { name: '2026-11-22-contributions', class: Contributions },
  { name: '2026-11-23-tutorials', class: Tutorials },
  { name: '2026-11-23-events', class: EventTables },
  { name: '2026-11-23-event-responses', class: EventResponses },
  { name: '2026-11-23-distribution', class: Distribution },
  { name: '2026-11-23-account-refreshes', class: AccountRefreshes },
  { name: '2026-11-23-leaderboard-steps', class: LeaderboardSteps },
  { name: '2026-11-24-engagement', class: Engagement },
  { name: '2026-11-24-account-of-attempt', class: AccountOfAttempt },
  { name: '2026-11-24-post-edits', class: PostEdits },
];
