import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createDatabaseActivities } from '../../activities/database/index.ts';
import { deliveriesOf, findPost } from '../../database/posts.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PostRef } from '../../domain/posts.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { addDraft } from '../support/posts.ts';
import { startWebServer, type WebServer } from '../support/web-server.ts';

interface Asked {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: { readonly model: string; readonly messages: { role: string; content: string }[] };
}

let database: TestDatabase;
let server: WebServer;
let asked: Asked[];
let answer: (response: ServerResponse) => void | Promise<void>;

beforeAll(async () => {
  database = await freshDatabase();
  server = await startWebServer(async (request: IncomingMessage, response) => {
    const { url: path, headers } = request;
    asked.push({ path, authorization: headers.authorization, body: JSON.parse(await readText(request)) });
    await answer(response);
  });
});
afterAll(() => Promise.all([server.close(), database.close()]));
beforeEach(() => {
  asked = [];
  answer = says('Out now, folks!');
});

const says = (content: string) => (response: ServerResponse) => {
  response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }));
};
const em = () => database.orm.em.fork();
const newPost = () => addDraft(database, newGuildId());

async function reword(
  post: PostRef,
  { platform = 'x' as Platform, attempt = 1, key = 'secret', isConfigured = true } = {},
) {
  const languageModel = `distribution: { languageModel: { url: "${server.origin}/v1/", model: some-model } }`;
  const config = await loadConfigWith(isConfigured ? languageModel : 'distribution: {}');
  const environment = {
    DISCORD_API_URL: 'https://discord.com/api',
    LANGUAGE_MODEL_API_KEY: key || undefined,
  };
  const { rewordPost } = createDatabaseActivities({ database: database.orm, config, environment });
  await new MockActivityEnvironment({ attempt }).run(rewordPost, post, platform);
}
const wordsOf = async (post: PostRef, platform: Platform = 'x') =>
  (await deliveriesOf(em(), post)).find((delivery) => delivery.platform === platform)?.words;
const revisionOf = async (post: PostRef) => (await findPost(em(), post))?.revision;

const WORDS = { title: 'News', text: 'It is out.', hashtags: ['TiXL'] };
const REWORDED = { ...WORDS, text: 'Out now, folks!', by: 'model', of: WORDS };

describe('a language model', () => {
  test('writes a post for a platform, with title and hashtags as they are, which is a new revision', async () => {
    const post = await newPost();
    await reword(post);
    expect(await wordsOf(post)).toEqual(REWORDED);
    expect(await wordsOf(post, 'discord')).toBeNull();
    expect(await revisionOf(post)).toBe(2);
  });

  test('is asked in the tone of the platform, for as much as it takes', async () => {
    await reword(await newPost());
    const [{ path, authorization, body } = { path: '', authorization: '', body: undefined }] = asked;
    expect([path, authorization, body?.model]).toEqual([
      '/v1/chat/completions',
      'Bearer secret',
      'some-model',
    ]);
    expect(body?.messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(body?.messages[0]?.content).toContain('Tone: casual. At most 273 characters.');
    expect(body?.messages[1]?.content).toBe('News\n\nIt is out.');
  });

  test('is asked without a key, if there is none', async () => {
    await reword(await newPost(), { key: '' });
    expect(asked).toMatchObject([{ authorization: undefined }]);
  });

  test('is asked once for the same words', async () => {
    const post = await newPost();
    await reword(post);
    await reword(post);
    expect(asked).toHaveLength(1);
    expect(await revisionOf(post)).toBe(2);
  });

  test('is asked anew when the words for all have changed', async () => {
    const post = await newPost();
    await reword(post);
    await em().execute(`update posts set text = 'Changed' where id = ?`, [post.postId]);
    await reword(post);
    expect(asked).toHaveLength(2);
    expect(await wordsOf(post)).toMatchObject({ of: { text: 'Changed' } });
  });

  test('may put its answer into a block of code', async () => {
    const post = await newPost();
    answer = says('```text\nOut now!\n```');
    await reword(post);
    expect(await wordsOf(post)).toMatchObject({ text: 'Out now!' });
  });
});

describe('the words stay as they are', () => {
  test('if no language model is configured', async () => {
    const post = await newPost();
    await reword(post, { isConfigured: false });
    expect([asked, await wordsOf(post)]).toEqual([[], null]);
  });

  test('if a person has written them for the platform', async () => {
    const post = await newPost();
    const own = JSON.stringify({ ...WORDS, text: 'Mine', by: 'person' });
    await em().execute('update post_deliveries set words = ?::jsonb where post_id = ?', [own, post.postId]);
    await reword(post);
    expect(asked).toEqual([]);
    expect(await wordsOf(post)).toMatchObject({ text: 'Mine', by: 'person' });
  });

  test('if a person writes them while the model does', async () => {
    const post = await newPost();
    const own = JSON.stringify({ ...WORDS, text: 'Mine', by: 'person' });
    answer = async (response) => {
      await em().execute('update post_deliveries set words = ?::jsonb where post_id = ?', [own, post.postId]);
      says('Out now!')(response);
    };
    await reword(post);
    expect(await wordsOf(post)).toMatchObject({ text: 'Mine', by: 'person' });
    expect(await revisionOf(post)).toBe(1);
  });

  test('if those for all change while the model writes', async () => {
    const post = await newPost();
    answer = async (response) => {
      await em().execute(`update posts set text = 'Changed' where id = ?`, [post.postId]);
      says('Out now!')(response);
    };
    await reword(post);
    expect(await wordsOf(post)).toBeNull();
  });

  test.each(['scheduled', 'publishing', 'settled', 'cancelled'])(
    'if the post is %s: nobody would see it before',
    async (state) => {
      const post = await newPost();
      await em().execute('update posts set state = ? where id = ?', [state, post.postId]);
      await reword(post);
      expect([asked, await wordsOf(post)]).toEqual([[], null]);
    },
  );

  test.each([
    ['refuses', (response: ServerResponse) => void response.writeHead(401).end('{"error":"It is out."}')],
    ['says nothing', says(' \n')],
    ['says something else', (response: ServerResponse) => void response.end('{"choices":[]}')],
    ['says no JSON', (response: ServerResponse) => void response.end('It is out.')],
    ['says too much', says('a'.repeat(30_000))],
    ['leads elsewhere', (response: ServerResponse) => void response.writeHead(302, { location: '/' }).end()],
  ])('if the model %s', async (_, refusal) => {
    const post = await newPost();
    answer = refusal;
    await reword(post, { attempt: 2 });
    expect(await wordsOf(post)).toBeNull();
    expect(await revisionOf(post)).toBe(1);
  });
});

describe('a model that is out of order', () => {
  test.each([429, 500, 503])('is asked again, once, and nothing is held up: %i', async (status) => {
    const post = await newPost();
    answer = (response) => void response.writeHead(status).end('It is out.');
    const failed = await reword(post).catch((error: Error) => error);
    expect(failed).toMatchObject({
      type: 'LanguageModelFailed',
      message: `the language model answers ${status}`,
    });
    await reword(post, { attempt: 2 });
    expect(await wordsOf(post)).toBeNull();
  });

  test('says nothing of what was written, or the key', async () => {
    answer = (response) => void response.destroy();
    const failed = await reword(await newPost()).catch((error: Error) => error);
    expect(failed).toMatchObject({ message: 'the language model cannot be reached' });
    expect(JSON.stringify(failed, Object.getOwnPropertyNames(failed))).not.toMatch(/secret|It is out/);
  });
});
