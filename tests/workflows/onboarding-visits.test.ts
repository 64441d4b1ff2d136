import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { firstIdAt, type MemberId, toInteractionId } from '../../domain/ids.ts';
import { onboardingId, type Stay } from '../../domain/onboarding.ts';
import { getProgress, memberLeft, stopTips } from '../../workflows/definitions/onboarding.ts';
import { ROLE_CHOICE, startRoleChoice } from '../../workflows/definitions/role-choice.ts';
import {
  directMessages,
  onboardingOf,
  rolesOf,
  startCommunity,
  type TestCommunity,
  welcomesOf,
} from '../support/community.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;

beforeAll(async () => {
  community = await startCommunity();
});
afterAll(() => community.stop());

const stateOf = async (stay: Stay) => (await onboardingOf(community, stay).query(getProgress)).state;

async function begin(stay: Stay): Promise<void> {
  await community.startOnboarding(stay);
  await until(async () => (await stateOf(stay)) !== 'greeting');
}

/** Lets the member leave, which is noticed, at a time (ms since 1970). */
async function leave(stay: Stay, at = stay.joinedAt): Promise<void> {
  await community.discord.control.leave({ memberId: stay.memberId });
  const { guildId, memberId } = stay;
  await community.database.em
    .fork()
    .nativeUpdate(
      MemberStay,
      { guildId, memberId, joinedAt: new Date(stay.joinedAt) },
      { leftAt: new Date(at) },
    );
  await onboardingOf(community, stay)
    .signal(memberLeft)
    .catch(() => undefined);
  await onboardingOf(community, stay).result();
}

const comeBack = (memberId: MemberId) => community.join({ userId: memberId });
const tips = async ({ memberId }: Stay) =>
  (await directMessages(community, memberId)).map(({ content }) => content);

describe('whoever comes back within a day', () => {
  test('is not greeted again, has the role again, and gets the tips that are left', async () => {
    const first = await community.join();
    await begin(first);
    await community.environmentOfTemporal.sleep('31s');
    await until(async () => (await tips(first)).length === 1);
    await leave(first);
    expect(await rolesOf(community, first.memberId)).toEqual([]);

    const second = await comeBack(first.memberId);
    await begin(second);
    const result = await onboardingOf(community, second).result();
    expect(result.steps.map(({ result }: { result: string }) => result)).toEqual([
      'done in an earlier stay',
      'done in an earlier stay',
      'done',
      'done',
      'done',
      'done',
    ]);
    expect(await welcomesOf(community, first.memberId)).toBe(1);
    expect(await rolesOf(community, first.memberId)).toEqual(['Newcomer']);
    expect(await tips(first)).toHaveLength(5);
    expect(new Set(await tips(first)).size).toBe(5);
  });

  test('has the roles again that they had chosen', async () => {
    const first = await community.join();
    await begin(first);
    const interactionId = toInteractionId(firstIdAt(Date.now()));
    const choice = { guildId: first.guildId, memberId: first.memberId, kind: 'designer', interactionId };
    await community.client.workflow.execute(ROLE_CHOICE, startRoleChoice(choice));
    await leave(first);
    const second = await comeBack(first.memberId);
    await begin(second);
    await onboardingOf(community, second).result();
    expect((await rolesOf(community, first.memberId)).sort()).toEqual(['Creative', 'Designer', 'Newcomer']);
  });

  test('gets no tips if they did not want any', async () => {
    const first = await community.join();
    await begin(first);
    await onboardingOf(community, first).executeUpdate(stopTips);
    await leave(first);
    const second = await comeBack(first.memberId);
    await begin(second);
    expect(await onboardingOf(community, second).result()).toMatchObject({ outcome: 'stopped' });
    expect(await tips(first)).toEqual([]);
    expect(await rolesOf(community, first.memberId)).toEqual(['Newcomer']);
  });

  test('and joins and leaves ten times in a minute is greeted once and gets each tip once', async () => {
    const stays = [await community.join()];
    const [first] = stays;
    if (first === undefined) throw new Error('nobody has joined');
    await community.startOnboarding(first);
    for (let time = 1; time < 10; time += 1) {
      await community.discord.control.leave({ memberId: first.memberId });
      const stay = await comeBack(first.memberId);
      stays.push(stay);
      await community.startOnboarding(stay);
      const before = stays.at(-2);
      if (before !== undefined) await onboardingOf(community, before).signal(memberLeft);
    }
    const last = stays.at(-1) ?? first;
    expect(await onboardingOf(community, last).result()).toMatchObject({ outcome: 'timed out' });
    for (const stay of stays.slice(0, -1)) {
      expect(await onboardingOf(community, stay).result()).toMatchObject({ outcome: 'left' });
    }
    expect(await welcomesOf(community, first.memberId)).toBe(1);
    expect(new Set(await tips(first)).size).toBe(5);
    expect(await tips(first)).toHaveLength(5);
    expect(await rolesOf(community, first.memberId)).toEqual(['Newcomer']);
    expect(new Set(stays.map(onboardingId)).size).toBe(10);
  });
});

describe('whoever comes back later', () => {
  test('is welcomed as new', async () => {
    const first = await community.join();
    await begin(first);
    await leave(first, first.joinedAt - 25 * 60 * 60 * 1_000);
    await begin(await comeBack(first.memberId));
    expect(await welcomesOf(community, first.memberId)).toBe(2);
  });
});
