import { POINTS_CHECK, startPointsCheck } from '../../../workflows/definitions/points-check.ts';
import { give } from '../../support/recognition.ts';
import { type Recordings, runToEnd } from './recording.ts';

export const pointsCheckRecordings: Recordings = {
  'points-check': async (community) => {
    const { memberId, guildId } = await community.join();
    await give(community, { memberId, action: 'tested', cause: 'deed/1', at: Date.now() });
    await community.database.em.fork().execute('update points_totals set amount = amount + 1');
    return runToEnd(community.client, POINTS_CHECK, startPointsCheck(guildId));
  },
};
