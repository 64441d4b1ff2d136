import { readEngagementReport } from '../../database/engagement-report.ts';
import { storeReport } from '../../database/reports.ts';
import type { GuildId } from '../../domain/ids.ts';
import { weekBefore } from '../../domain/report-period.ts';
import type { Period } from '../../domain/reports.ts';
import { whileBeating } from '../heartbeat.ts';
import type { DatabaseContext } from './context.ts';

/** How the report on what became of posts is made. */
export function engagementReportInDatabase({ database, config }: DatabaseContext) {
  const { timeZone } = config.engagement;

  return {
    /**
     * Makes a report and stores it, in place of an earlier one. What it says stays in the database.
     *
     * @param asOf in ms since 1970: what was due later is not in it
     * @param wanted whole days; null: the seven before the day of `asOf`
     * @returns which days it is about, and how many posts
     */
    async makeEngagementReport(
      guildId: GuildId,
      asOf: number,
      wanted: Period | null,
    ): Promise<{ readonly period: Period; readonly posts: number }> {
      const { startsAt, endsAt } = wanted ?? weekBefore(asOf, timeZone);
      const period = { startsAt, endsAt };
      const em = database.em.fork();
      const report = await whileBeating(() => readEngagementReport(em, guildId, period, { asOf, timeZone }));
      await storeReport(em, { guildId, kind: 'engagement', ...period, madeAt: asOf, content: report });
      return { period, posts: report.now.all.posts };
    },
  };
}
