import {
  startWinners,
  startWinnersRole,
  WINNERS,
  WINNERS_ROLE,
} from '../../../workflows/definitions/winners.ts';
import { give } from '../../support/recognition.ts';
import { type Recordings, runToEnd } from './recording.ts';

const DAY_MS = 86_400_000;

export const winnersRecordings: Recordings = {
  winners: async (community) => {
    const { memberId, guildId } = await community.join();
    const at = (await community.environmentOfTemporal.currentTimeMs()) - DAY_MS;
    await give(community, { memberId, action: 'tested', cause: 'deed/1', at });
    return runToEnd(community.client, WINNERS, startWinners({ guildId, kind: 'week', first: 1 }));
  },
  'winners-role': async ({ client, join }) => {
    const stay = await join();
    return runToEnd(client, WINNERS_ROLE, startWinnersRole({ ...stay, kind: 'week' }));
  },
};
