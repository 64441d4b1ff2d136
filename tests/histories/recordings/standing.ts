import {
  POINTS_HISTORY,
  STANDING,
  startPointsHistory,
  startStanding,
} from '../../../workflows/definitions/standing.ts';
import { INTERACTION, type Recordings, runToEnd, SOMEBODY } from './recording.ts';

export const standingRecordings: Recordings = {
  standing: ({ client, environment }) => {
    const input = { guildId: environment.DISCORD_GUILD_ID, memberId: SOMEBODY };
    return runToEnd(client, STANDING, startStanding(input, INTERACTION));
  },
  'points-history': ({ client, environment }) => {
    const input = { guildId: environment.DISCORD_GUILD_ID, memberId: SOMEBODY, page: 1 };
    return runToEnd(client, POINTS_HISTORY, startPointsHistory(input, INTERACTION));
  },
};
