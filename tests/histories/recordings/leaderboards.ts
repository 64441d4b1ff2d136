import {
  LEADERBOARD_PAGE,
  LEADERBOARDS,
  startLeaderboardPage,
  startLeaderboards,
} from '../../../workflows/definitions/leaderboards.ts';
import { INTERACTION, type Recordings, runToEnd } from './recording.ts';

export const leaderboardsRecordings: Recordings = {
  leaderboards: ({ client, environment }) =>
    runToEnd(client, LEADERBOARDS, startLeaderboards(environment.DISCORD_GUILD_ID)),
  'leaderboard-page': async ({ client, join }) => {
    const { memberId, guildId } = await join();
    const input = { guildId, memberId, board: 'all-time-points', page: 1 };
    return runToEnd(client, LEADERBOARD_PAGE, startLeaderboardPage(input, INTERACTION));
  },
};
