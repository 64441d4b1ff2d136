// What X tells of the figures of posts, read by its real client from the local one.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ReadTools } from '../../../activities/platforms/publisher.ts';
import { connectX } from '../../../activities/platforms/x.ts';
import type { FiguresOutcome } from '../../../domain/engagement.ts';
import { platformAddresses } from '../../../runtime/platform-addresses.ts';
import type { Fault, FaultRule, PublishedPost } from '../../../sandbox/social/control.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../../sandbox/social/start.ts';
import { consent } from '../../support/consent.ts';
import { publisherTools, publishOrder } from '../../support/publish-order.ts';
import { figuresById, readOrder } from '../../support/read-order.ts';

const DAY_MS = 86_400_000;
const LINK = 'https://tixl.app/blog';
const FIGURES = { impressions: 1_200, reach: 800, likes: 40, shares: 9, comments: 5, clicks: 31 };

let platforms: LocalPlatforms;
let token: string;
/** X's time and ours. */
let time: number;
let tools: ReadTools;

beforeEach(async () => {
  time = Date.parse('2026-11-23T12:00:00Z');
  platforms = await startLocalPlatforms({ now: () => time, keepsLimits: false });
  token = (await consent(platforms, 'x')).access_token;
  tools = publisherTools({ now: () => time });
});
afterEach(() => platforms.stop());

function publisherAt(url: string) {
  const address = platformAddresses({ PLATFORMS_URL: url }).x;
  const access = { accessToken: token, accountId: platforms.accounts.x?.id ?? '', accountName: 'TiXL' };
  return connectX(address, { requestTimeoutMs: 2_000 })(access);
}

async function read(
  posts: readonly Pick<PublishedPost, 'id' | 'at'>[],
  url = platforms.url,
): Promise<FiguresOutcome> {
  const orders = posts.map((post) => readOrder('x', post));
  const outcome = await publisherAt(url).readFigures?.(orders, tools);
  if (outcome === undefined) throw new Error('it reads no figures');
  return outcome;
}

/** Publishes so many posts. Gives them, oldest first. */
async function publish(count: number, text = `A link: ${LINK}`): Promise<PublishedPost[]> {
  for (let number = 1; number <= count; number += 1)
    await publisherAt(platforms.url).publish(
      publishOrder('x', { text: `${text} ${time} ${number}` }),
      publisherTools(),
    );
  return (await platforms.control.getPosts({ platform: 'x' })).posts.slice(-count);
}

/** Lets time pass. Tokens end meanwhile, so there is another. */
async function pass(ms: number): Promise<void> {
  time += ms;
  token = (await consent(platforms, 'x')).access_token;
}

const setFigures = (id: string) => platforms.control.setFigures({ platform: 'x', id, figures: FIGURES });
const fail = (fault: Fault, more: Partial<FaultRule> = {}) =>
  platforms.control.setFaults({ rules: [{ platform: 'x', on: 'read', times: 1, fault, ...more }] });
const lookUps = async () =>
  (await platforms.control.getRequests({})).requests.filter(
    ({ method, path }) => method === 'GET' && path === '/2/tweets',
  ).length;

describe('figures', () => {
  test('are told as X counts them: no reach, reposts with and without words together', async () => {
    const [post] = await publish(1);
    await setFigures(post?.id ?? '');
    const outcome = await read([post ?? { id: '', at: 0 }]);
    expect(outcome).toMatchObject({ kind: 'read', requests: 1 });
    expect([...figuresById(outcome).values()]).toEqual([{ ...FIGURES, reach: null }]);
  });

  test('have no clicks where there is nothing to click on', async () => {
    const posts = await publish(1, 'No link');
    await setFigures(posts[0]?.id ?? '');
    expect([...figuresById(await read(posts)).values()]).toEqual([{ ...FIGURES, reach: null, clicks: null }]);
  });

  test('of 250 posts take three requests, and each post has its own', async () => {
    const posts = await publish(250);
    await pass(DAY_MS);
    const outcome = await read(posts);
    expect(outcome).toMatchObject({ kind: 'read', requests: 3 });
    expect(await lookUps()).toBe(3);
    expect([...figuresById(outcome).keys()].sort()).toEqual(posts.map(({ id }) => id).sort());
    const alone = await read(posts.slice(123, 124));
    expect(figuresById(outcome).get(posts[123]?.id ?? '')).toEqual([...figuresById(alone).values()][0]);
  });

  test('of a deleted post are gone, and the others are whole', async () => {
    const [first, deleted, last] = await publish(3);
    await platforms.control.deletePost({ platform: 'x', id: deleted?.id ?? '' });
    for (const post of [first, last]) await setFigures(post?.id ?? '');
    const outcome = await read([first, deleted, last].flatMap((post) => post ?? []));
    expect([...figuresById(outcome).values()]).toEqual([
      { ...FIGURES, reach: null },
      'gone',
      { ...FIGURES, reach: null },
    ]);
  });

  test('of a post older than 30 days are those that everybody sees', async () => {
    const [older] = await publish(1);
    await pass(31 * DAY_MS);
    const [recent] = await publish(1);
    for (const post of [older, recent]) await setFigures(post?.id ?? '');
    const outcome = await read([older, recent].flatMap((post) => post ?? []));
    expect(outcome).toMatchObject({ requests: 2 });
    expect(figuresById(outcome).get(older?.id ?? '')).toEqual({ ...FIGURES, reach: null, clicks: null });
    expect(figuresById(outcome).get(recent?.id ?? '')).toEqual({ ...FIGURES, reach: null });
  });

  test('that X shows to another account alone are asked for again without them', async () => {
    const [older] = await publish(1);
    await pass(31 * DAY_MS);
    const [recent] = await publish(1);
    for (const post of [older, recent]) await setFigures(post?.id ?? '');
    // X says of an older post what it says of one of another account; here we take it for a recent one.
    const outcome = await read([older, recent].flatMap((post) => (post ? { ...post, at: time } : [])));
    expect(outcome).toMatchObject({ requests: 2 });
    expect(figuresById(outcome).get(older?.id ?? '')).toEqual({ ...FIGURES, reach: null, clicks: null });
    expect(figuresById(outcome).get(recent?.id ?? '')).toEqual({ ...FIGURES, reach: null });
  });

  test('of no posts are not asked for', async () => {
    expect(await read([])).toEqual({ kind: 'read', posts: [], requests: 0 });
    expect(await lookUps()).toBe(0);
  });
});

