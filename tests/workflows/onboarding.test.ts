import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WorkflowIdReusePolicy } from '@temporalio/client';
import { MemberStay } from '../../database/entities/member-stay.ts';
import type { Stay } from '../../domain/onboarding.ts';
import { planSteps } from '../../domain/onboarding.ts';
import {
  getProgress,
  memberLeft,
  ONBOARDING,
  startOnboarding,
  stopTips,
} from '../../workflows/definitions/onboarding.ts';
import {
  directMessages,
  messagesIn,
  rolesOf,
  startCommunity,
  type TestCommunity,
} from '../support/community.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;

beforeAll(async () => {
  community = await startCommunity();
});
afterAll(() => community.stop());

async function welcomesFor({ memberId }: Stay) {
  const messages = await messagesIn(community, 'welcome');
  return messages.filter(({ embeds }) => embeds[0]?.description?.includes(memberId));
}

const storedStay = ({ guildId, memberId, joinedAt }: Stay) =>
  community.database.em.fork().findOneOrFail(MemberStay, { guildId, memberId, joinedAt: new Date(joinedAt) });

describe('an onboarding', () => {
  test('welcomes, gives the role, sends the first tip after 30 seconds, and ends as completed', async () => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.result()).toEqual({
      outcome: 'completed',
      steps: [
        { step: 'welcome', result: 'done' },
        { step: 'guide', result: 'done' },
      ],
    });

    expect(await rolesOf(community, stay.memberId)).toContain('Newcomer');
    expect(await welcomesFor(stay)).toMatchObject([
      {
        content: "Welcome to TiXL! 🎉 We're thrilled to have you here.",
        embeds: [
          {
            title: 'Welcome to TiXL Community! 🚀',
            description: `Hi <@${stay.memberId}>! We're excited to have you join us!`,
            color: 0x3498db,
            fields: [{ name: 'Getting Started', value: expect.stringMatching(/^Check out <#\d+> to learn/) }],
          },
        ],
      },
    ]);
    expect(await directMessages(community, stay.memberId)).toMatchObject([
      { content: '📚 Start your journey: [Community Guide](https://tixl.app/community)' },
    ]);
    const { startTime, closeTime } = await onboarding.describe();
    expect((closeTime?.getTime() ?? 0) - startTime.getTime()).toBeGreaterThanOrEqual(30_000);
    expect(await storedStay(stay)).toMatchObject({ onboardingOutcome: 'completed' });
  });

  test('says where it stands while it waits', async () => {
    const onboarding = await community.startOnboarding(await community.join());
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
    expect(await onboarding.query(getProgress)).toEqual({
      state: 'guiding',
      done: [{ step: 'welcome', result: 'done' }],
      next: 'guide',
    });
    await onboarding.result();
  });

  test('ends when the member leaves: nothing more is sent', async () => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
    await onboarding.signal(memberLeft);
    expect(await onboarding.result()).toMatchObject({ outcome: 'left' });
    expect(await directMessages(community, stay.memberId)).toEqual([]);
    expect(await storedStay(stay)).toMatchObject({ onboardingOutcome: 'left' });
  });

  test('does not greet a member who is already gone', async () => {
    const stay = await community.join();
    await community.discord.control.leave({ memberId: stay.memberId });
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.result()).toMatchObject({ outcome: 'left' });
    expect(await welcomesFor(stay)).toEqual([]);
  });

  test('is stopped by the member; leaving after that changes nothing more', async () => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
    expect(await onboarding.executeUpdate(stopTips)).toBe('stopped');
    await onboarding.signal(memberLeft).catch(() => undefined);
    expect(await onboarding.result()).toMatchObject({ outcome: 'stopped' });
    expect(await directMessages(community, stay.memberId)).toEqual([]);
  });

  test('takes closed direct messages for what they are: no failure', async () => {
    const stay = await community.join({ dmsClosed: true });
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.result()).toEqual({
      outcome: 'completed',
      steps: [
        { step: 'welcome', result: 'done' },
        { step: 'guide', result: 'direct messages are closed' },
      ],
    });
  });

  test('runs once for a stay, even when Temporal has forgotten the first run', async () => {
    const stay = await community.join();
    await (await community.startOnboarding(stay)).result();
    const again = await community.client.workflow.start(ONBOARDING, {
      ...startOnboarding({ stay, steps: planSteps(community.config.onboarding) }),
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    });
    expect(await again.result()).toEqual({ outcome: 'already run', steps: [] });
    expect(await welcomesFor(stay)).toHaveLength(1);
    expect(await directMessages(community, stay.memberId)).toHaveLength(1);
  });

  test('greets whoever comes back later as a new stay', async () => {
    const first = await community.join();
    await (await community.startOnboarding(first)).result();
    await community.discord.control.leave({ memberId: first.memberId });
    const { members } = await community.discord.control.join({ userId: first.memberId });
    const second = { ...first, joinedAt: Date.parse(members[0]?.member.joined_at ?? '') };
    expect(await (await community.startOnboarding(second)).result()).toMatchObject({ outcome: 'completed' });
    expect(await welcomesFor(first)).toHaveLength(2);
  });

  test('mentions nobody but the member, whatever the text says and the member is called', async () => {
    const step = community.config.onboarding.steps[0] as { text: string };
    const before = step.text;
    step.text = 'Dear @everyone and @here, welcome {member}!';
    const stay = await community.join({ name: '@everyone' });
    await (await community.startOnboarding(stay)).result();
    step.text = before;
    const [welcome] = await welcomesFor(stay);
    expect(welcome).toMatchObject({
      mention_everyone: false,
      mention_roles: [],
      mentions: [{ id: stay.memberId }],
    });
    const { members } = await community.discord.control.getState();
    const pinged = await Promise.all(
      members.map(async ({ member }) => {
        const { pings } = await community.discord.control.getPings({ memberId: member.user.id });
        return pings.map(({ messageId }) => messageId);
      }),
    );
    expect(pinged.flat().filter((id) => id === welcome?.id)).toHaveLength(1);
  });

  test('keeps its steps when the configuration changes, and uses the corrected text', async () => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
    const guide = community.config.onboarding.steps[1] as { text: string };
    const before = guide.text;
    guide.text = 'Corrected';
    expect(await onboarding.result()).toMatchObject({ outcome: 'completed' });
    guide.text = before;
    expect(await directMessages(community, stay.memberId)).toMatchObject([{ content: 'Corrected' }]);
  });

  test('goes on when the role cannot be given, and says so', async () => {
    const fault = { kind: 'error', status: 403, code: 50_013 } as const;
    const match = { method: 'PUT', route: '/guilds/:guildId/members/:userId/roles/:roleId' } as const;
    await community.discord.control.setFaults({ rules: [{ match, times: 1, fault }] });
    const onboarding = await community.startOnboarding(await community.join());
    expect(await onboarding.result()).toMatchObject({
      outcome: 'completed',
      steps: [
        { step: 'welcome', result: 'done', role: expect.stringMatching(/^refused: .*move its role up/) },
        { step: 'guide', result: 'done' },
      ],
    });
  });

  test('goes on when the channel was deleted in the middle, and says what was refused', async () => {
    const { channels } = await community.discord.control.getState();
    const welcome = channels.find(({ name }) => name === 'welcome');
    await community.discord.control.deleteChannel({ channelId: welcome?.id ?? '' });
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.result()).toEqual({
      outcome: 'completed',
      steps: [
        { step: 'welcome', result: expect.stringMatching(/^refused: .*channel/) },
        { step: 'guide', result: 'done' },
      ],
    });
  });
});
