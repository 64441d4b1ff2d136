import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { MediaSource, Publisher, PublisherTools } from '../../../activities/platforms/publisher.ts';
import { connectX } from '../../../activities/platforms/x.ts';
import { type MediaKind, mediaIdOf, toPostId } from '../../../domain/posts.ts';
import { platformAddresses } from '../../../runtime/platform-addresses.ts';
import type { Fault, FaultRule } from '../../../sandbox/social/control.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../../sandbox/social/start.ts';
import { consent } from '../../support/consent.ts';
import { mediaSource, memoryUploads, publisherTools, publishOrder } from '../../support/publish-order.ts';

const HOUR = 3_600_000;
const SEGMENT = 2 * 1024 * 1024;
/** Long enough for a request that is answered, short enough for one that is not. */
const SETTINGS = { requestTimeoutMs: 3_000, looksAtMs: [0, 800] };
const TEXT = 'TiXL 4.2 <is> out & ready: https://tixl.app/releases?v=4.2&x=1 or tixl.app 🎉 Cafe\u0301';

let platforms: LocalPlatforms;
let token: string;
/** How far X's clock is ahead, in ms. */
let ahead: number;

beforeEach(async () => {
  ahead = 0;
  platforms = await startLocalPlatforms({ now: () => Date.now() + ahead });
  token = (await consent(platforms, 'x')).access_token;
});
afterEach(() => platforms.stop());

const publisherAt = (url: string, accessToken = token): Publisher =>
  connectX(
    platformAddresses({ PLATFORMS_URL: url }).x,
    SETTINGS,
  )({ accessToken, accountId: platforms.accounts.x?.id ?? '', accountName: 'TiXL' });
const x = () => publisherAt(platforms.url);
const order = (details: Parameters<typeof publishOrder>[1] = {}) =>
  publishOrder('x', { text: TEXT, ...details });
const faults = (on: FaultRule['on'], ...all: Fault[]) =>
  platforms.control.setFaults({ rules: all.map((fault) => ({ platform: 'x', on, times: 1, fault })) });
const posts = async () => (await platforms.control.getPosts({ platform: 'x' })).posts;

/** A medium, the `number`th of its post. */
function medium(bytes: Buffer, kind: MediaKind, type: string, number = 1): MediaSource {
  const source = mediaSource(bytes, { kind, type });
  return { ...source, info: { ...source.info, mediaId: mediaIdOf(toPostId('post-1'), number) } };
}
const picture = (number = 1) => medium(Buffer.alloc(60_000, number), 'image', 'image/png', number);
const VIDEO = Buffer.concat([
  Buffer.from('\0\0\0\x18ftypmp42', 'latin1'),
  ...Array.from({ length: 5 }, (_, number) => Buffer.alloc(SEGMENT - 3, number)),
]);
/** As a picture may be: X takes three segments, and does not work on it. */
const LARGE = Buffer.concat([SEGMENT, SEGMENT, 800_000].map((bytes, number) => Buffer.alloc(bytes, number)));
const video = () => medium(VIDEO, 'video', 'video/mp4');

/** What was uploaded, as the segments were asked for. */
async function appends(): Promise<number> {
  const { requests } = await platforms.control.getRequests({});
  return requests.filter(({ path }) => path.endsWith('/append')).length;
}

