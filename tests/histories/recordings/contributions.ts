import { CONTRIBUTIONS, startContributions } from '../../../workflows/definitions/contributions.ts';
import { mergePullRequest } from '../../support/github.ts';
import { type Recordings, runToEnd } from './recording.ts';

export const contributionsRecordings: Recordings = {
  contributions: async ({ client, environment }, github) => {
    await mergePullRequest(github, { author: 'mona', at: Date.now() });
    const guildId = environment.DISCORD_GUILD_ID;
    const start = startContributions({ guildId, repositories: ['tixl3d/tixl', 'tixl3d/gone'] });
    return runToEnd(client, CONTRIBUTIONS, start);
  },
};
