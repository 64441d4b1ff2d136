import { SET_UP, startSetUp } from '../../../workflows/definitions/set-up.ts';
import { type Recordings, runToEnd } from './recording.ts';

export const setUpRecordings: Recordings = {
  'set-up': ({ client, environment }) => runToEnd(client, SET_UP, startSetUp(environment.DISCORD_GUILD_ID)),
};