describe('publishing', () => {
  test('makes one post, whose address leads to it', async () => {
    const outcome = await x().publish(order(), publisherTools());
    const [post] = await posts();
    expect(outcome).toEqual({
      kind: 'published',
      id: post?.id,
      url: `${platforms.url}/x/i/web/status/${post?.id}`,
    });
    expect(post).toMatchObject({ text: TEXT.normalize('NFC'), edits: 0 });
  });

  test.each<[Fault, object]>([
    [{ kind: 'expire token' }, { kind: 'authorisation expired' }],
    [{ kind: 'server error', status: 503 }, { kind: 'unknown' }],
    [
      { kind: 'time out', when: 'before' },
      { kind: 'unknown', reason: 'X did not answer in time.' },
    ],
    [{ kind: 'drop', when: 'before' }, { kind: 'unknown' }],
  ])('%j: nothing is there, and looking says so', async (fault, outcome) => {
    await faults('publish', fault);
    const lost = order();
    expect(await x().publish(lost, publisherTools())).toMatchObject(outcome);
    expect(await posts()).toEqual([]);
    const renewed = publisherAt(platforms.url, (await consent(platforms, 'x')).access_token);
    expect(await renewed.lookUp(lost, publisherTools())).toEqual({ kind: 'not there' });
    expect(await renewed.publish(lost, publisherTools())).toMatchObject({ kind: 'published' });
    expect(await posts()).toHaveLength(1);
  });

  test.each<Fault>([
    { kind: 'time out', when: 'after' },
    { kind: 'drop', when: 'after' },
  ])('%j: it is there once, found by looking, and by who tries again', async (fault) => {
    await faults('publish', fault);
    const lost = order();
    expect(await x().publish(lost, publisherTools())).toMatchObject({ kind: 'unknown' });
    const [post] = await posts();
    expect(await x().lookUp(lost, publisherTools())).toMatchObject({ kind: 'published', id: post?.id });
    expect(await x().publish(lost, publisherTools())).toMatchObject({ kind: 'published', id: post?.id });
    expect(await posts()).toHaveLength(1);
  });

  test('a rate limit lasts until X says', async () => {
    await faults('publish', { kind: 'rate limit', resetAfterMs: 900_000 });
    const before = Date.now();
    const outcome = await x().publish(order(), publisherTools());
    expect(outcome).toMatchObject({ kind: 'rate-limited' });
    const { until } = outcome as { until: number };
    expect(until).toBeGreaterThanOrEqual(before + 900_000);
    expect(until).toBeLessThanOrEqual(Date.now() + 901_000);
  });

  test('the same text as an older post is refused in plain words', async () => {
    await x().publish(order(), publisherTools());
    ahead += HOUR;
    const later = await x().publish(order({ firstTriedAt: Date.now() + HOUR }), publisherTools());
    expect(later).toMatchObject({ kind: 'rejected', reason: expect.stringContaining('same text') });
    expect(await posts()).toHaveLength(1);
  });

  test('a duplicate that cannot be looked for is not decided', async () => {
    await platforms.control.setFaults({
      rules: [
        { platform: 'x', on: 'publish', times: 1, fault: { kind: 'duplicate' } },
        { platform: 'x', on: 'read', times: 1, fault: { kind: 'server error', status: 500 } },
      ],
    });
    expect(await x().publish(order(), publisherTools())).toMatchObject({ kind: 'unknown' });
  });

  test('what X does not take is rejected with its words', async () => {
    const outcome = await x().publish(order({ text: 'a'.repeat(281) }), publisherTools());
    expect(outcome).toEqual({ kind: 'rejected', reason: 'X says: Your Tweet text is too long. (400)' });
  });

  test('nobody there', async () => {
    await platforms.stop();
    const nobody = publisherAt(platforms.url);
    const outcome = { kind: 'unavailable', reason: 'X could not be reached.' };
    expect(await nobody.publish(order(), publisherTools())).toEqual(outcome);
    expect(await nobody.lookUp(order(), publisherTools())).toEqual(outcome);
    expect(await nobody.upload?.(order({ media: [picture()] }), publisherTools())).toEqual(outcome);
  });
});

