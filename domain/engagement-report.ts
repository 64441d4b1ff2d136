/** The report on what became of the posts of a week. */

import type { GuildId } from './ids.ts';

/** How the ids of the weekly reports begin, and what their schedule is called. */
export function engagementReportsId(guildId: GuildId): string {
  return `engagement-report/${guildId}`;
}

/** The id of a report that somebody has asked for. */
export function engagementReportId(guildId: GuildId, requestId: string): string {
  return `${engagementReportsId(guildId)}/${requestId}`;
}
