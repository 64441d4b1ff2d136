import { readLeaderboard } from '../../database/leaderboards.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import type { LeaderboardReading } from '../../domain/leaderboards.ts';
import type { DatabaseContext } from './context.ts';

/** What members read of leaderboards. */
export function leaderboardsInDatabase({ database, config }: DatabaseContext) {
  return {
    /** A page of a leaderboard at `now` (ms since 1970), as a member sees it; null if none has this name. */
    async readLeaderboard(
      guildId: GuildId,
      memberId: MemberId,
      wanted: { readonly board: string; readonly page: number },
      now: number,
    ): Promise<LeaderboardReading | null> {
      const settings = config.recognition;
      const board = settings.leaderboards.boards.find(({ name }) => name === wanted.board);
      if (board === undefined) return null;
      const request = { board, page: wanted.page, memberId, now };
      return readLeaderboard(database.em.fork(), { guildId, settings }, request);
    },
  };
}
