// What LinkedIn tells of the figures of a page's posts, read from the local one.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectLinkedin } from '../../../activities/platforms/linkedin.ts';
import type { Publisher, PublisherTools } from '../../../activities/platforms/publisher.ts';
import type { FiguresOutcome } from '../../../domain/engagement.ts';
import { mediaIdOf, toPostId } from '../../../domain/posts.ts';
import type { Fault, FaultRule, PublishedPost } from '../../../sandbox/social/control.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../../sandbox/social/start.ts';
import { consent } from '../../support/consent.ts';
import { mediaSource, type OrderDetails, publisherTools, publishOrder } from '../../support/publish-order.ts';
import { figuresById, readOrder } from '../../support/read-order.ts';

const PAGE = 'urn:li:organization:5515715';
const VERSION = '202610';
const SCOPES = 'w_organization_social r_organization_social rw_organization_admin';
const DAY_MS = 86_400_000;
const FIGURES = { impressions: 1_200, reach: 800, likes: 40, shares: 9, comments: 5, clicks: 31 };
const NONE = { impressions: 0, reach: 0, likes: 0, shares: 0, comments: 0, clicks: 0 };

let platforms: LocalPlatforms;
let token: string;
/** LinkedIn's time and ours. */
let time: number;
let tools: PublisherTools;

beforeEach(async () => {
  time = Date.parse('2026-11-23T12:00:00Z');
  platforms = await startLocalPlatforms({ now: () => time });
  token = (await consent(platforms, 'linkedin', { scope: SCOPES })).access_token;
  tools = publisherTools({ now: () => time });
});
afterEach(() => platforms.stop());

function linkedin({ url = `${platforms.url}/linkedin`, version = VERSION } = {}): Publisher {
  const address = { api: url, pages: url, tokens: url };
  const connect = connectLinkedin(address, { version }, { timeoutMs: 2_000 });
  return connect({ accessToken: token, accountId: PAGE, accountName: 'TiXL' });
}

async function read(
  posts: readonly Pick<PublishedPost, 'id' | 'at'>[],
  publisher = linkedin(),
): Promise<FiguresOutcome> {
  const orders = posts.map((post) => readOrder('linkedin', post));
  const outcome = await publisher.readFigures?.(orders, tools);
  if (outcome === undefined) throw new Error('it reads no figures');
  return outcome;
}

async function publish(details: OrderDetails): Promise<PublishedPost> {
  const order = publishOrder('linkedin', { firstTriedAt: time, ...details });
  await linkedin().upload?.(order, tools);
  await linkedin().publish(order, tools);
  const post = (await platforms.control.getPosts({ platform: 'linkedin' })).posts.at(-1);
  if (post === undefined) throw new Error('nothing was published');
  return post;
}

async function publishMany(count: number): Promise<PublishedPost[]> {
  const posts: PublishedPost[] = [];
  for (let number = 1; number <= count; number += 1) posts.push(await publish({ text: `Post ${number}` }));
  return posts;
}

/** A post with two pictures, which LinkedIn counts among another kind than those with one, or none. */
function publishPictures(): Promise<PublishedPost> {
  const media = [1, 2].map((number) => {
    const source = mediaSource(Buffer.from(`picture ${number}`), { kind: 'image', type: 'image/png' });
    return { ...source, info: { ...source.info, mediaId: mediaIdOf(toPostId('post-1'), number) } };
  });
  return publish({ text: 'Pictures', media });
}

const setFigures = ({ id }: PublishedPost, figures: Partial<typeof FIGURES> = FIGURES) =>
  platforms.control.setFigures({ platform: 'linkedin', id, figures });
const fail = (fault: Fault, more: Partial<FaultRule> = {}) =>
  platforms.control.setFaults({ rules: [{ platform: 'linkedin', on: 'read', times: 1, fault, ...more }] });
const reads = async () =>
  (await platforms.control.getRequests({})).requests
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path)
    .filter((path) => path.startsWith('/rest/'));

const POSTS = '/rest/posts';
const STATISTICS = '/rest/organizationalEntityShareStatistics';

describe('figures', () => {
  test('are told of posts of both kinds at once', async () => {
    const [share, pictures] = [await publish({ text: 'A share' }), await publishPictures()];
    expect([share.id, pictures.id]).toEqual([
      expect.stringMatching(/^urn:li:share:/),
      expect.stringMatching(/^urn:li:ugcPost:/),
    ]);
    await setFigures(share);
    await setFigures(pictures, { ...FIGURES, likes: 41 });
    const outcome = await read([share, pictures]);
    expect(outcome).toMatchObject({ kind: 'read', requests: 2 });
    expect([...figuresById(outcome)]).toEqual([
      [share.id, FIGURES],
      [pictures.id, { ...FIGURES, likes: 41 }],
    ]);
    expect((await reads()).slice(-2)).toEqual([POSTS, STATISTICS]);
  });

  test('of 250 posts take four times two requests, and each post has its own', async () => {
    const posts = await publishMany(250);
    time += DAY_MS;
    const outcome = await read(posts);
    expect(outcome).toMatchObject({ kind: 'read', requests: 8 });
    expect(await reads()).toEqual(Array.from({ length: 4 }, () => [POSTS, STATISTICS]).flat());
    expect([...figuresById(outcome).keys()]).toEqual(posts.map(({ id }) => id));
    const alone = await read(posts.slice(123, 124));
    expect(figuresById(outcome).get(posts[123]?.id ?? '')).toEqual([...figuresById(alone).values()][0]);
  });

  test('that LinkedIn leaves out are nothing yet', async () => {
    const post = await publish({ text: 'Unseen' });
    await setFigures(post, NONE);
    expect([...figuresById(await read([post])).values()]).toEqual([NONE]);
  });

  test('of posts older than a year are not known', async () => {
    const post = await publish({ text: 'Old' });
    time += 366 * DAY_MS;
    token = (await consent(platforms, 'linkedin', { scope: SCOPES })).access_token;
    const [figures] = figuresById(await read([post], linkedin({ version: '202710' }))).values();
    expect(figures).toEqual(Object.fromEntries(Object.keys(FIGURES).map((name) => [name, null])));
  });

  test('of a deleted post are gone, and the others are whole', async () => {
    const [first, deleted, last] = await publishMany(3);
    if (first === undefined || deleted === undefined || last === undefined) throw new Error('not published');
    for (const post of [first, deleted, last]) await setFigures(post);
    await platforms.control.deletePost({ platform: 'linkedin', id: deleted.id });
    const figures = figuresById(await read([first, deleted, last]));
    expect([first, deleted, last].map(({ id }) => figures.get(id))).toEqual([FIGURES, 'gone', FIGURES]);
    expect(await read([deleted])).toMatchObject({ kind: 'read', posts: [{ kind: 'gone' }], requests: 1 });
  });

  test('of no posts are not asked for', async () => {
    expect(await read([])).toEqual({ kind: 'read', posts: [], requests: 0 });
    expect(await reads()).toEqual([]);
  });
});

