import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { changePost, sendPostBack } from '../../database/post-changes.ts';
import { deliveriesOf, findPost, insertPost, lockPost, type NewPost } from '../../database/posts.ts';
import { toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import {
  type DeliveryState,
  type PostChange,
  type PostRef,
  type PostState,
  toPostId,
} from '../../domain/posts.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const guildId = toGuildId('1180000000000000000');
const author = toMemberId('1400000000000000001');
const approver = toMemberId('1400000000000000002');
const words = { title: 'TiXL 4', text: 'It is out.', hashtags: ['TiXL', 'VJ'] };
const other = { title: 'TiXL 4', text: 'It is here.', hashtags: ['VJ'] };
let database: TestDatabase;
let ids = 0;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();
const newId = () => `14000000000001${String(++ids).padStart(5, '0')}`;

async function addPost(state: PostState, changes: Partial<NewPost> = {}): Promise<PostRef> {
  const post = { guildId, postId: toPostId(newId()) };
  await database.orm.em.fork().transactional((transaction) =>
    insertPost(transaction, {
      ...{ ...post, ...words, link: null, publishAt: NOW, createdBy: author, madeAt: NOW },
      ...{ platforms: ['discord', 'x'], media: ['https://a.example/1.png'] },
      ...changes,
    }),
  );
  await em().execute(`update posts set state = ?, approver_member_id = ? where id = ?`, [
    ...[state, state === 'scheduled' ? approver : null, post.postId],
  ]);
  return post;
}

async function stand(post: PostRef, platform: Platform, state: DeliveryState): Promise<void> {
  await em().execute(`update post_deliveries set state = ? where post_id = ? and platform = ?`, [
    ...[state, post.postId, platform],
  ]);
}

const change = (post: PostRef, what: PostChange, { seen = 1, isApprover = true } = {}) =>
  changePost(database.orm.em, post, what, {
    ...{ by: isApprover ? approver : author, isApprover, seen },
    requestId: toInteractionId(newId()),
  });

async function ordersFor({ postId }: PostRef): Promise<unknown[]> {
  const rows: { order: { edit: { revision: number }; isPublished: boolean } }[] = await em().execute(
    `select "order" from outbox where "order" -> 'edit' ->> 'postId' = ? order by id`,
    [postId],
  );
  return rows.map(({ order: { edit, isPublished } }) => [edit.revision, isPublished]);
}

const sourcesOf = async (post: PostRef) =>
  (await findPost(em(), post))?.media.map(({ mediaId, source }) => [mediaId.split('/')[1], source]);
const platformsOf = async (post: PostRef) =>
  (await deliveriesOf(em(), post)).map(({ platform, state }) => [platform, state]);

describe('a change before a post is out', () => {
  test('is what it says from then on, of words, time, link, media and platforms, with the order to look', async () => {
    const post = await addPost('draft');
    const link = 'https://tixl.app/4';
    const media = ['https://a.example/2.png', 'https://a.example/3.png'];
    const platforms: Platform[] = ['x', 'linkedin'];
    const what = { words: other, publishAt: null, link, media, platforms };
    expect(await change(post, what)).toEqual({ kind: 'changed', revision: 2, publishedOn: [] });
    expect(await findPost(em(), post)).toMatchObject({ ...other, link, publishAt: null, revision: 2 });
    // The first one has been used: what was fetched for it is never taken for another.
    expect(await sourcesOf(post)).toEqual([
      ['2', media[0]],
      ['3', media[1]],
    ]);
    expect(await platformsOf(post)).toEqual([
      ['linkedin', 'waiting'],
      ['x', 'waiting'],
    ]);
    expect(await ordersFor(post)).toEqual([[2, false]]);
  });

  test('leaves the rest as it is', async () => {
    const post = await addPost('draft');
    await change(post, { link: 'https://tixl.app/4' });
    expect(await findPost(em(), post)).toMatchObject({ ...words, publishAt: NOW });
    expect(await sourcesOf(post)).toEqual([['1', 'https://a.example/1.png']]);
    await change(post, { link: null, media: [] }, { seen: 2 });
    expect(await findPost(em(), post)).toMatchObject({ link: null, media: [] });
  });

  test('of words for one platform is kept for it, until those for all are taken again', async () => {
    const post = await addPost('draft');
    const ofX = async () => (await deliveriesOf(em(), post)).find(({ platform }) => platform === 'x')?.words;
    await change(post, { platformWords: { platform: 'x', words: other } });
    expect(await ofX()).toEqual({ ...other, by: 'person' });
    await change(post, { platformWords: { platform: 'x', words: null } }, { seen: 2 });
    expect(await ofX()).toBeNull();
  });

  test('by somebody who may not approve takes the approval away; by others it stays approved', async () => {
    const post = await addPost('scheduled');
    await change(post, { words: other }, { isApprover: true });
    expect(await findPost(em(), post)).toMatchObject({ state: 'scheduled', approvedBy: approver });
    await change(post, { words }, { isApprover: false, seen: 2 });
    expect(await findPost(em(), post)).toMatchObject({ state: 'draft', approvedBy: null, revision: 3 });
  });
});

describe('a change that is refused', () => {
  test.each<[string, PostState, PostChange, object, object]>([
    ['after it was called off', 'cancelled', { words: other }, {}, { kind: 'not open' }],
    ['of what somebody has not seen', 'draft', { words: other }, { seen: 0 }, { kind: 'changed meanwhile' }],
    ['of a link that is out', 'publishing', { link: null }, {}, { kind: 'words alone' }],
    [
      'of what is out by an author',
      'publishing',
      { words: other },
      { isApprover: false },
      { kind: 'approvers alone' },
    ],
    ['that is none', 'draft', { words, platforms: ['x', 'discord'] }, {}, { kind: 'no change' }],
  ])('changes nothing: %s', async (_, state, what, how, refused) => {
    const post = await addPost(state);
    expect(await change(post, what, how)).toMatchObject(refused);
    expect(await findPost(em(), post)).toMatchObject({ ...words, revision: 1, state });
    expect(await ordersFor(post)).toEqual([]);
  });

  test('because there is no such post', async () => {
    expect(await change({ guildId, postId: toPostId('nothing') }, { words: other })).toEqual({
      kind: 'no such post',
    });
  });
});

describe('a change of what is published', () => {
  test('orders that it is made there', async () => {
    const post = await addPost('publishing');
    await stand(post, 'discord', 'published');
    await stand(post, 'x', 'failed');
    expect(await change(post, { words: other })).toEqual({
      ...{ kind: 'changed', revision: 2, publishedOn: ['discord'] },
    });
    expect(await ordersFor(post)).toEqual([[2, true]]);
  });

  test('orders nothing there if it is of words for where it failed', async () => {
    const post = await addPost('publishing');
    await stand(post, 'discord', 'published');
    await stand(post, 'x', 'failed');
    const what = { platformWords: { platform: 'x', words: other } } as const;
    expect(await change(post, what)).toMatchObject({ publishedOn: [] });
    expect(await ordersFor(post)).toEqual([[2, false]]);
  });
});

describe('at the same time', () => {
  test('one of two changes of the same revision is made, and whoever made the other is told', async () => {
    const post = await addPost('draft');
    const texts = ['one', 'two', 'three', 'four'];
    const results = await Promise.all(texts.map((text) => change(post, { words: { ...words, text } })));
    const made = results.flatMap(({ kind }, index) => (kind === 'changed' ? [texts[index]] : []));
    expect(made).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'changed meanwhile')).toHaveLength(3);
    expect(await findPost(em(), post)).toMatchObject({ text: made[0], revision: 2 });
    expect(await ordersFor(post)).toEqual([[2, false]]);
  });

  test('an edit waits for whoever decides on the post, and sees what they have decided', async () => {
    const post = await addPost('proposed');
    let edited: Promise<unknown> | undefined;
    await em().transactional(async (transaction) => {
      await lockPost(transaction, post);
      edited = change(post, { words: other }, { isApprover: false });
      await transaction.execute(`update posts set state = 'publishing' where id = ?`, [post.postId]);
    });
    expect(await edited).toEqual({ kind: 'approvers alone' });
    expect(await findPost(em(), post)).toMatchObject(words);
  });
});

describe('a post that waits for approval', () => {
  const back = (post: PostRef, seen = 1) =>
    sendPostBack(database.orm.em, post, { seen, requestId: toInteractionId(newId()) });

  test('is given back to its writer, once', async () => {
    const post = await addPost('proposed');
    expect(await back(post)).toEqual({ kind: 'sent back' });
    expect(await findPost(em(), post)).toMatchObject({ state: 'draft', revision: 1 });
    expect(await back(post)).toEqual({ kind: 'not open' });
    expect(await ordersFor(post)).toEqual([[1, false]]);
  });

  test('is not given back by somebody who has seen a former one', async () => {
    const post = await addPost('proposed');
    expect(await back(post, 0)).toEqual({ kind: 'changed meanwhile', revision: 1 });
    expect(await findPost(em(), post)).toMatchObject({ state: 'proposed' });
  });
});
