import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findAmplification, type WeighingSettings, weighReadings } from '../../database/amplification.ts';
import { weightedInteractions } from '../../domain/amplification.ts';
import { type Figures, NO_FIGURES } from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PostId, PostRef } from '../../domain/posts.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { addDraft } from '../support/posts.ts';
import { addHistory, addReadings, otherPostId, type TestReading } from '../support/readings.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SETTINGS: WeighingSettings = {
  score: { weights: { likes: 1, shares: 3, comments: 2, clicks: 1 }, leastPosts: 3, within: '180d' },
  amplification: { above: 0.8 },
};

let database: TestDatabase;
let guildId: GuildId;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  guildId = newGuildId();
});

const em = () => database.orm.em.fork();
const weighAll = (settings = SETTINGS) => weighReadings(em(), guildId, AT, settings);
const likes = (...counts: readonly number[]) => counts.map((count) => ({ likes: count }));

/** Other posts on X an hour after they were published, a day ago. */
function history(figures: readonly Partial<Figures>[], rest: Partial<TestReading> = {}): Promise<void> {
  const of = { guildId, platform: 'x', ageMs: HOUR_MS, takenAt: AT - DAY_MS, ...rest } as const;
  return addHistory(em(), of, figures);
}

/** A post that was just read on X an hour after it was published. */
async function read(figures: Partial<Figures>, rest: Partial<TestReading> = {}): Promise<PostId> {
  const postId = rest.postId ?? otherPostId();
  const reading = { guildId, postId, platform: 'x', ageMs: HOUR_MS, takenAt: AT, figures } as const;
  await addReadings(em(), [{ ...reading, ...rest }]);
  return postId;
}

async function scoreOn(postId: PostId, platform: Platform = 'x') {
  const [row]: { score: number | null; isWeighed: boolean }[] = await em().execute(
    `select score, is_weighed as "isWeighed" from post_readings where guild_id = ? and post_id = ? and platform = ?`,
    [guildId, postId, platform],
  );
  return row;
}

/** The posts that are ordered to be amplified. */
async function ordered(): Promise<PostRef[]> {
  const rows: { order: { post: PostRef } }[] = await em().execute(
    `select "order" from outbox where "order"->>'kind' = 'amplify post' and "order"->'post'->>'guildId' = ?`,
    [guildId],
  );
  return rows.map(({ order }) => order.post);
}

