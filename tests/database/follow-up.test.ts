import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { CommunityConfig } from '../../config/schema.ts';
import { proposeFollowUp } from '../../database/follow-up.ts';
import { findListedPost } from '../../database/post-lists.ts';
import { deliveriesOf, findPost } from '../../database/posts.ts';
import type { FollowUpSettings } from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import { type PostRef, toPostId } from '../../domain/posts.ts';
import { postListMessage } from '../../views/post-lists.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { addDraft } from '../support/posts.ts';

const AT = Date.parse('2026-11-24T12:00:00Z');
const URL_ON_X = 'https://x.com/tixl/status/1';

let database: TestDatabase;
let config: CommunityConfig;
let guildId: GuildId;
beforeAll(async () => {
  [database, config] = await Promise.all([freshDatabase(), loadConfigWith('{}')]);
});
afterAll(() => database.close());
beforeEach(() => {
  guildId = newGuildId();
});

const em = () => database.orm.em.fork();

/** Connects accounts, so that posts can go there. */
async function connect(...platforms: readonly string[]): Promise<void> {
  for (const platform of platforms)
    await em().execute(
      `insert into platform_accounts (guild_id, platform, state, account_id, account_name, tokens)
       values (?, ?, 'connected', '1', 'TiXL', '')`,
      [guildId, platform],
    );
}

/** A post that does best on X. */
async function amplified(): Promise<PostRef> {
  const post = await addDraft(database, guildId, { title: 'TiXL 4', hashtags: ['TiXL'] });
  await em().execute(
    `update post_deliveries set state = 'published', url = ? where guild_id = ? and post_id = ? and platform = 'x'`,
    [URL_ON_X, guildId, post.postId],
  );
  await amplify(post);
  return post;
}

async function amplify({ postId }: PostRef): Promise<void> {
  await em().execute(
    `insert into post_amplifications (guild_id, post_id, platform, age_ms, score, evidence, decided_at)
     values (?, ?, 'x', 3600000, 0.9, '[]', ?)`,
    [guildId, postId, new Date(AT)],
  );
}

function propose(post: PostRef, followUp: Partial<FollowUpSettings> = {}) {
  const platforms = ['x', 'linkedin', 'youtube'] as const;
  const settings = { platforms, title: 'Again: {title}', text: 'Seen on {platform}?', ...followUp };
  return proposeFollowUp(em(), post, AT, { followUp: settings, distribution: config.distribution });
}

async function countOrders(): Promise<number> {
  const [row]: { count: number }[] = await em().execute(
    `select count(*)::integer as count from outbox
     where "order"->>'kind' = 'begin post' and "order"->'post'->>'postId' like '%-follow-up'
       and "order"->'post'->>'guildId' = ?`,
    [guildId],
  );
  return row?.count ?? 0;
}

describe('a follow-up', () => {
  test('is proposed for the configured platforms that would take it, beside the one where the post does best', async () => {
    await connect('x', 'linkedin', 'youtube');
    const post = await amplified();
    const postId = toPostId(`${post.postId}-follow-up`);
    // YouTube takes nothing without a video.
    const expected = { kind: 'proposed', postId, platforms: ['linkedin'], leftOut: ['youtube'] };
    expect(await propose(post)).toEqual(expected);
    const ref = { guildId, postId };
    expect(await findPost(em(), ref)).toMatchObject({
      ...{ state: 'proposed', title: 'Again: TiXL 4', text: 'Seen on X?', hashtags: ['TiXL'] },
      ...{ link: URL_ON_X, createdBy: null, publishAt: null, revision: 1 },
    });
    expect(await deliveriesOf(em(), ref)).toMatchObject([{ platform: 'linkedin', state: 'waiting' }]);
    expect(await countOrders()).toBe(1);
  });

  test('is proposed once, however often and by how many it is asked for, and all get the same', async () => {
    await connect('linkedin');
    const post = await amplified();
    const all = await Promise.all(Array.from({ length: 4 }, () => propose(post)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await propose(post)).toEqual(all[0]);
    expect(await countOrders()).toBe(1);
  });

  test('is not proposed where nobody would take it', async () => {
    const post = await amplified();
    expect(await propose(post)).toEqual({ kind: 'nowhere', leftOut: ['linkedin', 'youtube'] });
    expect(await propose(post, { platforms: ['x'] })).toEqual({ kind: 'nowhere', leftOut: [] });
    expect(await countOrders()).toBe(0);
  });

  test('is not followed up itself', async () => {
    await connect('linkedin');
    const post = await amplified();
    const proposed = await propose(post);
    if (proposed.kind !== 'proposed') throw new Error('none is proposed');
    const followUp = { guildId, postId: proposed.postId };
    await amplify(followUp);
    expect(await propose(followUp)).toEqual({ kind: 'is one itself' });
    expect(await countOrders()).toBe(1);
  });

  test('does not say twice where the post stands', async () => {
    await connect('linkedin');
    const post = await amplified();
    await propose(post, { text: 'Look: {link}' });
    const ref = { guildId, postId: toPostId(`${post.postId}-follow-up`) };
    expect(await findPost(em(), ref)).toMatchObject({ text: `Look: ${URL_ON_X}`, link: null });
  });

  test('stands in the list of posts, without a writer', async () => {
    await connect('linkedin');
    const post = await amplified();
    await propose(post);
    const listed = await findListedPost(em(), { guildId, postId: toPostId(`${post.postId}-follow-up`) });
    const { embeds } = postListMessage({ posts: listed === undefined ? [] : [listed], page: 1, pages: 1 });
    expect(embeds?.[0]?.description).toMatch(/^\*\*Again: TiXL 4\*\* · waits for approval\n/);
  });
});
