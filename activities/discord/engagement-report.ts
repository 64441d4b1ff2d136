import { findReport } from '../../database/reports.ts';
import type { Delivery } from '../../domain/delivery.ts';
import {
  type EngagementReport,
  engagementReportKey,
  isEngagementReport,
} from '../../domain/engagement-report.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Period } from '../../domain/reports.ts';
import { engagementReportMessage } from '../../views/engagement-report.ts';
import { engagementCharts } from '../../views/pictures/engagement-report.ts';
import type { DiscordContext } from './context.ts';
import { deliverToChannel, nonceOf } from './deliver.ts';

/** No worker may ever know that version again, and all later reports would wait for this one if it were tried until one does. */
const OF_ANOTHER_VERSION: Delivery = {
  kind: 'refused',
  reason: 'another version of the community software has made the report: have it made again',
};

/** How staff get the report on what became of posts. */
export function engagementReportOnDiscord(context: DiscordContext) {
  const { config, database } = context;

  return {
    /**
     * Posts the stored report on a period, once for each time that it is made.
     *
     * @param asOf of the report, in ms since 1970
     */
    async postEngagementReport(guildId: GuildId, asOf: number, period: Period): Promise<Delivery> {
      const report = await readReport(guildId, period);
      if (report === undefined) return OF_ANOTHER_VERSION;
      const key = engagementReportKey(guildId, period, asOf);
      const message = engagementReportMessage(report, await engagementCharts(report), {
        guildId,
        mark: nonceOf(key),
      });
      return deliverToChannel(context, config.engagement.channel, { key, guildId, memberId: null }, message);
    },
  };

  /** Undefined if there is none that this version can read. */
  async function readReport(guildId: GuildId, period: Period): Promise<EngagementReport | undefined> {
    const stored = await findReport(database.em.fork(), { guildId, kind: 'engagement', ...period });
    return isEngagementReport(stored?.content) ? stored.content : undefined;
  }
}
