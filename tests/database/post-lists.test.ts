import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { discardPostDraft, findPostDraft, keepPostDraft, makePost } from '../../database/post-drafts.ts';
import { findListedPost, listPosts, offeredPosts } from '../../database/post-lists.ts';
import { readPostPreview, usablePlatforms } from '../../database/post-previews.ts';
import type { NewPost } from '../../database/posts.ts';
import { type GuildId, type MemberId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import type { NewPostDraft } from '../../domain/post-drafts.ts';
import { POSTS_PER_PAGE } from '../../domain/post-lists.ts';
import { toPostId } from '../../domain/posts.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

const settings = await loadConfigWith('{}');
const NOW = Date.parse('2026-11-23T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1_000;
const author = toMemberId('1400000000000000001');
let database: TestDatabase;
let ids = 0;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();
const newId = () => toInteractionId(`14000000000001${String(++ids).padStart(5, '0')}`);
const draft: NewPostDraft = {
  ...{ for: 'new post', title: 'TiXL 4', text: 'It is out.', hashtags: '#TiXL', time: '', saidAt: NOW },
  ...{ platforms: null, link: null, media: [] },
};
const refOf = (guildId: GuildId, memberId: MemberId = author) => ({ guildId, draftId: newId(), memberId });

async function addPost(guildId: GuildId, title = 'TiXL 4', createdBy = author) {
  const ref = refOf(guildId, createdBy);
  const postId = toPostId(ref.draftId);
  const post = { ...{ guildId, postId, title, text: 'It is out.', hashtags: [], link: null }, createdBy };
  await makePost(database.orm.em, ref, {
    ...{ ...post, publishAt: null, platforms: ['x', 'discord'], media: [], madeAt: NOW + ids },
  });
  return { guildId, postId };
}

describe('a draft', () => {
  test('is kept until it is sent: then there is a post, and the order that it is led, once', async () => {
    const ref = refOf(newGuildId());
    await keepPostDraft(database.orm.em, ref, draft, NOW);
    await keepPostDraft(database.orm.em, ref, { ...draft, title: 'Other' }, NOW);
    expect(await findPostDraft(em(), ref)).toEqual({ ...draft, title: 'Other' });
    const post: NewPost = {
      ...{ guildId: ref.guildId, postId: toPostId(ref.draftId), title: 'Other', text: 'Out.', hashtags: [] },
      ...{ link: null, publishAt: null, createdBy: author, platforms: ['x'], media: [], madeAt: NOW },
    };
    await makePost(database.orm.em, ref, post);
    await makePost(database.orm.em, ref, { ...post, title: 'Another' });
    expect(await findPostDraft(em(), ref)).toBeUndefined();
    expect(await findListedPost(em(), post)).toMatchObject({
      ...{ title: 'Other', state: 'draft', revision: 1 },
      deliveries: [{ platform: 'x', state: 'waiting' }],
    });
    const orders: unknown[] = await em().execute(
      `select 1 from outbox where "order" ->> 'kind' = 'begin post' and "order" -> 'post' ->> 'postId' = ?`,
      [ref.draftId],
    );
    expect(orders).toHaveLength(1);
  });

  test('is nobody else’s', async () => {
    const ref = refOf(newGuildId());
    const others = { ...ref, memberId: toMemberId('1400000000000000009') };
    await keepPostDraft(database.orm.em, ref, draft, NOW);
    await keepPostDraft(database.orm.em, others, { ...draft, title: 'Theirs' }, NOW);
    await discardPostDraft(em(), others);
    expect(await findPostDraft(em(), ref)).toEqual(draft);
    expect(await findPostDraft(em(), others)).toBeUndefined();
  });

  test('is forgotten a day later, when somebody writes another', async () => {
    const ref = refOf(newGuildId());
    await keepPostDraft(database.orm.em, ref, draft, NOW);
    await keepPostDraft(database.orm.em, refOf(ref.guildId), draft, NOW + DAY_MS + 1);
    expect(await findPostDraft(em(), ref)).toBeUndefined();
  });
});

describe('posts', () => {
  test('are listed from the newest on, in pages; a page that is not there is the last one', async () => {
    const guildId = newGuildId();
    expect(await listPosts(em(), guildId, 1)).toEqual({ posts: [], page: 1, pages: 1 });
    const added = [];
    for (let count = 0; count <= POSTS_PER_PAGE; count += 1) added.push(await addPost(guildId));
    const first = await listPosts(em(), guildId, 1);
    expect(first.posts.map(({ postId }) => postId)).toEqual(
      added
        .slice(1)
        .reverse()
        .map(({ postId }) => postId),
    );
    expect(first.posts[0]?.deliveries.map(({ platform }) => platform)).toEqual(['discord', 'x']);
    const last = await listPosts(em(), guildId, 99);
    expect([last.posts.map(({ postId }) => postId), last.page, last.pages]).toEqual([
      [added[0]?.postId],
      2,
      2,
    ]);
  });

  test('are offered by a part of their title, by where they stand, and by whose they are', async () => {
    const guildId = newGuildId();
    const other = toMemberId('1400000000000000009');
    const [one, two] = [await addPost(guildId, '50% Off'), await addPost(guildId, 'Release', other)];
    await em().execute(`update posts set state = 'publishing' where id = ?`, [two.postId]);
    await em().execute(`update post_deliveries set state = 'failed' where post_id = ? and platform = 'x'`, [
      two.postId,
    ]);
    const offered = async (what: Partial<Parameters<typeof offeredPosts>[1]>) => {
      const asked = { guildId, typed: '', states: ['draft', 'publishing'] as const, ...what };
      return (await offeredPosts(em(), asked)).map(({ postId }) => postId);
    };
    expect(await offered({})).toEqual([two.postId, one.postId]);
    expect(await offered({ typed: '% o' })).toEqual([one.postId]);
    expect(await offered({ states: ['draft'] })).toEqual([one.postId]);
    expect(await offered({ onPlatform: ['failed', 'held'] })).toEqual([two.postId]);
    expect(await offered({ writtenBy: other })).toEqual([two.postId]);
  });
});

describe('a preview', () => {
  const connect = (guildId: GuildId, platform: string, state: string) =>
    em().execute(
      `insert into platform_accounts (guild_id, platform, state, account_id, account_name, tokens)
       values (?, ?, ?, '1', 'tixl', ''::bytea)`,
      [guildId, platform, state],
    );

  test('says on which platforms there is an account', async () => {
    const post = await addPost(newGuildId());
    const states = async () =>
      (await readPostPreview(em(), post, settings, NOW))?.platforms.map(({ adapted, account }) => [
        adapted.platform,
        account,
      ]);
    expect(await states()).toEqual([
      ['discord', 'own'],
      ['x', 'not connected'],
    ]);
    expect(await usablePlatforms(em(), post.guildId, ['discord', 'x'])).toEqual(['discord']);
    await connect(post.guildId, 'x', 'expired');
    expect(await states()).toEqual([
      ['discord', 'own'],
      ['x', 'expired'],
    ]);
    expect(await usablePlatforms(em(), post.guildId, ['discord', 'x', 'linkedin'])).toEqual(['discord', 'x']);
  });

  test('counts what X has cost since the month began, by the clocks of the configuration', async () => {
    const guildId = newGuildId();
    const published = async (at: string) => {
      const { postId } = await addPost(guildId);
      await em().execute(
        `update post_deliveries set state = 'published', attempt = 1, cost = 200000 where post_id = ? and platform = 'x'`,
        [postId],
      );
      await em().execute(
        `insert into post_attempts (guild_id, post_id, platform, attempt, revision, intended_at, sent)
         values (?, ?, 'x', 1, 1, ?, '{}')`,
        [guildId, postId, new Date(at)],
      );
    };
    // Midnight in Berlin is an hour before that of UTC.
    await published('2026-10-31T22:59:00Z');
    await published('2026-10-31T23:00:00Z');
    await published('2026-11-22T12:00:00Z');
    const preview = await readPostPreview(em(), await addPost(guildId), settings, NOW);
    expect(preview?.spending).toEqual({ spent: 400_000, budget: 50_000_000 });
  });

  test('of a post that is not there is none', async () => {
    const post = { guildId: newGuildId(), postId: toPostId('nothing') };
    expect(await readPostPreview(em(), post, settings, NOW)).toBeUndefined();
  });
});
