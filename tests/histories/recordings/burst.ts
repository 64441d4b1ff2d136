import { burstId, raidId } from '../../../domain/burst.ts';
import type { Stay } from '../../../domain/onboarding.ts';
import { getProgress } from '../../../workflows/definitions/onboarding.ts';
import { onboardingOf, type TestCommunity } from '../../support/community.ts';
import { until } from '../../support/wait.ts';
import { isStarted, type Recordings } from './recording.ts';

export const burstRecordings: Recordings = {
  burst: async (community) => {
    const { guildId } = await joinAsCrowd(community);
    return over(community, burstId({ guildId, number: 1 }));
  },
  raid: async (community) => {
    const { guildId } = await joinAsCrowd(community);
    return over(community, raidId({ guildId, number: 1 }));
  },
  'onboarding-held-in-a-raid': async (community) => {
    const onboarding = onboardingOf(community, await joinAsCrowd(community));
    return over(community, onboarding.workflowId);
  },
};

async function over({ client }: TestCommunity, workflowId: string): Promise<string> {
  await client.workflow.getHandle(workflowId).result();
  return workflowId;
}

/** Lets so many join at once that tips are held back. Gives the last of them. */
async function joinAsCrowd(community: TestCommunity): Promise<Stay> {
  Object.assign(community.config.onboarding.burst, { window: '1m' });
  Object.assign(community.config.onboarding.burst.raid, { above: 2 });
  const stays = [await community.join(), await community.join(), await community.join()];
  for (const stay of stays) {
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
  }
  const last = stays.at(-1);
  if (last === undefined) throw new Error('nobody has joined');
  const raid = community.client.workflow.getHandle(raidId({ guildId: last.guildId, number: 1 }));
  await until(() => isStarted(raid));
  return last;
}
