/** Posts all leaderboards. A schedule starts it. */

import { setCurrentDetails } from '@temporalio/workflow';
import { discord } from './activities.ts';
import type { LeaderboardsInput, LeaderboardsResult } from './definitions/leaderboards.ts';
import { scheduledTime } from './scheduled-time.ts';

export async function leaderboards({ guildId }: LeaderboardsInput): Promise<LeaderboardsResult> {
  const { channels } = discord(guildId, 'bulkMessage');
  const posted = await channels.postLeaderboards.executeWithOptions({ summary: 'post' }, [
    guildId,
    scheduledTime(),
  ]);
  setCurrentDetails(posted.kind === 'refused' ? `refused: ${posted.reason}` : posted.kind);
  return { posted };
}
