import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { toGuildId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';
import {
  CATCH_UP,
  compareEverything,
  compareMember,
  startCatchUp,
} from '../../workflows/definitions/catch-up.ts';
import { getProgress } from '../../workflows/definitions/onboarding.ts';
import {
  messagesIn,
  onboardingOf,
  startCommunity,
  type TestCommunity,
  toStay,
} from '../support/community.ts';
import { until } from '../support/wait.ts';

const MEMBERS_BEFORE = 533;

let community: TestCommunity;
let before: Stay;

beforeAll(async () => {
  // The comparison goes on every ten minutes: a week of skipped time would be a thousand of them.
  community = await startCommunity('onboarding: { burst: { window: 0s }, completion: { needs: [] } }');
  await community.discord.control.fill({ members: MEMBERS_BEFORE });
  before = await community.join();
  await compare();
  await until(async () => (await storedStays()).length > MEMBERS_BEFORE);
});
afterAll(() => community.stop());

const storedStays = () =>
  community.database.em.fork().find(MemberStay, { guildId: community.environment.DISCORD_GUILD_ID });

const storedStay = async ({ memberId }: Stay) =>
  (await storedStays()).find((stored) => stored.memberId === memberId);

async function compareMemberOf({ guildId, memberId }: Stay): Promise<void> {
  await community.client.workflow.signalWithStart(CATCH_UP, {
    ...startCatchUp(guildId),
    signal: compareMember,
    signalArgs: [memberId],
  });
}

async function compare(): Promise<void> {
  const signal = { signal: compareEverything, signalArgs: [] as [] };
  const start = startCatchUp(community.environment.DISCORD_GUILD_ID);
  await community.client.workflow.signalWithStart(CATCH_UP, { ...start, ...signal });
}

const hasBegun = (stay: Stay) =>
  onboardingOf(community, stay)
    .query(getProgress)
    .then(
      ({ state }) => state !== 'greeting',
      () => false,
    );

describe('catching up', () => {
  test('greets none of the members who were there before the first start', async () => {
    expect(await messagesIn(community, 'welcome')).toEqual([]);
    await expect(onboardingOf(community, before).describe()).rejects.toThrow();
  });

  test('greets who joined while nobody listened, once', async () => {
    const stay = await community.join();
    await compare();
    await until(() => hasBegun(stay));
    await compare();
    await onboardingOf(community, stay).result();
    const messages = await messagesIn(community, 'welcome');
    expect(messages.filter(({ embeds }) => embeds[0]?.description?.includes(stay.memberId))).toHaveLength(1);
  });

  test('does not greet bots', async () => {
    const { members } = await community.discord.control.join({ bot: true });
    const stay = toStay(toGuildId(community.discord.guildId), members[0]?.member);
    await compare();
    await until(async () => (await storedStays()).some(({ memberId }) => memberId === stay.memberId));
    await expect(onboardingOf(community, stay).describe()).rejects.toThrow();
  });

  test('ends the onboarding of a member who left, as soon as the bot says so', async () => {
    const stay = await community.join();
    await compare();
    await until(() => hasBegun(stay));
    await community.discord.control.leave({ memberId: stay.memberId });
    await compareMemberOf(stay);
    await until(async () => (await onboardingOf(community, stay).describe()).status.name === 'COMPLETED');
    expect(await onboardingOf(community, stay).result()).toMatchObject({ outcome: 'left' });
  });

  test('ends the stay of who left before anybody knew of it, when the onboarding begins at last', async () => {
    const stay = await community.join();
    await community.discord.control.leave({ memberId: stay.memberId });
    await compareMemberOf(stay);
    await community.environmentOfTemporal.sleep('1m');
    await community.startOnboarding(stay);
    await until(async () => (await storedStay(stay))?.leftAt != null);
    expect(await onboardingOf(community, stay).result()).toMatchObject({ outcome: 'left' });
  });

  test('ends the onboardings of many who leave at once', async () => {
    const { members } = await community.discord.control.join({ count: 12 });
    const all = members.map(({ member }) => toStay(toGuildId(community.discord.guildId), member));
    await compare();
    await until(async () => (await Promise.all(all.map(hasBegun))).every(Boolean));
    for (const stay of all) {
      await community.discord.control.leave({ memberId: stay.memberId });
      await compareMemberOf(stay);
    }
    for (const stay of all) {
      await until(async () => (await onboardingOf(community, stay).describe()).status.name === 'COMPLETED');
    }
  });

  test('takes who left and came back unseen for a new stay, and ends the old one', async () => {
    const first = await community.join();
    await compare();
    await until(() => hasBegun(first));
    await community.discord.control.leave({ memberId: first.memberId });
    const { members } = await community.discord.control.join({ userId: first.memberId });
    const second = toStay(first.guildId, members[0]?.member);
    await compare();
    await until(() => hasBegun(second));
    await until(async () => (await onboardingOf(community, first).describe()).status.name === 'COMPLETED');
    expect(await onboardingOf(community, first).result()).toMatchObject({ outcome: 'left' });
    expect(await onboardingOf(community, second).result()).toMatchObject({ outcome: 'completed' });
  });

  test('happens every ten minutes by itself', async () => {
    const stay = await community.join();
    await community.environmentOfTemporal.sleep('11m');
    await until(() => hasBegun(stay));
  });
});