describe('answers that are seldom', () => {
  const problem = (fields: object) => JSON.stringify(fields);
  const reset = Math.ceil(Date.now() / 1_000) + 7_200;

  /** A server that gives this answer to everything. */
  async function outcomeOf(answer: (response: ServerResponse) => void) {
    const server = createServer((request, response) => {
      request.resume().on('end', () => answer(response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const publisher = publisherAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const published = await publisher.publish(order(), publisherTools());
    const found = await publisher.lookUp(order(), publisherTools());
    server.closeAllConnections();
    server.close();
    return { published, found };
  }

  test.each<[name: string, status: number, headers: Record<string, string>, body: string, object, object]>([
    [
      'a limit of a day',
      429,
      {
        ...{ 'x-rate-limit-limit': '100', 'x-rate-limit-remaining': '99', 'x-rate-limit-reset': '1' },
        ...{ 'x-user-limit-24hour-remaining': '0', 'x-user-limit-24hour-reset': String(reset) },
      },
      problem({ title: 'Too Many Requests' }),
      { kind: 'rate-limited', until: reset * 1_000 },
      { kind: 'rate-limited', until: reset * 1_000 },
    ],
    [
      'a limit without a time',
      429,
      {},
      '',
      { kind: 'rate-limited', until: expect.any(Number) },
      { kind: 'rate-limited' },
    ],
    [
      'the use of a month is gone',
      429,
      {},
      problem({ type: 'https://api.twitter.com/2/problems/usage-capped', detail: 'Usage cap exceeded' }),
      { kind: 'rejected', reason: 'X says: Usage cap exceeded (429)' },
      { kind: 'cannot tell', reason: 'X says: Usage cap exceeded (429)' },
    ],
    [
      'nothing is paid',
      402,
      {},
      problem({ title: 'CreditsDepleted' }),
      { kind: 'rejected', reason: expect.stringContaining('credits') },
      { kind: 'cannot tell' },
    ],
    [
      'forbidden',
      403,
      {},
      problem({ title: 'Forbidden', detail: 'Your account is suspended.' }),
      { kind: 'rejected', reason: 'X says: Your account is suspended. (403)' },
      { kind: 'cannot tell' },
    ],
    [
      'a page of a server in between',
      502,
      { 'content-type': 'text/html' },
      '<html>Bad gateway</html>',
      { kind: 'unknown' },
      { kind: 'unavailable' },
    ],
    ['no JSON', 201, {}, '{"data":', { kind: 'unknown' }, { kind: 'unavailable' }],
    ['nothing', 201, {}, '', { kind: 'unknown' }, { kind: 'cannot tell' }],
    [
      'a part alone',
      200,
      {},
      problem({ errors: [{ title: 'Not Found Error' }], meta: { result_count: 0 } }),
      { kind: 'unknown' },
      { kind: 'cannot tell' },
    ],
  ])('%s', async (_, status, headers, body, published, found) => {
    const outcome = await outcomeOf((response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body);
    });
    expect(outcome).toMatchObject({ published, found });
  });

  test('an answer that breaks off after its head', async () => {
    const { published } = await outcomeOf((response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '200' });
      response.write('{"data":');
      setTimeout(() => response.destroy(), 50);
    });
    expect(published).toMatchObject({ kind: 'unknown' });
  });

  test('an answer whose head comes, and never its end', async () => {
    const { published } = await outcomeOf((response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.write('{"data":');
    });
    expect(published).toMatchObject({ kind: 'unknown' });
  });
});

describe('looking', () => {
  test('finds a post among many, whatever X did to its links and media', async () => {
    await platforms.control.setLimits({ kept: false });
    const tools = publisherTools();
    const lost = order({ media: [picture(1), picture(2)] });
    await x().upload?.(lost, tools);
    await x().publish(lost, tools);
    const [post] = await posts();
    for (let number = 1; number <= 120; number += 1)
      await x().publish(order({ text: `Post ${number}` }), publisherTools());
    expect(await x().lookUp(lost, tools)).toMatchObject({ kind: 'published', id: post?.id });
  });

  test('does not find what is older than the first attempt, what was deleted, or another text', async () => {
    await x().publish(order(), publisherTools());
    const later = order({ firstTriedAt: Date.now() + HOUR });
    expect(await x().lookUp(later, publisherTools())).toEqual({ kind: 'not there' });
    expect(await x().lookUp(order({ text: `${TEXT}!` }), publisherTools())).toEqual({ kind: 'not there' });
    const [post] = await posts();
    await platforms.control.deletePost({ platform: 'x', id: post?.id ?? '' });
    expect(await x().lookUp(order(), publisherTools())).toEqual({ kind: 'not there' });
  });

  test.each<[Fault, object]>([
    [{ kind: 'rate limit', resetAfterMs: 60_000 }, { kind: 'rate-limited' }],
    [{ kind: 'server error', status: 500 }, { kind: 'unavailable' }],
    [{ kind: 'time out', when: 'before' }, { kind: 'unavailable' }],
    [{ kind: 'drop', when: 'after' }, { kind: 'unavailable' }],
    [{ kind: 'expire token' }, { kind: 'authorisation expired' }],
  ])('%j says nothing of whether it is there', async (fault, outcome) => {
    await faults('read', fault);
    expect(await x().lookUp(order(), publisherTools())).toMatchObject(outcome);
  });
});

describe('uploading', () => {
  test('brings up to four pictures, which the post has in their order', async () => {
    const tools = publisherTools();
    const withMedia = order({ media: [1, 2, 3, 4].map(picture) });
    expect(await x().upload?.(withMedia, tools)).toBeUndefined();
    expect(await x().publish(withMedia, tools)).toMatchObject({ kind: 'published' });
    const [post] = await posts();
    const digests = [1, 2, 3, 4].map((number) =>
      createHash('sha256').update(Buffer.alloc(60_000, number)).digest('hex'),
    );
    expect(post?.media.map(({ digest }) => digest)).toEqual(digests);
  });

  test('waits until X has worked on a video', async () => {
    const tools = publisherTools();
    const withVideo = order({ media: [video()] });
    expect(await x().upload?.(withVideo, tools)).toBeUndefined();
    expect(await x().publish(withVideo, tools)).toMatchObject({ kind: 'published' });
    const digest = createHash('sha256').update(VIDEO).digest('hex');
    expect((await posts())[0]?.media).toEqual([{ kind: 'video', bytes: VIDEO.length, digest }]);
  });

  /** What is asked for a picture of three segments. */
  const REQUESTS = ['beginning', 'first', 'second', 'third', 'end', 'state'];

  test.each<[string, Fault]>([
    ['beginning', { kind: 'drop', when: 'before' }],
    ['beginning', { kind: 'drop', when: 'after' }],
    ['second', { kind: 'drop', when: 'before' }],
    ['second', { kind: 'drop', when: 'after' }],
    ['second', { kind: 'time out', when: 'before' }],
    ['second', { kind: 'time out', when: 'after' }],
    ['third', { kind: 'server error', status: 502 }],
    ['third', { kind: 'rate limit', resetAfterMs: 1_000 }],
    ['third', { kind: 'expire token' }],
    ['end', { kind: 'drop', when: 'before' }],
    ['end', { kind: 'drop', when: 'after' }],
    ['end', { kind: 'time out', when: 'after' }],
    ['end', { kind: 'expire token' }],
    ['state', { kind: 'drop', when: 'after' }],
    ['state', { kind: 'server error', status: 500 }],
  ])('goes on where it was cut off: %s, %j', async (at, fault) => {
    const tools = publisherTools();
    const large = order({ media: [medium(LARGE, 'image', 'image/png')] });
    const every = REQUESTS.indexOf(at) + 1;
    await platforms.control.setFaults({ rules: [{ platform: 'x', on: 'upload', times: 1, every, fault }] });
    expect(await x().upload?.(large, tools)).toMatchObject({
      kind: expect.stringMatching(/unavailable|rate-limited|authorisation expired/),
    });
    token = (await consent(platforms, 'x')).access_token;
    expect(await x().upload?.(large, tools)).toBeUndefined();
    expect(await x().publish(large, tools)).toMatchObject({ kind: 'published' });
    // The segment that was cut off is brought again, and no other.
    expect(await appends()).toBe(['second', 'third'].includes(at) ? 4 : 3);
    const digest = createHash('sha256').update(LARGE).digest('hex');
    expect((await posts())[0]?.media).toEqual([{ kind: 'image', bytes: LARGE.length, digest }]);
  });

  test('a video is not brought again when X was lost while it worked on it', async () => {
    const tools = publisherTools();
    const withVideo = order({ media: [video()] });
    const every = 1 + 5 + 1 + 1;
    await platforms.control.setFaults({
      rules: [{ platform: 'x', on: 'upload', times: 1, every, fault: { kind: 'drop', when: 'before' } }],
    });
    expect(await x().upload?.(withVideo, tools)).toMatchObject({ kind: 'unavailable' });
    expect(await x().upload?.(withVideo, tools)).toBeUndefined();
    expect(await appends()).toBe(5);
  });

  test('what is there is not brought again', async () => {
    const tools = publisherTools();
    const withMedia = order({ media: [picture()] });
    await x().upload?.(withMedia, tools);
    const { requests: before } = await platforms.control.getRequests({});
    expect(await x().upload?.(withMedia, tools)).toBeUndefined();
    expect((await platforms.control.getRequests({})).requests).toHaveLength(before.length);
  });

  test('what X has forgotten is brought again', async () => {
    const uploads = memoryUploads();
    const withMedia = order({ media: [picture()] });
    await x().upload?.(withMedia, publisherTools({ uploads }));
    ahead += 25 * HOUR;
    token = (await consent(platforms, 'x')).access_token;
    const tools: PublisherTools = publisherTools({ uploads, now: () => Date.now() + ahead });
    expect(await x().upload?.(withMedia, tools)).toBeUndefined();
    expect(await x().publish(withMedia, tools)).toMatchObject({ kind: 'published' });
  });

  test('what X forgets sooner than it says is refused once, and brought again by who tries again', async () => {
    const uploads = memoryUploads();
    const withMedia = order({ media: [picture()] });
    await x().upload?.(withMedia, publisherTools({ uploads }));
    ahead += 25 * HOUR;
    token = (await consent(platforms, 'x')).access_token;
    expect(await x().publish(withMedia, publisherTools({ uploads }))).toEqual({
      kind: 'rejected',
      reason: 'X says: Your media IDs are invalid. (400)',
    });
    expect(await x().upload?.(withMedia, publisherTools({ uploads }))).toBeUndefined();
    expect(await x().publish(withMedia, publisherTools({ uploads }))).toMatchObject({ kind: 'published' });
  });

  test('an upload that X does not know any more begins again', async () => {
    const uploads = memoryUploads();
    const source = picture();
    await uploads.save(source.info.mediaId, {
      ...{ reference: '123', session: '1', begunAt: Date.now(), isReady: false },
    });
    const tools = publisherTools({ uploads });
    const withMedia = order({ media: [source] });
    expect(await x().upload?.(withMedia, tools)).toBeUndefined();
    expect(await x().publish(withMedia, tools)).toMatchObject({ kind: 'published' });
  });

  test.each<[name: string, source: MediaSource, reason: RegExp]>([
    ['a document', medium(Buffer.alloc(100), 'document', 'application/pdf'), /takes no documents/],
    ['what is no video', medium(Buffer.alloc(3_000), 'video', 'video/mp4'), /Unsupported video format/],
    [
      'a picture that is too large',
      medium(Buffer.alloc(6_000_000), 'image', 'image/png'),
      /exceeds the limit/,
    ],
  ])('%s is refused with the reason', async (_, source, reason) => {
    const outcome = await x().upload?.(order({ media: [source] }), publisherTools());
    expect(outcome).toEqual({ kind: 'rejected', reason: expect.stringMatching(reason) });
  });

  test('nothing is published whose media are not there', async () => {
    const outcome = await x().publish(order({ media: [picture()] }), publisherTools());
    expect(outcome).toMatchObject({ kind: 'unavailable' });
    expect(await posts()).toEqual([]);
  });
});

test('no token is in what comes of a failure', async () => {
  const outcomes: unknown[] = [];
  const all: Fault[] = [
    { kind: 'rate limit', resetAfterMs: 1_000 },
    { kind: 'server error', status: 500 },
    { kind: 'drop', when: 'before' },
    { kind: 'duplicate' },
    { kind: 'expire token' },
  ];
  const keep = (outcome: unknown) => outcomes.push(outcome);
  for (const fault of all) {
    await faults('publish', fault);
    await x().publish(order(), publisherTools()).then(keep, keep);
    await faults('read', fault);
    await x().lookUp(order(), publisherTools()).then(keep, keep);
    await faults('upload', fault);
    await x()
      .upload?.(order({ media: [picture()] }), publisherTools())
      .then(keep, keep);
  }
  const cancelled = publisherTools({ signal: AbortSignal.abort() });
  await x().publish(order(), cancelled).then(keep, keep);
  await x().lookUp(order(), cancelled).then(keep, keep);
  expect(outcomes).toHaveLength(3 * all.length + 2);
  expect(inspect(outcomes, { depth: null, showHidden: true })).not.toContain(token);
});
