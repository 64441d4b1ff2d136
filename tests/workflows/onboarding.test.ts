import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WorkflowIdReusePolicy } from '@temporalio/client';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { planOnboarding, type Stay } from '../../domain/onboarding.ts';
import {
  getProgress,
  memberDid,
  memberLeft,
  ONBOARDING,
  resendTip,
  startOnboarding,
  stopTips,
} from '../../workflows/definitions/onboarding.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/definitions/search-attributes.ts';
import {
  directMessages,
  messagesIn,
  rolesOf,
  startCommunity,
  type TestCommunity,
  welcomesOf,
  write,
} from '../support/community.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;

beforeAll(async () => {
  community = await startCommunity();
});
afterAll(() => community.stop());

const storedStay = ({ guildId, memberId, joinedAt }: Stay) =>
  community.database.em.fork().findOneOrFail(MemberStay, { guildId, memberId, joinedAt: new Date(joinedAt) });

/** An onboarding that has welcomed and waits for the first tip. */
async function greeted(stay: Stay) {
  const onboarding = await community.startOnboarding(stay);
  await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
  return onboarding;
}

/** An onboarding that has sent the first tip and waits for the second. */
async function tipped(stay: Stay) {
  const onboarding = await greeted(stay);
  await community.environmentOfTemporal.sleep('31s');
  await until(async () => (await onboarding.query(getProgress)).next === 'roles');
  return onboarding;
}

const ALL_DONE = ['welcome', 'guide', 'roles', 'introduction', 'getting-started', 'topics'].map((step) => ({
  step,
  result: 'done',
}));

