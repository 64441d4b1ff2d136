import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findPostStats } from '../../database/post-stats.ts';
import { toPostId } from '../../domain/posts.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { publish, writeReading } from '../support/post-readings.ts';
import { DAY_MS, HOUR_MS, notTaken, PUBLISHED_AT, platformStats, taken } from '../support/post-stats.ts';
import { addDraft } from '../support/posts.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();

describe('the statistics of a post', () => {
  test('have the readings of each platform on which it is published, in their order', async () => {
    const post = await addDraft(database, newGuildId(), {
      ...{ title: 'News', platforms: ['github', 'x', 'discord', 'linkedin'] },
    });
    for (const platform of ['github', 'x', 'discord'] as const) await publish(em(), { ...post, platform });
    const day = taken(DAY_MS, { impressions: 3_000_000_000, likes: 0, clicks: 4 }, { score: 0.75 });
    const hour = taken(HOUR_MS, { likes: 5 }, { isWeighed: false });
    const due = notTaken(7 * DAY_MS, 'due');
    for (const reading of [due, day, hour]) await writeReading(em(), { ...post, platform: 'x' }, reading);
    await writeReading(em(), { ...post, platform: 'github' }, notTaken(HOUR_MS, 'gone'));
    await writeReading(em(), { ...post, platform: 'linkedin' }, hour);
    expect(await findPostStats(em(), post)).toEqual({
      ...{ ...post, title: 'News', state: 'draft' },
      platforms: [
        platformStats('discord', []),
        platformStats('x', [hour, day, due], { needsAccount: true }),
        platformStats('github', [notTaken(HOUR_MS, 'gone')], { needsAccount: true }),
      ],
    });
  });

  test('are those of this post alone, in this guild', async () => {
    const [one, other] = [await addDraft(database, newGuildId()), await addDraft(database, newGuildId())];
    const reading = taken(HOUR_MS, { likes: 5 });
    for (const post of [one, other]) await publish(em(), { ...post, platform: 'x' });
    await writeReading(em(), { ...other, platform: 'x' }, reading);
    await writeReading(em(), { ...one, guildId: other.guildId, platform: 'x' }, reading);
    expect((await findPostStats(em(), one))?.platforms).toEqual([
      platformStats('x', [], { needsAccount: true }),
    ]);
    expect(await findPostStats(em(), { ...one, guildId: other.guildId })).toBeUndefined();
  });

  test.each([
    ['expired', true],
    ['connected', false],
    [undefined, true],
  ])('say where an account needs to be connected (%s)', async (state, needsAccount) => {
    const post = await addDraft(database, newGuildId());
    for (const platform of ['discord', 'x'] as const) await publish(em(), { ...post, platform });
    if (state !== undefined)
      await em().execute(
        `insert into platform_accounts (guild_id, platform, state, account_id, account_name, tokens)
         values (?, 'x', ?, '1', 'tixl', ''::bytea)`,
        [post.guildId, state],
      );
    expect((await findPostStats(em(), post))?.platforms).toEqual([
      platformStats('discord', []),
      platformStats('x', [], { needsAccount }),
    ]);
  });

  test('of a post that was never published have no platform; of none there are none', async () => {
    const post = await addDraft(database, newGuildId());
    expect(await findPostStats(em(), post)).toMatchObject({ state: 'draft', platforms: [] });
    expect(await findPostStats(em(), { ...post, postId: toPostId('1') })).toBeUndefined();
  });

  test('know when it was published', async () => {
    const post = await addDraft(database, newGuildId());
    await publish(em(), { ...post, platform: 'x' });
    expect((await findPostStats(em(), post))?.platforms[0]?.publishedAt).toBe(PUBLISHED_AT);
  });
});
