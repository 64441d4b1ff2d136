/** Reports what became of posts: every week to staff, which a schedule starts, and whenever somebody asks. */

import { setCurrentDetails } from '@temporalio/workflow';
import { databaseAtLength, discord } from './activities.ts';
import type { EngagementReportInput, EngagementReportResult } from './definitions/engagement-report.ts';
import { scheduledTime } from './scheduled-time.ts';

export async function engagementReport({
  guildId,
  period,
  isPosted,
}: EngagementReportInput): Promise<EngagementReportResult> {
  const asOf = scheduledTime();
  const { channels } = discord(guildId, 'staff');

  const made = await databaseAtLength.makeEngagementReport.executeWithOptions({ summary: 'make' }, [
    guildId,
    asOf,
    period ?? null,
  ]);
  if (!isPosted) return made;
  const posted = await channels.postEngagementReport.executeWithOptions({ summary: 'post' }, [
    guildId,
    asOf,
    made.period,
  ]);
  setCurrentDetails(posted.kind === 'refused' ? `refused: ${posted.reason}` : `${made.posts} posts`);
  return { ...made, posted };
}
