import { toDay } from '../../../domain/calendar.ts';
import { spanOf } from '../../../domain/report-period.ts';
import {
  ENGAGEMENT_REPORT,
  startEngagementReport,
  startWeeklyEngagementReport,
} from '../../../workflows/definitions/engagement-report.ts';
import { DAY_MS } from '../../support/distribution.ts';
import { writePublished } from '../../support/posts-with-readings.ts';
import { INTERACTION, REASON, type Recordings, runToEnd } from './recording.ts';

export const engagementReportRecordings: Recordings = {
  'engagement-report': async ({ client, database, environment, environmentOfTemporal }) => {
    const guildId = environment.DISCORD_GUILD_ID;
    const publishedAt = (await environmentOfTemporal.currentTimeMs()) - 3 * DAY_MS;
    const readings = [{ figures: { likes: 3 } }];
    await writePublished(database.em.fork(), guildId, REASON, [{ platform: 'x', publishedAt, readings }]);
    return runToEnd(client, ENGAGEMENT_REPORT, startWeeklyEngagementReport(guildId));
  },
  'engagement-report-on-demand': ({ client, environment }) => {
    const { startsAt, endsAt } = spanOf(toDay('2026-11-02'), toDay('2026-11-04'), 'Europe/Berlin');
    const guildId = environment.DISCORD_GUILD_ID;
    const input = { guildId, period: { startsAt, endsAt }, isPosted: false };
    return runToEnd(client, ENGAGEMENT_REPORT, startEngagementReport(input, INTERACTION));
  },
};
