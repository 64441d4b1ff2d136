import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { endDelivery } from '../../database/deliveries.ts';
import type { NewPost } from '../../database/posts.ts';
import { planDistribution } from '../../domain/distribution.ts';
import type { Platform } from '../../domain/platforms.ts';
import { deliveryWorkflowId } from '../../domain/posts.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { DELIVERY, deliveryOptions } from '../../workflows/definitions/delivery.ts';
import { approvePost, cancelPost, postChanged } from '../../workflows/definitions/distribution.ts';
import {
  APPROVER,
  DAY_MS,
  HOUR_MS,
  startDistribution,
  type TestDistribution,
} from '../support/distribution.ts';
import { until } from '../support/wait.ts';

const ALL: readonly Platform[] = ['discord', 'x', 'linkedin', 'github'];

let posts: TestDistribution;
beforeAll(async () => {
  posts = await startDistribution();
});
afterAll(() => posts.stop());

/** On how many platforms it stands, each once. */
async function expectOnce(post: NewPost, platforms: readonly Platform[]): Promise<void> {
  for (const platform of ALL) {
    const texts = await posts.textsOn(platform, post);
    expect([platform, texts.length]).toEqual([platform, platforms.includes(platform) ? 1 : 0]);
  }
}

/** Moves a post, as its command does. */
async function move(post: NewPost, publishAt: number): Promise<void> {
  await posts.community.database.em
    .fork()
    .execute(`update posts set publish_at = ?, revision = revision + 1 where id = ?`, [
      new Date(publishAt),
      post.postId,
    ]);
  await posts.handleOf(post).signal(postChanged);
}

describe('a post', () => {
  test('is published once on each platform, and linked to on Discord', async () => {
    const post = await posts.publish({ link: 'https://tixl.app/release' });
    expect(await posts.resultOf(post)).toEqual({
      state: 'settled',
      platforms: { discord: 'published', x: 'published', linkedin: 'published', github: 'published' },
    });
    await expectOnce(post, ALL);
    const [crossPost, ...others] = await posts.crossPosts(post);
    expect(others).toEqual([]);
    for (const platform of ALL) {
      const { url } = await posts.deliveryOf(post, platform);
      expect(crossPost?.embeds[0]?.description).toContain(url);
    }
    expect(await posts.rowOf(post)).toMatchObject({
      state: 'settled',
      crossPost: { messageId: crossPost?.id },
    });
  });

  test('waits for its time, and is moved', async () => {
    const publishAt = (await posts.now()) + DAY_MS;
    const post = await posts.publish({ publishAt });
    await move(post, publishAt + DAY_MS);
    await until(async () => (await posts.progressOf(post)).waitsFor?.until === publishAt + DAY_MS);
    await posts.pass(DAY_MS + HOUR_MS);
    await expectOnce(post, []);
    await posts.pass(DAY_MS);
    expect(await posts.resultOf(post)).toMatchObject({ state: 'settled' });
    await expectOnce(post, ALL);
  });

  test('that is called off is published nowhere', async () => {
    const post = await posts.publish({ publishAt: (await posts.now()) + DAY_MS });
    const cancel = () => posts.handleOf(post).executeUpdate(cancelPost, { args: [{ by: APPROVER }] });
    expect(await cancel()).toBe('cancelled');
    expect(await posts.resultOf(post)).toMatchObject({ state: 'cancelled' });
    await posts.pass(2 * DAY_MS);
    await expectOnce(post, []);
    expect(await posts.deliveryOf(post, 'x')).toMatchObject({ state: 'cancelled' });
  });

  test('that is called off in the Temporal UI is published nowhere', async () => {
    const post = await posts.publish({ publishAt: (await posts.now()) + DAY_MS });
    await posts.handleOf(post).cancel();
    await expect(posts.resultOf(post)).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    expect(await posts.rowOf(post)).toMatchObject({ state: 'cancelled' });
    await expectOnce(post, []);
  });

  test('that nobody approves is forgotten', async () => {
    const post = await posts.write();
    await until(async () => (await posts.progressOf(post)).waitsFor?.what === 'for approval');
    await posts.pass(14 * DAY_MS + HOUR_MS);
    expect(await posts.resultOf(post)).toMatchObject({ state: 'expired' });
    await expectOnce(post, []);
  });
});

