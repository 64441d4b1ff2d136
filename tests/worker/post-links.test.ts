import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { beginCounting } from '../../database/post-links.ts';
import type { Platform } from '../../domain/platforms.ts';
import { linkCodeOf } from '../../domain/post-links.ts';
import type { PostRef } from '../../domain/posts.ts';
import { type LinkServer, serveLinks } from '../../worker/post-links.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { addDraft } from '../support/posts.ts';
import { sharedServers } from '../support/servers.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
const LINK = 'https://tixl.app/news?id=1&of=2#top';
const guildId = newGuildId();

let database: TestDatabase;
let server: LinkServer;

beforeAll(async () => {
  database = await freshDatabase();
  server = await start();
});
afterAll(async () => {
  await server.stop();
  await database.close();
});

async function start(): Promise<LinkServer> {
  const environment = { DISCORD_GUILD_ID: guildId, LINKS_HOST: '127.0.0.1', LINKS_PORT: 0 };
  const started = await serveLinks({
    ...{ environment, config: await loadConfigWith('{}'), database: database.orm },
    logger: pino({ level: 'silent' }),
  });
  if (started === undefined) throw new Error('it has a port, and is not served');
  return started;
}

/** A post on X with a link, whose clicks are counted. */
async function sentPost(link: string | null = LINK): Promise<PostRef> {
  const post = await addDraft(database, guildId, { link });
  await countFrom(post);
  return post;
}

const codeOf = ({ postId }: PostRef, platform: Platform = 'x') => linkCodeOf({ postId, platform });

/** As it is done when it is sent. */
const countFrom = (post: PostRef) =>
  beginCounting(database.orm.em.fork(), { ...post, platform: 'x' }, `https://go.tixl.app/${codeOf(post)}`);

const follow = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${server.address}/${path}`, {
    ...{ method, redirect: 'manual' },
    headers: { 'user-agent': BROWSER, ...headers },
  });

/** null: they are not counted. */
async function clicksOn({ postId }: PostRef): Promise<number | null> {
  const [row]: { clicks: string }[] = await database.orm.em
    .fork()
    .execute(`select clicks from post_clicks where post_id = ? and platform = 'x'`, [postId]);
  return row === undefined ? null : Number(row.clicks);
}

describe('a link of ours', () => {
  test('leads to the link of its post, and counts one click each time', async () => {
    const post = await sentPost();
    expect(await clicksOn(post)).toBe(0);
    const response = await follow(codeOf(post));
    expect([response.status, response.headers.get('location')]).toEqual([302, LINK]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('set-cookie')).toBeNull();
    await follow(`${codeOf(post)}?utm_source=somewhere`);
    expect(await clicksOn(post)).toBe(2);
  });

  test('counts every click when many come at the same moment', async () => {
    const post = await sentPost();
    await Promise.all(Array.from({ length: 40 }, () => follow(codeOf(post))));
    expect(await clicksOn(post)).toBe(40);
  });

  test.each([
    [
      'a preview of Discord',
      { 'user-agent': 'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)' },
    ],
    ['a preview of X', { 'user-agent': 'Twitterbot/1.0' }],
    [
      'a preview of LinkedIn',
      { 'user-agent': 'LinkedInBot/1.0 (compatible; Mozilla/5.0; +https://www.linkedin.com)' },
    ],
    ['a program', { 'user-agent': 'curl/8.5.0' }],
    ['one that does not say what it is', { 'user-agent': '' }],
    ['a browser that fetches in advance', { 'sec-purpose': 'prefetch;prerender' }],
    ['an older browser that does', { purpose: 'prefetch' }],
    ['a browser that shows a preview', { 'x-purpose': 'preview' }],
  ])('leads %s on, and does not count it', async (_, headers) => {
    const post = await sentPost();
    const response = await follow(codeOf(post), headers);
    expect([response.status, response.headers.get('location')]).toEqual([302, LINK]);
    expect(await clicksOn(post)).toBe(0);
  });

  test('does not count who only asks whether it is there', async () => {
    const post = await sentPost();
    expect(await follow(codeOf(post), {}, 'HEAD')).toMatchObject({ status: 302 });
    expect(await clicksOn(post)).toBe(0);
  });

  test('is no longer counted where the post was sent with its own link in the end', async () => {
    const post = await sentPost();
    await beginCounting(database.orm.em.fork(), { ...post, platform: 'x' }, LINK);
    expect(await clicksOn(post)).toBeNull();
    expect(await follow(codeOf(post))).toMatchObject({ status: 404 });
  });

  test('can hold every character', async () => {
    const post = await sentPost('https://例え.jp/ü?q="a b"');
    const response = await follow(codeOf(post));
    expect(response.headers.get('location')).toBe('https://xn--r8jz45g.jp/%C3%BC?q=%22a%20b%22');
  });
});

describe('nobody is led', () => {
  const isNowhere = async (path: string) => {
    const response = await follow(path);
    expect([path, response.status]).toEqual([path, 404]);
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(await response.text()).toContain('There is no such link.');
  };

  test.each(['', 'x', 'xAAAAAAAAAAA', 'robots.txt', 'a/b', 'https://evil.example', '//evil.example'])(
    'by "%s"',
    isNowhere,
  );

  test('to a platform to which the post does not go', async () => {
    await isNowhere(codeOf(await sentPost(), 'linkedin'));
  });

  test.each(['draft', 'proposed', 'scheduled', 'cancelled', 'expired'])(
    'by a post that was never sent (%s)',
    async (state) => {
      const post = await addDraft(database, guildId, { link: LINK });
      await database.orm.em.fork().execute('update posts set state = ? where id = ?', [state, post.postId]);
      await isNowhere(codeOf(post));
      expect(await clicksOn(post)).toBeNull();
    },
  );

  test('by a post of another guild, or without a link', async () => {
    await isNowhere(codeOf(await sentPost(null)));
    await isNowhere(codeOf(await addDraft(database, newGuildId(), { link: LINK })));
  });

  test.each(['javascript:alert(1)', 'file:///etc/passwd', 'no address'])('to "%s"', async (link) => {
    await isNowhere(codeOf(await sentPost(link)));
  });

  test('round in a circle', async () => {
    const post = await sentPost();
    await database.orm.em
      .fork()
      .execute('update posts set link = ? where id = ?', [
        `https://go.tixl.app/${codeOf(post)}`,
        post.postId,
      ]);
    await isNowhere(codeOf(post));
  });
});

