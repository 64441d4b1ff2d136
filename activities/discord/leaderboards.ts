import { topOf } from '../../database/leaderboards.ts';
import { periodsAt } from '../../database/totals.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { GuildId } from '../../domain/ids.ts';
import { leaderboardPostKey, standingsOf } from '../../domain/leaderboards.ts';
import { type FilledLeaderboard, leaderboardPost } from '../../views/leaderboards.ts';
import type { DiscordContext } from './context.ts';
import { deliverToChannel, nonceOf } from './deliver.ts';

/** What is posted of leaderboards on Discord. */
export function leaderboardsOnDiscord(context: DiscordContext) {
  const { config, database, directory } = context;
  const { leaderboards } = config.recognition;

  return {
    /**
     * Posts all leaderboards of the time `at` (ms since 1970), once. They show the week and the month of the day before: on the
     * first day of a week the whole last one, and not the beginning of a new one. Without anybody on them nothing is posted.
     */
    async postLeaderboards(guildId: GuildId, at: number): Promise<Delivery | { kind: 'nobody' }> {
      const boards = await fillBoards(guildId, at);
      if (boards.every(({ top }) => top.length === 0)) return { kind: 'nobody' };
      const key = leaderboardPostKey(guildId, at);
      const texts = await directory.textContext(config.links, leaderboards.link);
      const message = leaderboardPost(leaderboards, boards, nonceOf(key), texts);
      return deliverToChannel(context, leaderboards.channel, { key, guildId, memberId: null }, message);
    },
  };

  function fillBoards(guildId: GuildId, at: number): Promise<FilledLeaderboard[]> {
    return database.em.fork().transactional(async (em) => {
      const names = await periodsAt(em, { settings: config.recognition }, at, 1);
      const filled: FilledLeaderboard[] = [];
      for (const board of leaderboards.boards) {
        const standings = standingsOf(guildId, board, names);
        const top = await topOf(em, standings, { offset: 0, limit: leaderboards.size });
        filled.push({ board, period: standings.period, top });
      }
      return filled;
    });
  }
}
