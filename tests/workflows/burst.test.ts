import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { toGuildId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';
import { getProgress } from '../../workflows/definitions/onboarding.ts';
import { RAID, startRaid } from '../../workflows/definitions/raid.ts';
import {
  directMessages,
  messagesIn,
  startCommunity,
  type TestCommunity,
  toStay,
  welcomesOf,
} from '../support/community.ts';
import { until } from '../support/wait.ts';

const OVERLAY = 'onboarding: { burst: { window: 1m, raid: { above: 5, calm: 10m } } }';
/** Longer than what anything here waits for. */
const LONG = '2h';

let community: TestCommunity;

beforeAll(async () => {
  community = await startCommunity(OVERLAY);
});
afterAll(() => community.stop());

/** Lets so many join one after the other, and waits until each is through with the welcome. */
async function joinOneByOne(count: number): Promise<{ stays: Stay[]; onboardings: WorkflowHandle[] }> {
  const { members } = await community.discord.control.join({ count });
  const guildId = toGuildId(community.discord.guildId);
  // Time is skipped in Temporal, and not on Discord: they join when it is for the workflows.
  const joinedAt = await community.environmentOfTemporal.currentTimeMs();
  const stays = members.map(({ member }) => ({ ...toStay(guildId, member), joinedAt }));
  const onboardings: WorkflowHandle[] = [];
  for (const stay of stays) {
    const onboarding = await community.startOnboarding(stay);
    await until(async () => (await onboarding.query(getProgress)).state === 'guiding');
    onboardings.push(onboarding);
  }
  return { stays, onboardings };
}

const notices = () => messagesIn(community, 'moderation');
const tips = async (stays: readonly Stay[]) =>
  Promise.all(stays.map(async ({ memberId }) => (await directMessages(community, memberId)).length));

describe('when some join shortly after another', () => {
  test('the first is welcomed at once, and the others in one welcome that names them all', async () => {
    const { stays } = await joinOneByOne(4);
    const welcomes = () => messagesIn(community, 'welcome');
    expect(await welcomes()).toHaveLength(1);
    await until(async () => {
      await community.environmentOfTemporal.sleep('1m');
      return (await welcomes()).length === 2;
    });
    const [, gathered] = await welcomes();
    const ids = stays.slice(1).map(({ memberId }) => memberId);
    expect([...(gathered?.content.matchAll(/<@(\d+)>/g) ?? [])].map(([, id]) => id).sort()).toEqual(
      ids.sort(),
    );
    expect(gathered?.mentions.map(({ id }) => id).sort()).toEqual(ids);
    expect(await Promise.all(stays.map(({ memberId }) => welcomesOf(community, memberId)))).toEqual([
      1, 1, 1, 1,
    ]);
    expect(await notices()).toEqual([]);
  });

  test('who has left by then is not named', async () => {
    await community.environmentOfTemporal.sleep('5m');
    const { stays } = await joinOneByOne(3);
    const [, gone, there] = stays;
    if (gone === undefined || there === undefined) throw new Error('three have joined');
    await community.database.em
      .fork()
      .execute('update member_stays set left_at = joined_at where member_id = ?', [gone.memberId]);
    await until(async () => {
      await community.environmentOfTemporal.sleep('1m');
      return (await welcomesOf(community, there.memberId)) === 1;
    });
    expect(await welcomesOf(community, gone.memberId)).toBe(0);
  });
});

describe('when too many join', () => {
  test('tips wait until it is calm, staff are told once, and then everything goes on', async () => {
    await community.environmentOfTemporal.sleep('5m');
    const { stays, onboardings } = await joinOneByOne(8);
    await until(async () => (await notices()).length === 1);
    await community.environmentOfTemporal.sleep('9m');
    expect(await tips(stays)).toEqual(stays.map(() => 0));
    expect(await notices()).toMatchObject([
      { embeds: [{ description: expect.stringMatching(/^\d members have joined/) }] },
    ]);

    await community.environmentOfTemporal.sleep(LONG);
    await until(async () => (await tips(stays)).every((count) => count === 5));
    await until(async () => (await notices())[0]?.embeds[0]?.description?.startsWith('It is calm') ?? false);
    expect(await notices()).toHaveLength(1);
    expect((await notices())[0]?.embeds[0]?.description).toBe(
      'It is calm again after 8 members had joined. Tips by direct message go on.',
    );
    for (const onboarding of onboardings) {
      const { done } = await onboarding.query(getProgress);
      expect(done.map(({ result }: { result: string }) => result).slice(1)).toEqual(Array(5).fill('done'));
    }
    expect(await Promise.all(stays.map(({ memberId }) => welcomesOf(community, memberId)))).toEqual(
      stays.map(() => 1),
    );
  });

  test('one that is taken up when another has begun already tells nobody', async () => {
    const before = await notices();
    const guildId = toGuildId(community.discord.guildId);
    // The row of the guild knows the last raid alone; this one is none of it.
    const raid = { guildId, number: 0 };
    expect(await community.client.workflow.execute(RAID, startRaid({ raid }))).toBe('taken up too late');
    expect(await notices()).toEqual(before);
  });

  test('it is as before when they have gone through', async () => {
    const { stays } = await joinOneByOne(1);
    await community.environmentOfTemporal.sleep('31s');
    await until(async () => (await tips(stays))[0] === 1);
  });
});