describe('what stands in the way', () => {
  test.each<[Fault, object]>([
    [
      { kind: 'rate limit', resetAfterMs: 60_000 },
      { kind: 'rate-limited', until: Date.parse('2026-11-23T12:01:00Z') },
    ],
    [{ kind: 'expire token' }, { kind: 'authorisation expired', reason: expect.any(String) }],
    [
      { kind: 'server error', status: 503 },
      { kind: 'unavailable', reason: 'X is out of order (503).' },
    ],
    [
      { kind: 'time out', when: 'before' },
      { kind: 'unavailable', reason: 'X did not answer in time.' },
    ],
    [
      { kind: 'drop', when: 'after' },
      { kind: 'unavailable', reason: expect.any(String) },
    ],
  ])('%j', async (fault, outcome) => {
    const posts = await publish(1);
    await fail(fault);
    expect(await read(posts)).toEqual(outcome);
    if (fault.kind === 'expire token') token = (await consent(platforms, 'x')).access_token;
    expect(figuresById(await read(posts)).size).toBe(1);
  });

  test('a limit in between leaves what was read, and nothing more is asked', async () => {
    const posts = await publish(250);
    await fail({ kind: 'rate limit', resetAfterMs: 60_000 }, { every: 2 });
    const outcome = await read(posts);
    expect(outcome).toMatchObject({ kind: 'read', requests: 1 });
    expect([...figuresById(outcome).keys()]).toEqual(posts.slice(0, 100).map(({ id }) => id));
    expect(await lookUps()).toBe(2);
  });

  test('nobody there', async () => {
    const posts = await publish(1);
    await platforms.stop();
    expect(await read(posts)).toEqual({ kind: 'unavailable', reason: 'X could not be reached.' });
  });
});

describe('answers that are seldom', () => {
  const ID = '1990000000000000001';

  /** What comes of a server that answers so to everything. */
  async function outcomeOf(status: number, body: object): Promise<FiguresOutcome> {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      return await read([{ id: ID, at: time }], `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
    }
  }

  test.each<[string, number, object, object]>([
    [
      'nothing is paid',
      402,
      { title: 'CreditsDepleted' },
      { kind: 'not allowed', reason: 'X asks for payment: the credits of the app are used up.' },
    ],
    [
      'forbidden',
      403,
      { detail: 'Your account is suspended.' },
      { kind: 'not allowed', reason: 'X says: Your account is suspended. (403)' },
    ],
    ['nothing', 200, {}, { kind: 'read', posts: [], requests: 1 }],
    [
      'a post that may not be seen',
      200,
      {
        errors: [
          {
            title: 'Authorization Error',
            detail: 'Sorry, you are not authorized to see the Tweet.',
            type: 'https://api.twitter.com/2/problems/not-authorized-for-resource',
            resource_id: ID,
          },
        ],
      },
      { kind: 'read', posts: [], requests: 1 },
    ],
    [
      'a post of which X tells no figures',
      200,
      { data: [{ id: ID, text: '' }] },
      {
        kind: 'read',
        posts: [
          {
            kind: 'figures',
            figures: {
              ...{ impressions: null, reach: null, likes: null },
              ...{ shares: null, comments: null, clicks: null },
            },
          },
        ],
      },
    ],
  ])('%s', async (_, status, body, outcome) => {
    expect(await outcomeOf(status, body)).toMatchObject(outcome);
  });
});
