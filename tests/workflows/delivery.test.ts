import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DAY_MS, HOUR_MS, startDistribution, type TestDistribution } from '../support/distribution.ts';
import { until } from '../support/wait.ts';

let posts: TestDistribution;
beforeAll(async () => {
  posts = await startDistribution();
});
afterEach(() => posts.fails());
afterAll(() => posts.stop());

const OTHERS = { discord: 'published', x: 'published', github: 'published' } as const;

/** The message of a failure, and whether it can be decided on. */
async function failuresOf(post: Parameters<typeof posts.staffMessages>[0]) {
  return (await posts.staffMessages(post)).map(({ embeds, components }) => ({
    text: `${embeds[0]?.description} ${embeds[0]?.fields?.map(({ value }) => value).join(' ') ?? ''}`,
    isOpen: (components ?? []).length > 0,
  }));
}

describe('a post that a platform rejects', () => {
  test('is shown to staff, while it goes on elsewhere, and tried again when they say so', async () => {
    await posts.fails({ platform: 'linkedin', on: 'publish', times: 1, fault: { kind: 'duplicate' } });
    const post = await posts.publish();
    await posts.passUntilIt('failed', post, 'linkedin');
    await posts.passUntilIt('published', post, 'github');
    await until(async () => (await failuresOf(post)).some(({ isOpen }) => isOpen));
    expect(await posts.progressOn(post, 'linkedin')).toMatchObject({
      ...{ state: 'failed', attempt: 1, waitsFor: { what: 'for a decision' } },
    });
    await posts.decide(post, 'linkedin', 'retry');
    expect(await posts.resultOf(post)).toEqual({
      state: 'settled',
      platforms: { ...OTHERS, linkedin: 'published' },
    });
    expect(await posts.textsOn('linkedin', post)).toHaveLength(1);
    expect(await failuresOf(post)).toEqual([
      { text: expect.stringContaining('Published: http'), isOpen: false },
    ]);
  });

  test('is abandoned when nobody decides for 30 days, and staff are told', async () => {
    await posts.fails({ platform: 'linkedin', on: 'publish', times: 1, fault: { kind: 'duplicate' } });
    const post = await posts.publish();
    await posts.passUntilIt('failed', post, 'linkedin');
    await posts.pass(29 * DAY_MS);
    expect(await posts.deliveryOf(post, 'linkedin')).toMatchObject({ state: 'failed' });
    await posts.pass(2 * DAY_MS);
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { ...OTHERS, linkedin: 'abandoned' } });
    expect(await failuresOf(post)).toEqual([
      { text: expect.stringContaining('nobody has decided within 30 days'), isOpen: false },
      { text: expect.stringContaining('nobody has decided within 30 days'), isOpen: false },
    ]);
  });

  test('is skipped when staff say so, and only while it waits for them', async () => {
    await posts.fails({ platform: 'linkedin', on: 'publish', times: 1, fault: { kind: 'duplicate' } });
    const post = await posts.publish();
    await posts.passUntilIt('failed', post, 'linkedin');
    expect(await posts.decide(post, 'linkedin', 'skip')).toBe('skipped');
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'skipped' } });
    await expect(posts.decide(post, 'x', 'retry')).rejects.toThrow();
    expect(await posts.textsOn('linkedin', post)).toEqual([]);
  });
});

describe('a post that a platform does not take at the moment', () => {
  test('waits until a limit ends, for a day if need be', async () => {
    const fault = { kind: 'rate limit', resetAfterMs: DAY_MS } as const;
    await posts.fails({ platform: 'x', on: 'publish', times: 1, fault });
    const post = await posts.publish();
    await posts.passUntilIt('held', post, 'x');
    await posts.pass(23 * HOUR_MS);
    expect(await posts.textsOn('x', post)).toEqual([]);
    await posts.pass(2 * HOUR_MS);
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { x: 'published' } });
    expect(await posts.textsOn('x', post)).toHaveLength(1);
    expect(await posts.staffMessages(post)).toEqual([]);
  });

  test('is tried again by itself while the platform is out of order', async () => {
    await posts.fails({
      platform: 'linkedin',
      on: 'publish',
      times: 3,
      fault: { kind: 'drop', when: 'before' },
    });
    const post = await posts.publish();
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'published' } });
    expect(await posts.textsOn('linkedin', post)).toHaveLength(1);
  });

  test('waits for its account, and goes on when that is connected again', async () => {
    await posts.platforms.control.revoke({ platform: 'linkedin' });
    const post = await posts.publish();
    await posts.passUntilIt('account', post, 'linkedin');
    await posts.pass(DAY_MS);
    expect(await posts.deliveryOf(post, 'linkedin')).toMatchObject({ state: 'account' });
    await posts.connect();
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { ...OTHERS, linkedin: 'published' } });
    expect(await posts.textsOn('linkedin', post)).toHaveLength(1);
  });
});

describe('a post of which the answer was lost', () => {
  test('is found where it was published, and not published again', async () => {
    for (const platform of ['x', 'linkedin'] as const) {
      await posts.fails({ platform, on: 'publish', times: 1, fault: { kind: 'drop', when: 'after' } });
      const post = await posts.publish();
      expect(await posts.resultOf(post)).toMatchObject({ platforms: { [platform]: 'published' } });
      expect(await posts.textsOn(platform, post)).toHaveLength(1);
      expect(await posts.deliveryOf(post, platform)).toMatchObject({ attempt: 1 });
    }
  });

  test('is published by another attempt where it is not there', async () => {
    await posts.fails({ platform: 'x', on: 'publish', times: 1, fault: { kind: 'drop', when: 'before' } });
    const post = await posts.publish();
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { x: 'published' } });
    expect(await posts.textsOn('x', post)).toHaveLength(1);
  });
});