describe('a reading', () => {
  test('is weighed once, against the median of the others', async () => {
    await history(likes(1, 5, 5, 1_000));
    const postId = await read({ likes: 25 });
    expect(await weighAll()).toEqual({ weighed: 1, amplified: 0 });
    // (25 + 5) / (5 + 5) = 3
    expect(await scoreOn(postId)).toEqual({ score: 0.75, isWeighed: true });
    expect(await weighAll()).toEqual({ weighed: 0, amplified: 0 });
  });

  test('has no score where there is too little history, and nobody is told', async () => {
    await history(likes(1, 1));
    const postId = await read({ likes: 1_000 });
    expect(await weighAll()).toEqual({ weighed: 1, amplified: 0 });
    expect(await scoreOn(postId)).toEqual({ score: null, isWeighed: true });
    expect(await ordered()).toEqual([]);
  });

  test('is compared with the same platform, age and guild alone, within the time that is configured', async () => {
    await history(likes(1, 1, 1), { platform: 'linkedin' });
    await history(likes(1, 1, 1), { ageMs: DAY_MS });
    await history(likes(1, 1, 1), { guildId: newGuildId() });
    await history(likes(1, 1, 1), { takenAt: AT - 181 * DAY_MS });
    await history(likes(1, 1, 1), { state: 'gone' });
    await history(likes(1, 1), {});
    const postId = await read({ likes: 1_000 });
    await weighAll();
    expect(await scoreOn(postId)).toEqual({ score: null, isWeighed: true });
  });

  test('that is not taken is not weighed', async () => {
    await history(likes(1, 1, 1));
    for (const state of ['due', 'missed', 'gone'] as const) await read({ likes: 1_000 }, { state });
    expect(await weighAll()).toEqual({ weighed: 0, amplified: 0 });
  });

  test('is compared by what the platform gives of it, with those alone of which it gives that too', async () => {
    await history([...likes(0, 0, 0), ...[10, 20, 30].map((clicks) => ({ likes: 5, clicks }))]);
    const withClicks = await read({ likes: 5, clicks: 20 });
    // Taken later, so that it is not compared with by the other.
    const without = await read({ likes: 5 }, { takenAt: AT + 1 });
    await weighAll();
    expect(await scoreOn(withClicks)).toMatchObject({ score: 0.5 });
    // Of seven others, four have five likes and three none.
    expect(await scoreOn(without)).toMatchObject({ score: 0.5 });
  });

  test.each([
    [HOUR_MS, 10 * 60_000],
    [DAY_MS, 2.4 * HOUR_MS],
  ])(
    'at %i ms that was taken %i ms after it was due, and no later, is compared, also with others',
    async (ageMs, late) => {
      const at = { ageMs, dueAt: AT - late };
      await history(likes(5, 5, 5), { ageMs, takenAt: AT - DAY_MS, dueAt: AT - DAY_MS - late });
      // Held up for long, as all of an account that had expired: so much had happened by then.
      await history(likes(90, 90, 90, 90), { ageMs, takenAt: AT - DAY_MS, dueAt: AT - DAY_MS - late - 1 });
      const inTime = await read({ likes: 25 }, at);
      const tooLate = await read({ likes: 1_000 }, { ...at, takenAt: AT + 1 });
      expect(await weighAll()).toEqual({ weighed: 2, amplified: 0 });
      expect(await scoreOn(inTime)).toEqual({ score: 0.75, isWeighed: true });
      expect(await scoreOn(tooLate)).toEqual({ score: null, isWeighed: true });
      expect(await ordered()).toEqual([]);
    },
  );

  test('of which nothing is given that counts has no score', async () => {
    await history(likes(1, 1, 1));
    const postId = await read({ impressions: 1_000, reach: 900 });
    await weighAll();
    expect(await scoreOn(postId)).toEqual({ score: null, isWeighed: true });
  });

  test('comes to what the rules of the domain say, whatever is given', async () => {
    const count = fc.option(fc.nat({ max: 50 }));
    const figures = fc.record({ likes: count, shares: count, comments: count, clicks: count });
    await fc.assert(
      fc.asyncProperty(fc.array(figures, { minLength: 1, maxLength: 12 }), figures, async (others, mine) => {
        guildId = newGuildId();
        await history(others);
        const postId = await read(mine);
        await weighAll();
        expect((await scoreOn(postId))?.score ?? null).toEqual(expectedScore(others, mine));
      }),
      { numRuns: 30 },
    );
  });
});

/** The same by hand: the median of those that have all that this one has. */
function expectedScore(others: readonly Partial<Figures>[], mine: Partial<Figures>): unknown {
  const names = (['likes', 'shares', 'comments', 'clicks'] as const).filter((name) => mine[name] != null);
  const sumOf = (of: Partial<Figures>) => {
    const counted = Object.fromEntries(names.map((name) => [name, of[name]]));
    return weightedInteractions({ ...NO_FIGURES, ...counted }, SETTINGS.score) ?? 0;
  };
  const sums = others
    .filter((other) => names.every((name) => other[name] != null))
    .map(sumOf)
    .sort((one, other) => one - other);
  if (names.length === 0 || sums.length < SETTINGS.score.leastPosts) return null;
  const half = (sums.length - 1) / 2;
  const median = ((sums[Math.floor(half)] ?? 0) + (sums[Math.ceil(half)] ?? 0)) / 2;
  const ratio = (sumOf(mine) + 5) / (median + 5);
  return expect.closeTo(ratio / (1 + ratio), 10);
}

