import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { amplificationIn } from '../support/amplification.ts';
import { DAY_MS, HOUR_MS, startDistribution, type TestDistribution } from '../support/distribution.ts';
import { until } from '../support/wait.ts';

let posts: TestDistribution;
let amplifying: ReturnType<typeof amplificationIn>;
beforeAll(async () => {
  posts = await startDistribution();
  amplifying = amplificationIn(posts);
});
afterAll(() => posts.stop());

describe('a post that does much better than usual', () => {
  test('is told to staff with the evidence, and pinned for as long as is configured', async () => {
    const post = await amplifying.outstanding('x');
    const told = await amplifying.toldOf(post, 'Pinned until');
    expect(told).toMatch(/does much better on X than usual: 0\.92 of 1\./);
    expect(told).toContain('120 interactions (likes 100, shares 20), as they count 160; usual 10');
    expect(told).toContain((await posts.deliveryOf(post, 'linkedin')).url);
    expect((await amplifying.messageOf(post)).pinned).toBe(true);

    await posts.pass(6 * DAY_MS);
    expect((await amplifying.messageOf(post)).pinned).toBe(true);
    await posts.pass(DAY_MS + HOUR_MS);
    expect(await amplifying.resultOf(post)).toMatchObject({ unpin: { kind: 'unpinned' } });
    expect((await amplifying.messageOf(post)).pinned).toBe(false);
    expect(await amplifying.toldOf(post, 'It was pinned, and is not any more')).not.toContain('Pinned until');
    expect(await amplifying.alerts(post)).toHaveLength(1);
  });

  test('is followed up elsewhere once somebody approves, and the follow-up is not followed up', async () => {
    const post = await amplifying.outstanding('x');
    await amplifying.toldOf(post, 'Proposed for LinkedIn: it waits for approval');
    const followUp = amplifying.followUpOf(post);
    const row = await posts.rowOf(followUp);
    const { url } = await posts.deliveryOf(post, 'x');
    expect(row).toMatchObject({ state: 'proposed', title: post.title, link: url, createdBy: null });
    const asked = async () =>
      (await posts.staffMessages(post)).filter(({ content }) => content === 'A post waits for approval.');
    await until(async () => (await asked()).length === 1);
    expect(await posts.textsOn('linkedin', row)).toEqual([]);

    expect(await posts.approve(followUp)).toMatchObject({ kind: 'approved' });
    expect(await posts.resultOf(followUp)).toEqual({
      state: 'settled',
      platforms: { linkedin: 'published' },
    });
    expect(await posts.textsOn('linkedin', row)).toHaveLength(1);

    await amplifying.doesWell(followUp, 'linkedin');
    expect(await amplifying.resultOf(followUp)).toEqual({
      pin: { kind: 'not on Discord' },
      followUp: { kind: 'is one itself' },
    });
  });

  test('that is pinned already stays pinned: that pin is not ours', async () => {
    const post = await posts.publish();
    await posts.resultOf(post);
    await amplifying.setPin(post, true);
    await amplifying.doesWell(post, 'linkedin');
    expect(await amplifying.resultOf(post)).toMatchObject({ pin: { kind: 'pinned already' } });
    await posts.pass(8 * DAY_MS);
    expect((await amplifying.messageOf(post)).pinned).toBe(true);
    expect(await amplifying.toldOf(post, 'It was pinned already')).toContain('Proposed for X');
  });

  test('whose pin somebody takes away before its time is left as it is', async () => {
    const post = await amplifying.outstanding('x');
    await amplifying.toldOf(post, 'Pinned until');
    await amplifying.setPin(post, false);
    await posts.pass(7 * DAY_MS + HOUR_MS);
    expect(await amplifying.resultOf(post)).toMatchObject({ unpin: { kind: 'unpinned' } });
    expect((await amplifying.messageOf(post)).pinned).toBe(false);
  });

  test('is told of also where its message was deleted, before it is pinned or after', async () => {
    const post = await posts.publish();
    await posts.resultOf(post);
    await amplifying.deleteMessage(post);
    await amplifying.doesWell(post, 'x');
    expect(await amplifying.resultOf(post)).toMatchObject({ pin: { kind: 'deleted' } });
    await amplifying.toldOf(post, 'Not pinned: the message was deleted.');

    const later = await amplifying.outstanding('x');
    await amplifying.toldOf(later, 'Pinned until');
    await amplifying.deleteMessage(later);
    await posts.pass(7 * DAY_MS + HOUR_MS);
    expect(await amplifying.resultOf(later)).toMatchObject({ unpin: { kind: 'deleted' } });
  });

  test('is unpinned at once when its workflow is cancelled in the Temporal UI', async () => {
    const post = await amplifying.outstanding('x');
    await amplifying.toldOf(post, 'Pinned until');
    await amplifying.handleOf(post).cancel();
    await expect(amplifying.resultOf(post)).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect((await amplifying.messageOf(post)).pinned).toBe(false);
    await amplifying.toldOf(post, 'It was pinned, and is not any more');
  });

  test('is neither pinned nor followed up when its workflow is cancelled before', async () => {
    const { discord } = posts.community;
    const post = await posts.publish();
    await posts.resultOf(post);
    const match = { method: 'POST', route: '/channels/:channelId/messages' } as const;
    await discord.control.setFaults({ rules: [{ match, fault: { kind: 'error', status: 500, code: 0 } }] });
    await amplifying.doesWell(post, 'x');
    await amplifying.handleOf(post).cancel();
    await discord.control.setFaults({ rules: [] });
    await expect(amplifying.resultOf(post)).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect((await amplifying.messageOf(post)).pinned).toBe(false);
    await expect(posts.rowOf(amplifying.followUpOf(post))).rejects.toThrow('there is no such post');
    expect(await amplifying.alerts(post)).toHaveLength(1);
  });
});

describe('a request to pin', () => {
  const match = { method: 'PUT', route: '/channels/:channelId/messages/pins/:messageId' } as const;

  test('of which nobody knows whether it was made is made again, and the pin is known to be ours', async () => {
    const { discord } = posts.community;
    await discord.control.setFaults({ rules: [{ match, times: 1, fault: { kind: 'drop-after' } }] });
    const post = await amplifying.outstanding('x');
    await amplifying.toldOf(post, 'Pinned until');
    await discord.control.setFaults({ rules: [] });
    await posts.pass(7 * DAY_MS + HOUR_MS);
    expect(await amplifying.resultOf(post)).toMatchObject({ unpin: { kind: 'unpinned' } });
    expect((await amplifying.messageOf(post)).pinned).toBe(false);
  });

  test.each([
    ['too many pins', { status: 400, code: 30_003 }, 'as many pins as Discord allows'],
    ['refused', { status: 403, code: 50_013 }, 'Not pinned: the bot lacks a permission'],
  ])('that Discord refuses is said, and the rest is done: %s', async (kind, answer, text) => {
    const { discord } = posts.community;
    await discord.control.setFaults({ rules: [{ match, times: 1, fault: { kind: 'error', ...answer } }] });
    const post = await amplifying.outstanding('x');
    expect(await amplifying.resultOf(post)).toMatchObject({
      pin: { kind },
      followUp: { kind: 'proposed', platforms: ['linkedin'] },
    });
    await amplifying.toldOf(post, text);
  });
});
