import { DEFAULT_WEEKS } from '../../../domain/onboarding-report.ts';
import {
  ONBOARDING_REPORT,
  startOnboardingReport,
} from '../../../workflows/definitions/onboarding-report.ts';
import { INTERACTION, type Recordings, runToEnd } from './recording.ts';

export const onboardingReportRecordings: Recordings = {
  'onboarding-report': ({ client, environment }) => {
    const input = { guildId: environment.DISCORD_GUILD_ID, weeks: DEFAULT_WEEKS };
    return runToEnd(client, ONBOARDING_REPORT, startOnboardingReport(input, INTERACTION));
  },
};