describe('while the database is away', () => {
  let admin: pg.Client;
  beforeAll(async () => {
    admin = new pg.Client({ connectionString: sharedServers().databaseUrl });
    await admin.connect();
  });
  afterAll(() => admin.end());
  beforeEach(() => lets(true));

  /** Whether the database takes anybody in. Whoever is in is put out. */
  async function lets(in_: boolean): Promise<void> {
    const name = new URL(database.url).pathname.slice(1);
    await admin.query(`alter database ${name} with allow_connections ${in_}`);
    if (!in_)
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  }

  test('a link leads on that has led on before; others are told to try again', async () => {
    const [known, unknown] = [await sentPost(), await sentPost()];
    await follow(codeOf(known));
    await lets(false);
    const led = await follow(codeOf(known));
    expect([led.status, led.headers.get('location')]).toEqual([302, LINK]);
    const response = await follow(codeOf(unknown));
    expect([response.status, response.headers.get('cache-control')]).toEqual([503, 'no-store']);
    expect(response.headers.get('retry-after')).toBe('60');
    expect(await response.text()).toContain('Please try again in a minute.');
    expect(await follow('robots.txt')).toMatchObject({ status: 404 });

    await lets(true);
    expect(await follow(codeOf(unknown))).toMatchObject({ status: 302 });
    expect([await clicksOn(known), await clicksOn(unknown)]).toEqual([1, 1]);
  });
});

test('without a port nothing is served', async () => {
  const environment = { DISCORD_GUILD_ID: guildId, LINKS_HOST: '127.0.0.1', LINKS_PORT: undefined };
  const config = await loadConfigWith(
    'engagement: { links: { address: https://go.tixl.app, platforms: [x] } }',
  );
  const warnings: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
  expect(await serveLinks({ environment, config, database: database.orm, logger })).toBeUndefined();
  expect(warnings.join()).toContain('LINKS_PORT');
});