describe('a post that does much better than usual', () => {
  /** One that stands in the database. */
  async function outstanding(rest: Partial<TestReading> = {}): Promise<PostRef> {
    const post = await addDraft(database, guildId);
    await read({ likes: 100 }, { ...rest, postId: post.postId });
    return post;
  }

  test('is ordered to be amplified once, with the evidence, however many platforms say so', async () => {
    await history(likes(5, 5, 5));
    await history(likes(0, 0, 0), { platform: 'linkedin' });
    const post = await outstanding();
    await read({ likes: 100 }, { platform: 'linkedin', postId: post.postId });
    expect(await weighAll()).toEqual({ weighed: 2, amplified: 1 });
    expect(await ordered()).toEqual([post]);
    const found = await findAmplification(em(), post, SETTINGS.score);
    expect(found).toMatchObject({
      title: 'News',
      evidence: [
        { platform: 'linkedin', usual: 0, comparedWith: 3, weighted: 100, interactions: { likes: 100 } },
        { platform: 'x', usual: 5, comparedWith: 3, ageMs: HOUR_MS },
      ],
      unscored: [],
    });
    await read({ likes: 500 }, { postId: post.postId, ageMs: DAY_MS });
    await history(likes(5, 5, 5), { ageMs: DAY_MS });
    expect(await weighAll()).toEqual({ weighed: 1, amplified: 0 });
    expect(await ordered()).toHaveLength(1);
  });

  test('says on which platforms there was too little to compare it with', async () => {
    await history(likes(5, 5, 5));
    const post = await outstanding();
    await read({ likes: 100 }, { platform: 'youtube', postId: post.postId });
    await read({ impressions: 100 }, { platform: 'github', postId: post.postId });
    await weighAll();
    expect(await findAmplification(em(), post, SETTINGS.score)).toMatchObject({
      evidence: [{ platform: 'x' }],
      ...{ unscored: ['youtube'], uncounted: ['github'], followUpState: null },
    });
  });

  test('says how the post that follows it up stands by now', async () => {
    await history(likes(5, 5, 5));
    const post = await outstanding();
    await weighAll();
    const followUp = await addDraft(database, guildId);
    await em().execute('update post_amplifications set follow_up_id = ? where post_id = ?', [
      ...[followUp.postId, post.postId],
    ]);
    expect(await findAmplification(em(), post, SETTINGS.score)).toMatchObject({ followUpState: 'draft' });
  });

  test('is not amplified where a later reading that is weighed with it says otherwise', async () => {
    await history(likes(5, 5, 5));
    await history(likes(100, 100, 100), { ageMs: DAY_MS });
    const post = await outstanding();
    await read({ likes: 101 }, { postId: post.postId, ageMs: DAY_MS, takenAt: AT + 1 });
    expect(await weighAll()).toEqual({ weighed: 2, amplified: 0 });
    expect(await findAmplification(em(), post, SETTINGS.score)).toBeUndefined();
  });

  test('has to be above the bound, not at it', async () => {
    await history(likes(5, 5, 5));
    const at = await addDraft(database, guildId);
    await read({ likes: 35 }, { postId: at.postId });
    expect(await weighAll()).toEqual({ weighed: 1, amplified: 0 });
    expect(await scoreOn(at.postId)).toMatchObject({ score: 0.8 });
  });

  test('is amplified once also by several who weigh at the same time, and each reading is weighed once', async () => {
    const usual = likes(...Array.from({ length: 130 }, () => 5));
    await history(usual);
    await history(usual, { platform: 'linkedin' });
    const posts: PostRef[] = [];
    for (let index = 0; index < 60; index += 1) {
      const post = await outstanding({ takenAt: AT + index });
      await read({ likes: 100 }, { platform: 'linkedin', postId: post.postId, takenAt: AT - index });
      posts.push(post);
    }
    const reports = await Promise.all(Array.from({ length: 4 }, () => weighAll()));
    const sum = (name: 'weighed' | 'amplified') => reports.reduce((total, report) => total + report[name], 0);
    expect([sum('weighed'), sum('amplified')]).toEqual([120, 60]);
    const ids = (await ordered()).map(({ postId }) => postId);
    expect(ids.sort()).toEqual(posts.map(({ postId }) => postId).sort());
  });
});
