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
      const key = engagementReportKey(guildId, period, asOf);
      const message = engagementReportMessage(report, await engagementCharts(report), {
        guildId,
        mark: nonceOf(key),
      });
      return deliverToChannel(context, config.engagement.channel, { key, guildId, memberId: null }, message);
    },
  };

  /** @throws while another version's is stored: it is tried again, by a worker that knows it */
  async function readReport(guildId: GuildId, period: Period): Promise<EngagementReport> {
    const stored = await findReport(database.em.fork(), { guildId, kind: 'engagement', ...period });
    if (!isEngagementReport(stored?.content)) throw new Error('the stored report is of another version');
    return stored.content;
  }
}
