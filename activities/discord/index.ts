import { amplificationOnDiscord } from './amplification.ts';
import { burstOnDiscord } from './burst.ts';
import { catchUpOnDiscord } from './catch-up.ts';
import type { DiscordContext } from './context.ts';
import { distributionOnDiscord } from './distribution.ts';
import { engagementReportOnDiscord } from './engagement-report.ts';
import { eventAftermathOnDiscord } from './event-aftermath.ts';
import { eventInterestOnDiscord } from './event-interest.ts';
import { eventNoticesOnDiscord } from './event-notices.ts';
import { eventRegistrationsOnDiscord } from './event-registrations.ts';
import { eventsOnDiscord } from './events.ts';
import { githubLinkOnDiscord } from './github-link.ts';
import { leaderboardsOnDiscord } from './leaderboards.ts';
import { messageCatchUpOnDiscord } from './message-catch-up.ts';
import { morningNoteOnDiscord } from './morning-note.ts';
import { onboardingOnDiscord } from './onboarding.ts';
import { pointsCheckOnDiscord } from './points-check.ts';
import { recognitionOnDiscord } from './recognition.ts';
import { recognitionChangeOnDiscord } from './recognition-change.ts';
import { rolePanelOnDiscord } from './role-panel.ts';
import { rolesOnDiscord } from './roles.ts';
import { scheduledEventsOnDiscord } from './scheduled-events.ts';
import { setUpOnDiscord } from './set-up.ts';
import { tutorialsOnDiscord } from './tutorials.ts';
import { winnersOnDiscord } from './winners.ts';
import { workshopsOnDiscord } from './workshops.ts';

/** Every activity that talks to Discord. */
export function createDiscordActivities(context: DiscordContext) {
  return {
    ...onboardingOnDiscord(context),
    ...burstOnDiscord(context),
    ...catchUpOnDiscord(context),
    ...setUpOnDiscord(context),
    ...rolesOnDiscord(context),
    ...rolePanelOnDiscord(context),
    ...recognitionOnDiscord(context),
    ...recognitionChangeOnDiscord(context),
    ...leaderboardsOnDiscord(context),
    ...winnersOnDiscord(context),
    ...pointsCheckOnDiscord(context),
    ...messageCatchUpOnDiscord(context),
    ...githubLinkOnDiscord(context),
    ...tutorialsOnDiscord(context),
    ...eventAftermathOnDiscord(context),
    ...scheduledEventsOnDiscord(context),
    ...eventsOnDiscord(context),
    ...eventRegistrationsOnDiscord(context),
    ...eventNoticesOnDiscord(context),
    ...eventInterestOnDiscord(context),
    ...workshopsOnDiscord(context),
    ...morningNoteOnDiscord(context),
    ...distributionOnDiscord(context),
    ...engagementReportOnDiscord(context),
    ...amplificationOnDiscord(context),
  };
}

export type DiscordActivities = ReturnType<typeof createDiscordActivities>;
