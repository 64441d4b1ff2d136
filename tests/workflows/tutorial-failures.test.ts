import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultRule } from '../../sandbox/control/api.ts';
import { startTutorial, TUTORIAL } from '../../workflows/definitions/tutorial.ts';
import { replaceChannel, startCommunity, type TestCommunity } from '../support/community.ts';
import { reviewedTutorials } from '../support/reviewed-tutorials.ts';
import { until } from '../support/wait.ts';

const writing = { method: 'POST', route: '/channels/:channelId/messages' } as const;

let community: TestCommunity;
let tutorials: ReturnType<typeof reviewedTutorials>;

beforeAll(async () => {
  community = await startCommunity();
  tutorials = reviewedTutorials(community);
});
afterEach(() => community.discord.control.setFaults({ rules: [] }));
afterAll(() => community.stop());

const fails = (rules: readonly FaultRule[]) => community.discord.control.setFaults({ rules: [...rules] });

describe('when something fails', () => {
  test.each(['drop-before', 'drop-after'] as const)(
    'staff are asked once, and it is awarded and published once (%s)',
    async (kind) => {
      await fails([{ match: writing, times: 1, fault: { kind } }]);
      const tutorial = await tutorials.addAndAsk();
      await fails([
        { match: writing, times: 1, fault: { kind } },
        {
          match: { method: 'PATCH', route: '/channels/:channelId/messages/:messageId' },
          times: 1,
          fault: { kind },
        },
      ]);
      await tutorials.decide(tutorial, 'approved');
      expect(await tutorials.resultOf(tutorial)).toMatchObject({
        state: 'approved',
        closed: { kind: 'sent' },
      });
      expect(await tutorials.publishedOf(tutorial)).toHaveLength(1);
      expect(await tutorials.reviewsOf(tutorial)).toMatchObject([{ content: 'Approved' }]);
      expect(await tutorials.tenthsFor(tutorial)).toEqual([250]);
    },
  );

  test('a review that was terminated between award and publication is carried on by the next, and pays once', async () => {
    const tutorial = await tutorials.addAndAsk();
    await fails([{ match: writing, fault: { kind: 'drop-before' } }]);
    await tutorials.decide(tutorial, 'approved');
    await until(async () => (await tutorials.tenthsFor(tutorial)).length === 1);
    await tutorials.handleOf(tutorial).terminate();
    expect(await tutorials.publishedOf(tutorial)).toEqual([]);
    // The last attempt of the first may still be under way then.
    await fails([]);
    const settings = community.config.recognition.tutorials;
    await community.client.workflow.start(TUTORIAL, {
      ...startTutorial(tutorial, settings),
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    });
    expect(await tutorials.resultOf(tutorial)).toMatchObject({
      state: 'approved',
      published: { kind: 'sent' },
    });
    expect(await tutorials.publishedOf(tutorial)).toHaveLength(1);
    expect(await tutorials.reviewsOf(tutorial)).toHaveLength(1);
    expect(await tutorials.tenthsFor(tutorial)).toEqual([250]);
  });

  test('a review that was terminated goes on when staff decide', async () => {
    const tutorial = await tutorials.addAndAsk();
    await tutorials.handleOf(tutorial).terminate();
    await tutorials.decide(tutorial, 'approved');
    await until(async () => (await tutorials.publishedOf(tutorial)).length === 1);
    expect(await tutorials.resultOf(tutorial)).toMatchObject({ state: 'approved' });
    expect(await tutorials.reviewsOf(tutorial)).toMatchObject([{ content: 'Approved' }]);
  });

  test('a review that somebody has deleted holds nothing up', async () => {
    const tutorial = await tutorials.addAndAsk();
    const [review] = await tutorials.reviewsOf(tutorial);
    if (review === undefined) throw new Error('there is no review');
    const { id, channel_id, author } = review;
    await community.discord.control.deleteMessage({
      memberId: author.id,
      channelId: channel_id,
      messageId: id,
    });
    await tutorials.decide(tutorial, 'approved');
    expect(await tutorials.resultOf(tutorial)).toMatchObject({
      published: { kind: 'sent' },
      closed: { kind: 'refused' },
    });
  });

  test('the channels may have been made anew; without one, it is clear what was refused', async () => {
    for (const name of ['moderation', 'tutorials']) await replaceChannel(community, name);
    const tutorial = await tutorials.addAndAsk();
    await tutorials.decide(tutorial, 'approved');
    expect(await tutorials.resultOf(tutorial)).toMatchObject({ published: { kind: 'sent' } });
    const settings = community.config.recognition.tutorials as unknown as { channel: string };
    settings.channel = 'no-such-channel';
    const other = await tutorials.addAndAsk();
    await tutorials.decide(other, 'approved');
    expect(await tutorials.resultOf(other)).toMatchObject({
      points: 'awarded',
      published: { kind: 'refused', reason: expect.stringContaining('#no-such-channel') },
    });
    settings.channel = 'tutorials';
  });

  test('an author who takes no direct messages is not told', async () => {
    const tutorial = await tutorials.addAndAsk({}, { dmsClosed: true });
    await tutorials.decide(tutorial, 'declined', 'no');
    expect(await tutorials.resultOf(tutorial)).toMatchObject({
      state: 'declined',
      toldAuthor: { kind: 'closed' },
    });
  });
});
