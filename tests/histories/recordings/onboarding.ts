import {
  getProgress,
  memberDid,
  memberLeft,
  resendTip,
  stopTips,
} from '../../../workflows/definitions/onboarding.ts';
import type { TestCommunity } from '../../support/community.ts';
import { until } from '../../support/wait.ts';
import type { Recordings } from './recording.ts';

export const onboardingRecordings: Recordings = {
  'onboarding-timed-out': async ({ startOnboarding, join }) => {
    const onboarding = await startOnboarding(await join());
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-completed': async (community) => {
    const onboarding = await greeted(community);
    await onboarding.signal(memberDid, 'introduced');
    await onboarding.signal(memberDid, 'role chosen');
    await community.environmentOfTemporal.sleep('31s');
    await until(async () => (await onboarding.query(getProgress)).next !== 'guide');
    await onboarding.executeUpdate(resendTip, { args: [null] });
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-back-after-leaving': async (community) => {
    const first = await community.join();
    const before = await community.startOnboarding(first);
    await until(async () => (await before.query(getProgress)).state === 'guiding');
    await community.discord.control.leave({ memberId: first.memberId });
    await before.signal(memberLeft);
    await before.result();
    const onboarding = await community.startOnboarding(await community.join({ userId: first.memberId }));
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-left': async (community) => {
    const onboarding = await greeted(community);
    await onboarding.signal(memberLeft);
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-stopped': async (community) => {
    const onboarding = await greeted(community);
    await onboarding.executeUpdate(stopTips);
    await onboarding.result();
    return onboarding.workflowId;
  },
  'onboarding-direct-messages-closed': async ({ startOnboarding, join }) => {
    const onboarding = await startOnboarding(await join({ dmsClosed: true }));
    await onboarding.result();
    return onboarding.workflowId;
  },
};

async function greeted({ startOnboarding, join }: TestCommunity) {
  const onboarding = await startOnboarding(await join());
  await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
  return onboarding;
}
