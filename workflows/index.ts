/** Every workflow, for the bundle. The name of an export is the workflow's type: it never changes. */
export { burst } from './burst.ts';
export { catchUp } from './catch-up.ts';
export { contributions } from './contributions.ts';
export { githubLink } from './github-link.ts';
export { leaderboardPage, leaderboards } from './leaderboards.ts';
export { messageCatchUp } from './message-catch-up.ts';
export { onboarding } from './onboarding.ts';
export { onboardingReport } from './onboarding-report.ts';
export { raid } from './raid.ts';
export { recognition } from './recognition.ts';
export { recognitionChange } from './recognition-change.ts';
export { roleChoice } from './role-choice.ts';
export { setUp } from './set-up.ts';
export { pointsHistory, standing } from './standing.ts';
export { thanks } from './thanks.ts';
export { tutorial } from './tutorial.ts';
export { tutorialCount } from './tutorial-count.ts';
export { winners } from './winners.ts';