describe('what stands in the way', () => {
  test.each<[Fault, object]>([
    [
      { kind: 'rate limit', resetAfterMs: 60_000 },
      { kind: 'rate-limited', until: Date.parse('2026-11-23T12:01:00Z') },
    ],
    [
      { kind: 'expire token' },
      { kind: 'authorisation expired', reason: expect.stringContaining('has expired') },
    ],
    [
      { kind: 'server error', status: 503 },
      { kind: 'unavailable', reason: expect.stringContaining('out of order') },
    ],
    [
      { kind: 'time out', when: 'before' },
      { kind: 'unavailable', reason: 'LinkedIn did not answer in time.' },
    ],
    [
      { kind: 'drop', when: 'after' },
      { kind: 'unavailable', reason: expect.any(String) },
    ],
  ])('%j, whichever of the two requests it happens to', async (fault, outcome) => {
    const post = await publish({ text: 'A post' });
    for (const every of [1, 2]) {
      await fail(fault, { every });
      expect(await read([post])).toEqual(outcome);
      token = (await consent(platforms, 'linkedin', { scope: SCOPES })).access_token;
    }
    expect(figuresById(await read([post])).size).toBe(1);
  });

  test('a limit in between leaves what was read, and nothing more is asked', async () => {
    const posts = await publishMany(170);
    await fail({ kind: 'rate limit', resetAfterMs: 60_000 }, { every: 3 });
    const outcome = await read(posts);
    expect([...figuresById(outcome).keys()]).toEqual(posts.slice(0, 80).map(({ id }) => id));
    expect(await reads()).toEqual([POSTS, STATISTICS, POSTS]);
  });

  test('an account without the permission is told what to do', async () => {
    const post = await publish({ text: 'A post' });
    const scope = 'w_organization_social r_organization_social';
    token = (await consent(platforms, 'linkedin', { scope })).access_token;
    const outcome = await read([post]);
    expect(outcome).toEqual({
      kind: 'not allowed',
      reason: expect.stringMatching(/administrator.*npm run connect -- linkedin/),
    });
    expect(JSON.stringify(outcome)).not.toContain(token);
  });

  test('a version that is over names its setting', async () => {
    const post = await publish({ text: 'A post' });
    expect(await read([post], linkedin({ version: '202401' }))).toEqual({
      kind: 'not allowed',
      reason: expect.stringContaining('distribution.platforms.linkedin.version'),
    });
  });

  test('an abort is none of LinkedIn', async () => {
    const post = await publish({ text: 'A post' });
    await fail({ kind: 'time out', when: 'before' });
    tools = { ...tools, signal: AbortSignal.timeout(300) };
    await expect(read([post])).rejects.toThrow();
  });
});

describe('answers that are seldom', () => {
  const [ONE, OTHER] = ['urn:li:share:7000000000000000001', 'urn:li:share:7000000000000000002'];

  /** What comes of a server that answers so to everything. */
  async function outcomeOf(body: object): Promise<FiguresOutcome> {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      return await read(
        [ONE, OTHER].map((id) => ({ id, at: time })),
        linkedin({ url }),
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  test.each<[string, object, object]>([
    ['what it does not describe', { elements: [] }, { kind: 'unavailable' }],
    [
      'one is gone, of the other it cannot tell',
      { results: {}, errors: { [ONE]: { status: 404 }, [OTHER]: { status: 500 } } },
      { kind: 'read', posts: [{ kind: 'gone', order: { publishedId: ONE } }], requests: 1 },
    ],
    [
      'what is gone is passed over in silence',
      { results: {} },
      { kind: 'read', posts: [{ kind: 'gone' }, { kind: 'gone' }], requests: 1 },
    ],
    [
      'some figures alone',
      {
        results: { [ONE]: {} },
        errors: { [OTHER]: { status: 404 } },
        elements: [{ share: ONE, totalShareStatistics: { likeCount: 3 } }],
      },
      {
        kind: 'read',
        posts: [
          { kind: 'gone', order: { publishedId: OTHER } },
          { kind: 'figures', figures: { likes: 3, impressions: null, clicks: null } },
        ],
        requests: 2,
      },
    ],
  ])('%s', async (_, body, outcome) => {
    expect(await outcomeOf(body)).toMatchObject(outcome);
  });
});
