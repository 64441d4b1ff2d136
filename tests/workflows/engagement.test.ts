import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewPost } from '../../database/posts.ts';
import type { Platform } from '../../domain/platforms.ts';
import { DAY_MS, HOUR_MS, startDistribution, type TestDistribution } from '../support/distribution.ts';
import { publishToRead, readingsOf, trackingOf } from '../support/engagement.ts';
import { until } from '../support/wait.ts';

const ALL: readonly Platform[] = ['discord', 'github', 'linkedin', 'x'];
const SLACK_MS = 2 * 60_000;

let posts: TestDistribution;
beforeAll(async () => {
  posts = await startDistribution();
});
afterEach(() => posts.fails());
afterAll(() => posts.stop());

const published = () => publishToRead(posts);
const readings = (post: NewPost) => readingsOf(posts.community.database, post);
const tracking = () => trackingOf(posts).handle;
const progress = () => trackingOf(posts).progress();

/** The states of a post's readings on a platform, from the earliest on. */
async function statesOn(platform: Platform, post: NewPost): Promise<string[]> {
  return (await readings(post)).filter((one) => one.platform === platform).map(({ state }) => state);
}

/** Waits until the readings of a post on a platform stand like this. */
const untilStates = (platform: Platform, post: NewPost, states: readonly string[]) =>
  until(async () => String(await statesOn(platform, post)) === String(states));

const heldPlatforms = async () => (await progress()).held.map(({ platform }) => platform);

/** What X calls a post. */
async function idOnX(post: NewPost): Promise<string> {
  return (await posts.deliveryOf(post, 'x')).publishedId ?? '';
}

describe('the figures of a post', () => {
  test('are read on all platforms at one time, and what a platform does not give is not known', async () => {
    const post = await published();
    const figures = { impressions: 1_200, likes: 31, shares: 4, comments: 0 };
    await posts.platforms.control.setFigures({ platform: 'x', id: await idOnX(post), figures });
    await posts.pass(HOUR_MS + SLACK_MS);
    for (const platform of ALL) await untilStates(platform, post, ['taken', 'due', 'due', 'due']);
    const onX = (await readings(post)).find(({ platform }) => platform === 'x');
    expect(onX?.figures).toMatchObject({ ...figures, reach: null });
    await until(async () => (await progress()).taken === ALL.length);
    // LinkedIn is asked which posts there are, and then for their figures.
    expect(await progress()).toMatchObject({ held: [], requests: ALL.length + 1 });
    const times = new Set((await readings(post)).flatMap(({ takenAt }) => takenAt ?? []));
    expect(times.size).toBe(1);
  });

  test('that go down are written down as they are', async () => {
    const post = await published();
    const set = async (likes: number) =>
      posts.platforms.control.setFigures({ platform: 'x', id: await idOnX(post), figures: { likes } });
    await set(20);
    await posts.pass(HOUR_MS + SLACK_MS);
    await untilStates('x', post, ['taken', 'due', 'due', 'due']);
    await set(12);
    await posts.pass(DAY_MS);
    await untilStates('x', post, ['taken', 'taken', 'due', 'due']);
    const likes = (await readings(post))
      .filter(({ platform }) => platform === 'x')
      .map(({ figures }) => figures.likes);
    expect(likes).toEqual([20, 12, null, null]);
  });

  test('are all read in the end, and then nothing waits any more until another post is published', async () => {
    const post = await published();
    await posts.pass(8 * DAY_MS);
    for (const platform of ALL) await untilStates(platform, post, ['taken', 'taken', 'taken', 'taken']);
    for (const { takenAt, dueAt } of await readings(post))
      expect(Math.abs((takenAt ?? 0) - dueAt)).toBeLessThan(SLACK_MS);
    await until(async () => (await tracking().describe()).status.name === 'COMPLETED');
    const next = await published();
    await until(async () => (await tracking().describe()).status.name === 'RUNNING');
    await posts.pass(HOUR_MS + SLACK_MS);
    for (const platform of ALL) await untilStates(platform, next, ['taken', 'due', 'due', 'due']);
  });
});

describe('a platform that cannot be read', () => {
  test('is held until its limit ends, and the others are read in time', async () => {
    const post = await published();
    const fault = { kind: 'rate limit', resetAfterMs: 5 * HOUR_MS } as const;
    await posts.fails({ platform: 'x', on: 'read', times: 1, fault });
    await posts.pass(HOUR_MS + SLACK_MS);
    for (const platform of ['discord', 'github', 'linkedin'] as const)
      await untilStates(platform, post, ['taken', 'due', 'due', 'due']);
    await until(async () => (await heldPlatforms()).includes('x'));
    await posts.pass(4 * HOUR_MS);
    expect(await statesOn('x', post)).toEqual(['due', 'due', 'due', 'due']);
    await posts.pass(HOUR_MS + SLACK_MS);
    await untilStates('x', post, ['taken', 'due', 'due', 'due']);
    const first = (await readings(post)).find(({ platform }) => platform === 'x');
    expect((first?.takenAt ?? 0) - (first?.dueAt ?? 0)).toBeGreaterThan(4 * HOUR_MS);
    await until(async () => (await heldPlatforms()).length === 0);
  });

  test('because of a limit on reading is published on all the same', async () => {
    await published();
    const fault = { kind: 'rate limit', resetAfterMs: DAY_MS } as const;
    await posts.fails({ platform: 'x', on: 'read', times: 1, fault });
    await posts.pass(HOUR_MS + SLACK_MS);
    await until(async () => (await heldPlatforms()).includes('x'));
    const publishedAt = await posts.now();
    const next = await published();
    expect((await posts.deliveryOf(next, 'x')).publishedAt).toBeLessThan(publishedAt + HOUR_MS);
    await posts.pass(DAY_MS);
    await until(async () => (await heldPlatforms()).length === 0);
  });

  test('is read once after it was out of order for long, and what came too late is missed', async () => {
    const post = await published();
    const fault = { kind: 'server error', status: 503 } as const;
    await posts.fails({ platform: 'linkedin', on: 'read', times: 10_000, fault });
    await posts.pass(HOUR_MS + SLACK_MS);
    await until(async () => (await heldPlatforms()).includes('linkedin'));
    await posts.pass(DAY_MS);
    await untilStates('x', post, ['taken', 'taken', 'due', 'due']);
    await posts.fails();
    await posts.pass(HOUR_MS);
    await untilStates('linkedin', post, ['missed', 'taken', 'due', 'due']);
  });

  test('is asked again as soon as somebody has connected its account', async () => {
    const post = await published();
    await posts.platforms.control.revoke({ platform: 'linkedin' });
    await posts.pass(HOUR_MS + SLACK_MS);
    await until(async () => (await heldPlatforms()).includes('linkedin'));
    await untilStates('x', post, ['taken', 'due', 'due', 'due']);
    await posts.connect();
    await untilStates('linkedin', post, ['taken', 'due', 'due', 'due']);
  });
});

describe('a post that was deleted on its platform', () => {
  test('is marked there, and read on the others', async () => {
    const post = await published();
    await posts.platforms.control.deletePost({ platform: 'x', id: await idOnX(post) });
    await posts.pass(HOUR_MS + SLACK_MS);
    await untilStates('x', post, ['gone', 'gone', 'gone', 'gone']);
    await posts.pass(8 * DAY_MS);
    for (const platform of ['discord', 'github', 'linkedin'] as const)
      await untilStates(platform, post, ['taken', 'taken', 'taken', 'taken']);
    await until(async () => (await tracking().describe()).status.name === 'COMPLETED');
  });
});
