import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createDatabaseActivities } from '../../activities/database/index.ts';
import { openMedia } from '../../database/post-media.ts';
import { findPost } from '../../database/posts.ts';
import { mediaIdOf, type PostMedium } from '../../domain/posts.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { pngOf, videoOf } from '../support/media.ts';
import { addDraft } from '../support/posts.ts';
import { startWebServer, type WebServer } from '../support/web-server.ts';

const REAL_DISCORD = 'https://discord.com/api';

let database: TestDatabase;
let server: WebServer;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked = 0;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startWebServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
});
afterAll(() => Promise.all([server.close(), database.close()]));
beforeEach(() => {
  asked = 0;
  answer = (_, response) => response.end(pngOf(30, 20));
});

/** Fetches what the server has, as it is done the first time or later. Gives what is known of it then. */
async function fetchMedium({
  attempt = 1,
  path = '/files/a%20picture.mp4?x=1',
  origin = server.origin,
  discord = '',
}) {
  const post = await addDraft(database, newGuildId(), { media: [`${origin}${path}`] });
  const config = await loadConfigWith('distribution: { largestMediaMb: 2 }');
  const environment = { DISCORD_API_URL: discord || `${origin}/api`, LANGUAGE_MODEL_API_KEY: undefined };
  const { fetchMedia } = createDatabaseActivities({ database: database.orm, config, environment });
  const run = (times: number): Promise<void> =>
    new MockActivityEnvironment({ attempt: times }).run(fetchMedia, post, mediaIdOf(post.postId, 1));
  const medium = async (): Promise<PostMedium | undefined> =>
    (await findPost(database.orm.em.fork(), post))?.media[0];
  return { post, run, medium, done: run(attempt) };
}

describe('a medium is fetched', () => {
  test('and known by its content, under a name that all platforms take', async () => {
    const { post, done, medium } = await fetchMedium({});
    await done;
    const found = await medium();
    expect(found).toMatchObject({ state: 'ready', kind: 'image', type: 'image/png', width: 30, height: 20 });
    expect(found).toMatchObject({ name: 'a-picture.png', bytes: pngOf(30, 20).length });
    if (found?.state !== 'ready') return;
    const content = await openMedia(database.orm.em.fork(), post.guildId, found).read(0, found.bytes);
    expect(content.equals(pngOf(30, 20))).toBe(true);
    const [row]: { digest: string }[] = await database.orm.em
      .fork()
      .execute('select digest from post_media where id = ?', [found.mediaId]);
    expect(row?.digest).toBe(createHash('sha256').update(content).digest('hex'));
  });

  test('though it is larger than a part', async () => {
    answer = (_, response) => response.end(videoOf('isom', 1_500_000));
    const { post, done, medium } = await fetchMedium({});
    await done;
    const found = await medium();
    expect(found).toMatchObject({ state: 'ready', kind: 'video', type: 'video/mp4', width: null });
    if (found?.state !== 'ready') return;
    const content = await openMedia(database.orm.em.fork(), post.guildId, found).read(0, found.bytes);
    expect(content.equals(videoOf('isom', 1_500_000))).toBe(true);
  });

  test('once: what is stored is not fetched again', async () => {
    const { done, run } = await fetchMedium({});
    await done;
    await run(1);
    expect(asked).toBe(1);
  });

  test('again, if it may come the next time', async () => {
    answer = (_, response) => response.writeHead(503).end();
    const { done, run, medium } = await fetchMedium({});
    await expect(done).rejects.toMatchObject({ type: 'MediaUnreachable', nonRetryable: false });
    expect(await medium()).toMatchObject({ state: 'waiting' });
    answer = (_, response) => response.end(pngOf(30, 20));
    await run(2);
    expect(await medium()).toMatchObject({ state: 'ready' });
  });
});

describe('a medium is refused', () => {
  test('if it still does not come', async () => {
    answer = (_, response) => response.writeHead(503).end();
    const { done, medium } = await fetchMedium({ attempt: 3 });
    await done;
    const problem = { kind: 'unreachable', reason: 'it answers 503' };
    expect(await medium()).toMatchObject({ state: 'refused', problem });
  });

  test('at once, if it is not there', async () => {
    answer = (_, response) => response.writeHead(404).end();
    const { done, medium } = await fetchMedium({});
    await done;
    const problem = { kind: 'unreachable', reason: 'it answers 404' };
    expect(await medium()).toMatchObject({ state: 'refused', problem });
  });

  test('if it is too large', async () => {
    answer = (_, response) => response.end(Buffer.alloc(2_000_001));
    const { done, medium } = await fetchMedium({});
    await done;
    const problem = { kind: 'too large', mostBytes: 2_000_000 };
    expect(await medium()).toMatchObject({ state: 'refused', problem });
  });

  test('if it is something else than its name and its server say', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('<!doctype html>');
    const { done, medium } = await fetchMedium({ path: '/a.png' });
    await done;
    const problem = { kind: 'wrong type', type: 'of an unknown type' };
    expect(await medium()).toMatchObject({ state: 'refused', problem });
  });

  test('if it is in our own network, which the real Discord is not', async () => {
    const { done, medium } = await fetchMedium({ discord: REAL_DISCORD });
    await done;
    expect(await medium()).toMatchObject({ state: 'refused', problem: { kind: 'own network' } });
    expect(asked).toBe(0);
  });

  test('if it is there, and a Discord that is not on this machine as well', async () => {
    // Leads to this machine, as any other address of our own network may, without being its own.
    const { done, medium } = await fetchMedium({ origin: `http://0.0.0.0:${server.port}` });
    await done;
    expect(await medium()).toMatchObject({ state: 'refused', problem: { kind: 'own network' } });
    expect(asked).toBe(0);
  });
});