describe('an onboarding', () => {
  test('welcomes, gives the role, and sends every tip', async () => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.result()).toEqual({ outcome: 'timed out', steps: ALL_DONE });

    expect(await rolesOf(community, stay.memberId)).toEqual(['Newcomer']);
    const [welcome] = (await messagesIn(community, 'welcome')).filter(({ embeds }) =>
      embeds[0]?.description?.includes(stay.memberId),
    );
    expect(welcome).toMatchObject({
      content: "Welcome to TiXL! 🎉 We're thrilled to have you here.",
      embeds: [
        {
          title: 'Welcome to TiXL Community! 🚀',
          description: `Hi <@${stay.memberId}>! We're excited to have you join us!`,
          color: 0x3498db,
          fields: [{ name: 'Getting Started', value: expect.stringMatching(/^Check out <#\d+> to learn/) }],
        },
      ],
    });
    expect((await directMessages(community, stay.memberId)).map(({ content }) => content)).toEqual([
      '📚 Start your journey: [Community Guide](https://tixl.app/community)',
      expect.stringMatching(/^🏷️ Choose your roles in <#\d+>$/),
      expect.stringMatching(
        /^👋 Say hello in <#\d+> and tell us about yourself!\nWe'd love to hear your story!/,
      ),
      '📖 New to TiXL? Check out our Getting Started guide: https://tixl.app/getting-started',
      '💬 Join the conversation! What topics interest you most?',
    ]);
    expect(await storedStay(stay)).toMatchObject({
      onboardingOutcome: 'timed out',
      onboardingSteps: ALL_DONE,
      variant: 'standard',
      greeting: 'alone',
    });
  });

  test('sends each tip at its time after the start', async () => {
    const onboarding = await community.startOnboarding(await community.join());
    await onboarding.result();
    const { events } = await onboarding.fetchHistory();
    const timers = (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) =>
      timer?.startToFireTimeout?.seconds == null ? [] : [Number(timer.startToFireTimeout.seconds)],
    );
    const toTips = timers.slice(0, 5).map((seconds) => Math.round(seconds / 10) * 10);
    expect(toTips).toEqual([30, 90, 180, 300, 300]);
  });

  test('is complete when the member has done what it asks for', async () => {
    const stay = await community.join();
    const onboarding = await greeted(stay);
    await onboarding.signal(memberDid, 'introduced');
    await onboarding.signal(memberDid, 'role chosen');
    expect(await onboarding.result()).toMatchObject({ outcome: 'completed' });
    const sevenDays = 7 * 24 * 60 * 60 * 1_000;
    const { startTime, closeTime } = await onboarding.describe();
    expect((closeTime?.getTime() ?? 0) - startTime.getTime()).toBeLessThan(sevenDays);
    expect(await storedStay(stay)).toMatchObject({ onboardingOutcome: 'completed' });
  });

  test('does not ask for an introduction that is there, though nobody told of it', async () => {
    const stay = await community.join();
    const onboarding = await greeted(stay);
    await write(community, stay.memberId, 'introductions');
    expect(await onboarding.result()).toMatchObject({
      steps: expect.arrayContaining([{ step: 'introduction', result: 'not needed: introduced' }]),
    });
    expect(await onboarding.query(getProgress)).toMatchObject({ deeds: ['introduced'] });
    expect(await directMessages(community, stay.memberId)).toHaveLength(4);
  });

  test("takes no notice of others' introductions", async () => {
    const [stay, other] = [await community.join(), await community.join()];
    await write(community, other.memberId, 'introductions');
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.result()).toMatchObject({
      steps: expect.arrayContaining([{ step: 'introduction', result: 'done' }]),
    });
  });

  test('says where it stands while it waits', async () => {
    const onboarding = await greeted(await community.join());
    expect(await onboarding.query(getProgress)).toEqual({
      state: 'guiding',
      variant: 'standard',
      done: [{ step: 'welcome', result: 'done' }],
      next: 'guide',
      deeds: [],
    });
  });

  test('ends when the member leaves: nothing more is sent', async () => {
    const stay = await community.join();
    const onboarding = await greeted(stay);
    await onboarding.signal(memberLeft);
    expect(await onboarding.result()).toMatchObject({ outcome: 'left' });
    expect(await directMessages(community, stay.memberId)).toEqual([]);
    expect(await storedStay(stay)).toMatchObject({ onboardingOutcome: 'left' });
  });

  test('ends when the member turns out to be gone', async () => {
    const stay = await community.join();
    await community.discord.control.leave({ memberId: stay.memberId });
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.result()).toMatchObject({ outcome: 'left' });
    expect(await directMessages(community, stay.memberId)).toEqual([]);
  });

  test('does not greet a member of whom we know that they are gone', async () => {
    const stay = await community.join();
    await community.database.em.fork().insert(MemberStay, {
      guildId: stay.guildId,
      memberId: stay.memberId,
      joinedAt: new Date(stay.joinedAt),
      leftAt: new Date(stay.joinedAt + 1),
      awaitsScreening: false,
    });
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.result()).toEqual({ outcome: 'left', steps: [] });
    expect(await welcomesOf(community, stay.memberId)).toBe(0);
  });

  test('is stopped by the member; leaving after that changes nothing more', async () => {
    const stay = await community.join();
    const onboarding = await greeted(stay);
    expect(await onboarding.executeUpdate(stopTips)).toBe('stopped');
    await onboarding.signal(memberLeft).catch(() => undefined);
    expect(await onboarding.result()).toMatchObject({ outcome: 'stopped' });
    expect(await directMessages(community, stay.memberId)).toEqual([]);
    expect(await rolesOf(community, stay.memberId)).toEqual(['Newcomer']);
  });

  test('goes on with what is no tip when the member stops the tips before anything is said', async () => {
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.executeUpdate(stopTips)).toBe('stopped');
    expect(await onboarding.result()).toEqual({
      outcome: 'stopped',
      steps: [{ step: 'welcome', result: 'done' }],
    });
    expect(await rolesOf(community, stay.memberId)).toEqual(['Newcomer']);
  });

  test('is complete also for a member who has done all and then stops the tips', async () => {
    const onboarding = await greeted(await community.join());
    await onboarding.signal(memberDid, 'introduced');
    await onboarding.signal(memberDid, 'role chosen');
    expect(await onboarding.executeUpdate(stopTips)).toBe('stopped');
    expect(await onboarding.result()).toMatchObject({ outcome: 'completed' });
  });

  test('has nothing to stop when all tips are sent, and still waits for the member', async () => {
    const stay = await community.join();
    const onboarding = await greeted(stay);
    await community.environmentOfTemporal.sleep('16m');
    await until(async () => (await onboarding.query(getProgress)).state === 'waiting');
    expect(await onboarding.executeUpdate(stopTips)).toBe('no tips left');
    await onboarding.signal(memberDid, 'introduced');
    await onboarding.signal(memberDid, 'role chosen');
    expect(await onboarding.result()).toMatchObject({ outcome: 'completed' });
  });

  test('finds within a day what the member has done and nobody told of', async () => {
    const stay = await community.join();
    const onboarding = await greeted(stay);
    await onboarding.signal(memberDid, 'role chosen');
    await community.environmentOfTemporal.sleep('16m');
    await until(async () => (await onboarding.query(getProgress)).state === 'waiting');
    await write(community, stay.memberId, 'introductions');
    expect(await onboarding.result()).toMatchObject({ outcome: 'completed' });
    const { startTime, closeTime } = await onboarding.describe();
    const twoDays = 2 * 24 * 60 * 60 * 1_000;
    expect((closeTime?.getTime() ?? 0) - startTime.getTime()).toBeLessThan(twoDays);
  });

  test('ends as stopped when somebody cancels it in the Temporal UI, also while a role waits', async () => {
    const match = { method: 'PUT', route: '/guilds/:guildId/members/:userId/roles/:roleId' } as const;
    await community.discord.control.setFaults({ rules: [{ match, fault: { kind: 'error', status: 502 } }] });
    const stay = await community.join();
    const onboarding = await greeted(stay);
    await onboarding.cancel();
    await expect(onboarding.result()).rejects.toThrow('cancelled');
    await community.discord.control.setFaults({ rules: [] });
    expect(await storedStay(stay)).toMatchObject({ onboardingOutcome: 'stopped' });
  });

  test('says all tips in one message in the channel when direct messages are closed, without what is done', async () => {
    const stay = await community.join({ dmsClosed: true });
    await write(community, stay.memberId, 'introductions');
    const onboarding = await community.startOnboarding(stay);
    expect(await onboarding.result()).toEqual({
      outcome: 'timed out',
      steps: ALL_DONE.map(({ step }) => ({
        step,
        result: step === 'welcome' ? 'done' : 'said in the channel instead',
      })),
    });
    const guidance = (await messagesIn(community, 'welcome')).filter(
      ({ content }) =>
        content === `<@${stay.memberId}>, here is what we would have told you by direct message.`,
    );
    expect(guidance).toHaveLength(1);
    const text = guidance[0]?.embeds[0]?.description ?? '';
    expect(text).toMatch(
      /Start your journey.*Choose your roles.*Getting Started guide.*Join the conversation/s,
    );
    expect(text).not.toContain('Say hello');
  });

  test('says nothing anywhere when direct messages are closed and the configuration names no place', async () => {
    const { closedDms } = community.config.onboarding;
    Object.assign(community.config.onboarding, { closedDms: undefined });
    const stay = await community.join({ dmsClosed: true });
    const { steps } = await (await community.startOnboarding(stay)).result();
    Object.assign(community.config.onboarding, { closedDms });
    expect(steps.slice(1).map(({ result }: { result: string }) => result)).toEqual(
      Array(5).fill('direct messages are closed'),
    );
    expect(await welcomesOf(community, stay.memberId)).toBe(1);
  });

  test('of a variant says what the variant says, and can be found by it', async () => {
    const steps = [{ name: 'guide', after: '1m', text: 'There is no hurry' }];
    const variant = { name: 'patient', share: 100, without: ['roles', 'getting-started'], steps };
    Object.assign(community.config.onboarding, { variants: [variant] });
    const stay = await community.join();
    const onboarding = await community.startOnboarding(stay);
    await onboarding.result();
    Object.assign(community.config.onboarding, { variants: [] });
    expect((await directMessages(community, stay.memberId)).map(({ content }) => content)).toEqual([
      'There is no hurry',
      expect.stringContaining('Say hello'),
      expect.stringContaining('What topics interest you most?'),
    ]);
    expect(await storedStay(stay)).toMatchObject({ variant: 'patient' });
    const { typedSearchAttributes } = await onboarding.describe();
    expect(typedSearchAttributes.get(SEARCH_ATTRIBUTES.variant)).toBe('patient');
  });

  test('runs once for a stay, even when Temporal has forgotten the first run', async () => {
    const stay = await community.join();
    await (await community.startOnboarding(stay)).result();
    const again = await community.client.workflow.start(ONBOARDING, {
      ...startOnboarding({ stay, plan: planOnboarding(community.config.onboarding, stay.memberId) }),
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    });
    expect(await again.result()).toEqual({ outcome: 'already run', steps: [] });
    expect(await welcomesOf(community, stay.memberId)).toBe(1);
    expect(await directMessages(community, stay.memberId)).toHaveLength(5);
  });

  test('mentions nobody but the member, whatever the text says and the member is called', async () => {
    const step = community.config.onboarding.steps[0] as { text: string };
    const before = step.text;
    step.text = 'Dear @everyone and @here, welcome {member}!';
    const stay = await community.join({ name: '@everyone' });
    await greeted(stay);
    step.text = before;
    const welcome = (await messagesIn(community, 'welcome')).findLast(({ content }) =>
      content.includes(stay.memberId),
    );
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
    const onboarding = await greeted(stay);
    const guide = community.config.onboarding.steps[1] as { text: string };
    const before = guide.text;
    guide.text = 'Corrected';
    await onboarding.result();
    guide.text = before;
    expect((await directMessages(community, stay.memberId))[0]).toMatchObject({ content: 'Corrected' });
  });

  test('goes on when the role cannot be given, and says so', async () => {
    const fault = { kind: 'error', status: 403, code: 50_013 } as const;
    const match = { method: 'PUT', route: '/guilds/:guildId/members/:userId/roles/:roleId' } as const;
    await community.discord.control.setFaults({ rules: [{ match, times: 1, fault }] });
    const onboarding = await community.startOnboarding(await community.join());
    const [welcome, ...others] = ALL_DONE;
    expect((await onboarding.result()).steps).toEqual([
      { ...welcome, role: expect.stringMatching(/^refused: .*move its role up/) },
      ...others,
    ]);
  });

  test('goes on when the channel was deleted in the middle, and says what was refused', async () => {
    const { channels } = await community.discord.control.getState();
    const welcome = channels.find(({ name }) => name === 'welcome');
    await community.discord.control.deleteChannel({ channelId: welcome?.id ?? '' });
    const onboarding = await community.startOnboarding(await community.join());
    expect((await onboarding.result()).steps).toEqual([
      { step: 'welcome', result: expect.stringMatching(/^refused: .*channel/) },
      ...ALL_DONE.slice(1),
    ]);
  });
});

