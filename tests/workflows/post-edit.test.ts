import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DAY_MS, startDistribution, type TestDistribution } from '../support/distribution.ts';
import { until } from '../support/wait.ts';

let posts: TestDistribution;
beforeAll(async () => {
  posts = await startDistribution();
});
afterEach(() => posts.fails());
afterAll(() => posts.stop());

/** What staff are told of changes, by platform. */
async function told(post: Parameters<typeof posts.staffMessages>[0]): Promise<string> {
  const messages = await posts.staffMessages(post);
  return messages.map(({ embeds }) => embeds[0]?.description ?? '').join('\n');
}

describe('a post that is edited', () => {
  test('before it is published says what it said last', async () => {
    const post = await posts.publish({ publishAt: (await posts.now()) + DAY_MS });
    await posts.change(post, 'Said in the end.');
    await posts.pass(DAY_MS);
    await posts.resultOf(post);
    for (const platform of post.platforms) {
      expect(await posts.textsOn(platform, post)).toEqual([]);
      expect(await posts.textsOn(platform, { text: 'Said in the end.' })).toHaveLength(1);
    }
  });

  test('after it is published is changed where that can be, and staff are told where it cannot', async () => {
    const post = await posts.publish();
    await posts.resultOf(post);
    await posts.change(post, 'Corrected afterwards.');
    await until(async () => (await told(post)).includes('LinkedIn'));
    for (const platform of ['discord', 'linkedin', 'github'] as const) {
      expect(await posts.textsOn(platform, post)).toEqual([]);
      expect(await posts.textsOn(platform, { text: 'Corrected afterwards.' })).toHaveLength(1);
      expect(await posts.deliveryOf(post, platform)).toMatchObject({ publishedRevision: 2 });
    }
    expect(await posts.textsOn('x', post)).toHaveLength(1);
    expect(await told(post)).toContain('X: says what it said before');
  });

  test('while it has failed on a platform is published there as it is then', async () => {
    await posts.fails({ platform: 'linkedin', on: 'publish', times: 1, fault: { kind: 'duplicate' } });
    const post = await posts.publish();
    await posts.passUntilIt('failed', post, 'linkedin');
    await posts.change(post, 'Mended, and tried again.');
    await posts.decide(post, 'linkedin', 'retry');
    expect(await posts.resultOf(post)).toMatchObject({ platforms: { linkedin: 'published' } });
    expect(await posts.textsOn('linkedin', post)).toEqual([]);
    expect(await posts.textsOn('linkedin', { text: 'Mended, and tried again.' })).toHaveLength(1);
  });
});
