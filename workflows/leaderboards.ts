/** Leaderboards: a schedule has all of them posted, and members look at a page of one. */

import { setCurrentDetails } from '@temporalio/workflow';
import type { LeaderboardReading } from '../domain/leaderboards.ts';
import { database, discord } from './activities.ts';
import type {
  LeaderboardPageInput,
  LeaderboardsInput,
  LeaderboardsResult,
} from './definitions/leaderboards.ts';
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

/** Gives null if there is no such leaderboard (any more). One for each time that somebody asks: the bot reads no tables. */
export async function leaderboardPage(input: LeaderboardPageInput): Promise<LeaderboardReading | null> {
  const { guildId, memberId, board, page } = input;
  return database.readLeaderboard(guildId, memberId, { board, page }, Date.now());
}