describe('a platform that an earlier run of the workflow has begun', () => {
  test('is looked at more and more seldom until it is settled', async () => {
    const publishAt = (await posts.now()) + HOUR_MS;
    const post = await posts.publish({ publishAt, platforms: ['linkedin'] });
    const { guildId, postId } = post;
    const ref = { guildId, postId, platform: 'linkedin' } as const;
    const plan = planDistribution(posts.community.config.distribution);
    // It ends at once, since the post is not being published yet: what follows waits for somebody to settle it.
    await posts.community.client.workflow.start(DELIVERY, {
      ...deliveryOptions({ delivery: ref, plan }),
      ...{ workflowId: deliveryWorkflowId(ref), taskQueue: taskQueues(guildId).community },
    });
    await posts.pass(HOUR_MS);
    await until(async () => (await posts.rowOf(post)).state === 'publishing');
    await posts.pass(3 * DAY_MS);
    const { events } = await posts.handleOf(post).fetchHistory();
    const looks = (events ?? []).filter(
      ({ timerStartedEventAttributes }) => timerStartedEventAttributes != null,
    );
    expect(looks.length).toBeGreaterThan(10);
    expect(looks.length).toBeLessThan(25);
    await endDelivery(posts.community.database.em.fork(), ref, 'skipped');
    await posts.pass(6 * HOUR_MS);
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'skipped' } });
  });
});

describe('approval', () => {
  test('is of what was seen: a revision that was changed since is not approved', async () => {
    const post = await posts.write({ publishAt: (await posts.now()) + DAY_MS });
    await move(post, post.publishAt ?? 0);
    const approval = await posts
      .handleOf(post)
      .executeUpdate(approvePost, { args: [{ by: APPROVER, revision: 1 }] });
    expect(approval).toEqual({ kind: 'changed meanwhile', revision: 2 });
  });

  test('is refused with all that must be mended first', async () => {
    const late = await posts.write({ publishAt: (await posts.now()) - HOUR_MS });
    expect(await posts.approve(late)).toMatchObject({
      kind: 'problems',
      problems: [expect.stringContaining('Its time is over')],
    });
    const empty = await posts.write({ title: '', text: '', hashtags: [] });
    expect(await posts.approve(empty)).toMatchObject({ kind: 'problems' });
    await expectOnce(late, []);
  });

  test('is refused where a platform is configured so that it cannot take it, before it stands anywhere', async () => {
    const repository = 'tixl3d/tixl';
    await posts.github.control.switchFeatures({ repository, discussions: false, issues: true });
    const post = await posts.write();
    expect(await posts.approve(post)).toEqual({
      kind: 'problems',
      problems: [expect.stringMatching(/^GitHub: .*switched off/)],
    });
    await expectOnce(post, []);
    await posts.github.control.switchFeatures({ repository, discussions: true, issues: true });
    expect(await posts.approve(post)).toMatchObject({ kind: 'approved' });
  });

  test('that nobody could approve any more when its time comes waits for approval again, and stands nowhere', async () => {
    const post = await posts.publish({ publishAt: (await posts.now()) + HOUR_MS });
    await posts.community.database.em
      .fork()
      .execute(
        `update posts set title = '', text = '', hashtags = '{}', revision = revision + 1 where id = ?`,
        [post.postId],
      );
    await posts.handleOf(post).signal(postChanged);
    await posts.pass(HOUR_MS);
    await until(async () => (await posts.rowOf(post)).state === 'proposed');
    await expectOnce(post, []);
  });

  test('that names nobody is refused before anything is recorded', async () => {
    const post = await posts.write();
    const approve = posts
      .handleOf(post)
      .executeUpdate(approvePost, { args: [{ by: 'me' as typeof APPROVER, revision: 1 }] });
    await expect(approve).rejects.toMatchObject({
      cause: { message: expect.stringContaining('expected by') },
    });
  });
});
