import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  CHUNK_BYTES,
  findWaitingMedium,
  forgetMedia,
  openMedia,
  refuseMedium,
  storeMedium,
} from '../../database/post-media.ts';
import { findPost } from '../../database/posts.ts';
import { type MediaInfo, mediaIdOf, type PostState } from '../../domain/posts.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { addDraft } from '../support/posts.ts';

const SOURCE = 'https://tixl.app/a.png';
const BYTES = Buffer.from(Array.from({ length: 2.5 * CHUNK_BYTES }, (_, index) => index % 251));

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();

async function newMedium() {
  const post = await addDraft(database, newGuildId(), { media: [SOURCE] });
  const medium = { ...post, mediaId: mediaIdOf(post.postId, 1) };
  const info: MediaInfo = {
    ...{ mediaId: medium.mediaId, kind: 'image', type: 'image/png', bytes: BYTES.length },
    ...{ width: 30, height: null, name: 'a.png' },
  };
  return { medium, info };
}

async function* inParts(bytes: Buffer, diesAfter = Number.POSITIVE_INFINITY) {
  for (let offset = 0; offset < bytes.length; offset += CHUNK_BYTES) {
    if (offset >= diesAfter) throw new Error('the process died');
    yield bytes.subarray(offset, offset + CHUNK_BYTES);
  }
}

const store = ({ medium, info }: Awaited<ReturnType<typeof newMedium>>, bytes = BYTES, diesAfter?: number) =>
  storeMedium(em(), medium, { info, digest: 'abc' }, inParts(bytes, diesAfter));
const mediaOf = async ({ medium }: Awaited<ReturnType<typeof newMedium>>) =>
  (await findPost(em(), medium))?.media;
const enter = (postId: string, state: PostState) =>
  em().execute('update posts set state = ? where id = ?', [state, postId]);
async function storedParts(): Promise<number> {
  const [row]: { count: number }[] = await em().execute(
    'select count(*)::int as count from post_media_chunks',
  );
  return row?.count ?? 0;
}

describe('a medium of a post', () => {
  test('waits until it is stored, and is read then as it was', async () => {
    const stored = await newMedium();
    expect(await findWaitingMedium(em(), stored.medium)).toBe(SOURCE);
    await store(stored);
    expect(await findWaitingMedium(em(), stored.medium)).toBeUndefined();
    expect(await mediaOf(stored)).toEqual([{ state: 'ready', source: SOURCE, ...stored.info }]);
    const { read } = openMedia(em(), stored.medium.guildId, stored.info);
    expect((await read(0, BYTES.length)).equals(BYTES)).toBe(true);
  });

  test.each([
    ['within a part', 10, 20],
    ['across parts', CHUNK_BYTES - 5, 10],
    ['a whole part', CHUNK_BYTES, CHUNK_BYTES],
    ['across all parts', 1, 2 * CHUNK_BYTES],
    ['beyond the end', BYTES.length - 7, 100],
    ['behind the end', BYTES.length, 100],
    ['nothing', 5, 0],
  ])('is read from anywhere: %s', async (_, offset, length) => {
    const stored = await newMedium();
    await store(stored);
    const part = await openMedia(em(), stored.medium.guildId, stored.info).read(offset, length);
    expect(part.equals(BYTES.subarray(offset, offset + length))).toBe(true);
  });

  test('is stored whole or not at all', async () => {
    const stored = await newMedium();
    const before = await storedParts();
    await expect(store(stored, BYTES, CHUNK_BYTES)).rejects.toThrow('the process died');
    expect(await storedParts()).toBe(before);
    expect(await findWaitingMedium(em(), stored.medium)).toBe(SOURCE);
    await store(stored);
    expect(await storedParts()).toBe(before + 3);
  });

  test('is stored once, whoever stores it at the same time', async () => {
    const stored = await newMedium();
    const before = await storedParts();
    await Promise.all([store(stored), store(stored)]);
    expect(await storedParts()).toBe(before + 3);
  });

  test('that is refused says why, unless it is stored', async () => {
    const [refused, stored] = [await newMedium(), await newMedium()];
    await refuseMedium(em(), refused.medium, { kind: 'too large', mostBytes: 5 });
    expect(await mediaOf(refused)).toEqual([
      {
        state: 'refused',
        mediaId: refused.info.mediaId,
        source: SOURCE,
        problem: { kind: 'too large', mostBytes: 5 },
      },
    ]);
    await store(stored);
    await refuseMedium(em(), stored.medium, { kind: 'own network' });
    expect(await mediaOf(stored)).toMatchObject([{ state: 'ready' }]);
  });

  test('of a post that was called off is not wanted any more', async () => {
    const stored = await newMedium();
    await enter(stored.medium.postId, 'cancelled');
    expect(await findWaitingMedium(em(), stored.medium)).toBeUndefined();
    const before = await storedParts();
    await store(stored);
    expect(await storedParts()).toBe(before);
  });

  test.each([
    ['scheduled', 3],
    ['publishing', 3],
    ['settled', 0],
    ['cancelled', 0],
    ['expired', 0],
  ] as const)('of a post that is %s has %i parts left when it is forgotten', async (state, left) => {
    const [stored, other] = [await newMedium(), await newMedium()];
    await Promise.all([store(stored), store(other)]);
    await enter(stored.medium.postId, state);
    const before = await storedParts();
    await forgetMedia(em(), stored.medium);
    expect(await storedParts()).toBe(before - 3 + left);
    if (left > 0) return;
    const { read } = openMedia(em(), stored.medium.guildId, stored.info);
    await expect(read(0, 1)).rejects.toThrow('not stored any more');
  });
});