describe('a tip', () => {
  test('that the member has not got is not sent "again"', async () => {
    const onboarding = await tipped(await community.join());
    await expect(onboarding.executeUpdate(resendTip, { args: ['topics'] })).rejects.toMatchObject({
      cause: { message: '"topics" has not been sent: expected one of guide' },
    });
  });

  test('is sent again for whoever asks for it, the last one if none is named', async () => {
    const stay = await community.join();
    const onboarding = await tipped(stay);
    expect(await onboarding.executeUpdate(resendTip, { args: [null] })).toMatchObject({ kind: 'sent' });
    expect(await onboarding.executeUpdate(resendTip, { args: ['guide'] })).toMatchObject({ kind: 'sent' });
    const tips = (await directMessages(community, stay.memberId)).map(({ content }) => content);
    expect(tips.filter((text) => text.includes('Start your journey'))).toHaveLength(3);
  });

  test('is sent again once for one request, however often that is made', async () => {
    const stay = await community.join();
    const onboarding = await tipped(stay);
    const before = (await directMessages(community, stay.memberId)).length;
    const request = { updateId: '1300000000000000009', args: [null] as [null] };
    await onboarding.executeUpdate(resendTip, request);
    await onboarding.executeUpdate(resendTip, request);
    expect(await directMessages(community, stay.memberId)).toHaveLength(before + 1);
  });

  test('that there is not is refused, and nothing is recorded', async () => {
    const onboarding = await tipped(await community.join());
    const updates = async () =>
      ((await onboarding.fetchHistory()).events ?? []).filter(
        ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted != null,
      );
    await expect(onboarding.executeUpdate(resendTip, { args: ['nonsense'] })).rejects.toMatchObject({
      cause: { message: '"nonsense" has not been sent: expected one of guide' },
    });
    expect(await updates()).toEqual([]);
  });
});
