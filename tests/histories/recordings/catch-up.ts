import { CATCH_UP, compareMember, startCatchUp } from '../../../workflows/definitions/catch-up.ts';
import type { Recordings } from './recording.ts';

export const catchUpRecordings: Recordings = {
  'catch-up': async ({ client, environmentOfTemporal, join }) => {
    const { memberId, guildId } = await join();
    const catchUp = await client.workflow.signalWithStart(CATCH_UP, {
      ...startCatchUp(guildId),
      signal: compareMember,
      signalArgs: [memberId],
    });
    await environmentOfTemporal.sleep('15m');
    return catchUp.workflowId;
  },
};
