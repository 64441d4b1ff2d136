// Publishing on LinkedIn, against the local one: whatever is lost on the way, a post is there once.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectLinkedin } from '../../../activities/platforms/linkedin.ts';
import type {
  MediaSource,
  Publisher,
  PublisherTools,
  PublishOrder,
} from '../../../activities/platforms/publisher.ts';
import type { Published } from '../../../domain/platforms.ts';
import { type MediaInfo, mediaIdOf, toPostId } from '../../../domain/posts.ts';
import type { Fault, FaultRule } from '../../../sandbox/social/control.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../../sandbox/social/start.ts';
import { consentToLinkedin } from '../../support/local-consent.ts';
import {
  mediaSource,
  memoryUploads,
  type OrderDetails,
  publisherTools,
  publishOrder,
} from '../../support/publish-order.ts';

const PAGE = 'urn:li:organization:5515715';
const VERSION = '202610';
const TIMEOUT_MS = 2_000;
const MB = 1024 * 1024;
const PNG = Buffer.from('\x89PNG not much of a picture', 'latin1');
const TEXT =
  'TiXL 4.1 (beta) is out: 20% faster, <3 for snake_case!\n\nhttps://tixl.app/#new\n\n#TiXL #live_visuals';

let platforms: LocalPlatforms;
let token: string;
let time: number;
let tools: PublisherTools;

beforeEach(async () => {
  time = Date.parse('2026-11-23T12:00:00Z');
  platforms = await startLocalPlatforms({ now: () => time });
  token = (await consentToLinkedin(platforms)).access_token;
  tools = publisherTools({ now: () => time });
});
afterEach(() => platforms.stop());

function linkedin({ url = platforms.url, version = VERSION } = {}): Required<Publisher> {
  const address = { api: `${url}/linkedin`, pages: `${url}/linkedin`, tokens: `${url}/linkedin` };
  const connect = connectLinkedin(address, { version }, { timeoutMs: TIMEOUT_MS });
  return connect({ accessToken: token, accountId: PAGE, accountName: 'TiXL' }) as Required<Publisher>;
}

const order = (details: OrderDetails = {}): PublishOrder =>
  publishOrder('linkedin', { text: TEXT, firstTriedAt: time, ...details });
const fail = (on: FaultRule['on'], fault: Fault, more: Partial<FaultRule> = {}) =>
  platforms.control.setFaults({ rules: [{ platform: 'linkedin', on, times: 1, fault, ...more }] });
const posts = async () => (await platforms.control.getPosts({ platform: 'linkedin' })).posts;
const requestsFor = async (form: RegExp) =>
  (await platforms.control.getRequests({})).requests
    .map(({ method, path }) => `${method} ${path}`)
    .filter((request) => form.test(request));

async function publishNow(wanted: PublishOrder): Promise<Published> {
  const outcome = await linkedin().publish(wanted, tools);
  if (outcome.kind !== 'published') throw new Error(`it was not published: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** Publishes as the course of a post does: what is unknown is looked for, and only what is not there is sent again. */
async function publishOnce(wanted: PublishOrder): Promise<Published> {
  const first = await linkedin().publish(wanted, tools);
  if (first.kind === 'published') return first;
  const found = await linkedin().lookUp(wanted, tools);
  return found.kind === 'published' ? found : publishNow(wanted);
}

describe('before anything is published', () => {
  test('a version that has ended is said so, with what to do', async () => {
    expect(await linkedin().check(tools)).toBeUndefined();
    expect(await linkedin({ version: '202401' }).check(tools)).toMatchObject({
      ...{ kind: 'rejected', reason: expect.stringContaining('distribution.platforms.linkedin.version') },
    });
  });
});

describe('publishing', () => {
  test('shows every character as it was written, with hashtags as links', async () => {
    const published = await publishNow(order());
    const [post] = await posts();
    expect(post).toMatchObject({ id: published.id, text: TEXT });
    expect(published.url).toBe(post?.url);
  });

  test.each<[string, Fault, object]>([
    [
      'a limit is waited for as LinkedIn says',
      { kind: 'rate limit', resetAfterMs: 60_000 },
      { kind: 'rate-limited', until: Date.parse('2026-11-23T12:01:00Z') },
    ],
    [
      'a token that is over pauses the account',
      { kind: 'expire token' },
      { kind: 'authorisation expired', reason: expect.stringContaining('has expired') },
    ],
    [
      'a duplicate of what nobody can see is for a person to decide',
      { kind: 'duplicate' },
      { kind: 'rejected', reason: expect.stringContaining('Change the text') },
    ],
    ['an error of its own leaves it open', { kind: 'server error', status: 500 }, { kind: 'unknown' }],
    ['one of its gateway, too', { kind: 'server error', status: 503 }, { kind: 'unknown' }],
    ['a lost connection, too', { kind: 'drop', when: 'before' }, { kind: 'unknown' }],
    ['a lost answer, too', { kind: 'drop', when: 'after' }, { kind: 'unknown' }],
    ['no answer in time, too', { kind: 'time out', when: 'before' }, { kind: 'unknown' }],
    ['nor after it was taken', { kind: 'time out', when: 'after' }, { kind: 'unknown' }],
  ])('%s', async (_, fault, outcome) => {
    await fail('publish', fault);
    const result = await linkedin().publish(order(), tools);
    expect(result).toMatchObject(outcome);
    expect(JSON.stringify(result)).not.toContain(token);
  });

  test('what was surely not sent may be sent again', async () => {
    const gone = await startLocalPlatforms();
    await gone.stop();
    const outcome = await linkedin({ url: gone.url }).publish(order(), tools);
    expect(outcome).toEqual({ kind: 'unavailable', reason: 'LinkedIn could not be reached.' });
  });

  test.each(['202510', '202710'])('version %s, which is not served, names its setting', async (version) => {
    expect(await linkedin({ version }).publish(order(), tools)).toEqual({
      kind: 'rejected',
      reason: expect.stringMatching(
        new RegExp(`${version}.*distribution\\.platforms\\.linkedin\\.version.*community\\.yaml`),
      ),
    });
  });

  test('what LinkedIn refuses is for a person to decide', async () => {
    expect(await linkedin().publish(order({ text: 'a'.repeat(3_001) }), tools)).toMatchObject({
      kind: 'rejected',
      reason: expect.stringContaining('too long'),
    });
  });

  test('an abort says nothing of what came of it', async () => {
    await fail('publish', { kind: 'time out', when: 'after' });
    const signal = AbortSignal.timeout(TIMEOUT_MS / 5);
    await expect(linkedin().publish(order(), { ...tools, signal })).rejects.toThrow();
  });
});

describe('never twice', () => {
  test.each<Fault>([
    { kind: 'server error', status: 502 },
    { kind: 'drop', when: 'before' },
    { kind: 'drop', when: 'after' },
    { kind: 'time out', when: 'before' },
    { kind: 'time out', when: 'after' },
  ])('is it there, whatever happened: %p', async (fault) => {
    await fail('publish', fault);
    const published = await publishOnce(order());
    expect(await posts()).toMatchObject([{ id: published.id, text: TEXT }]);
  });

  test('a post that LinkedIn has, and names when it is sent again, is the one that was lost', async () => {
    await fail('publish', { kind: 'drop', when: 'after' });
    await linkedin().publish(order(), tools);
    const published = await publishNow(order());
    expect(await posts()).toMatchObject([{ id: published.id }]);
  });

  test('a post that says the same and was there before is another', async () => {
    const earlier = await publishNow(order());
    time += 3_600_000;
    expect(await linkedin().lookUp(order(), tools)).toEqual({ kind: 'not there' });
    expect(await linkedin().publish(order(), tools)).toEqual({
      kind: 'rejected',
      reason: expect.stringContaining(earlier.id),
    });
    expect(await posts()).toHaveLength(1);
  });

  test('where LinkedIn names a duplicate and shows nothing, it stays open', async () => {
    await publishNow(order());
    await fail('read', { kind: 'server error', status: 500 });
    expect(await linkedin().publish(order(), tools)).toMatchObject({ kind: 'unknown' });
    expect(await linkedin().lookUp(order(), tools)).toMatchObject({ kind: 'published' });
  });
});

describe('looking up', () => {
  test('finds a post below many others, and none where there is none', async () => {
    const wanted = order();
    const published = await publishNow(wanted);
    for (let number = 0; number < 60; number += 1) {
      time += 1_000;
      await publishNow(order({ text: `Post ${number}` }));
    }
    expect(await linkedin().lookUp(wanted, tools)).toEqual(published);
    expect(await linkedin().lookUp({ ...wanted, post: { ...wanted.post, text: 'Other' } }, tools)).toEqual({
      kind: 'not there',
    });
  });

  test.each<[Fault, object]>([
    [{ kind: 'server error', status: 500 }, { kind: 'unavailable' }],
    [{ kind: 'drop', when: 'before' }, { kind: 'unavailable' }],
    [{ kind: 'time out', when: 'after' }, { kind: 'unavailable' }],
    [{ kind: 'expire token' }, { kind: 'authorisation expired' }],
    [
      { kind: 'rate limit', resetAfterMs: 1_000 },
      { kind: 'rate-limited', until: expect.any(Number) },
    ],
  ])('is never taken for an answer when there is none: %p', async (fault, outcome) => {
    await publishNow(order());
    await fail('read', fault);
    expect(await linkedin().lookUp(order(), tools)).toMatchObject(outcome);
  });

  test('cannot tell where the version is over', async () => {
    expect(await linkedin({ version: '202501' }).lookUp(order(), tools)).toMatchObject({
      kind: 'cannot tell',
    });
  });
});

describe('editing', () => {
  const CHANGED = order({ text: 'Changed (a little) #TiXL', firstTriedAt: 0 });

  test('changes what is published, and as often as it is asked to', async () => {
    const published = await publishNow(order());
    for (const _ of [1, 2])
      expect(await linkedin().edit(CHANGED, published, tools)).toEqual({ kind: 'edited' });
    expect(await posts()).toMatchObject([{ id: published.id, text: CHANGED.post.text }]);
  });

  test('can be tried again when its answer is lost', async () => {
    const published = await publishNow(order());
    await fail('publish', { kind: 'drop', when: 'after' });
    expect(await linkedin().edit(CHANGED, published, tools)).toMatchObject({ kind: 'unavailable' });
    expect(await linkedin().edit(CHANGED, published, tools)).toEqual({ kind: 'edited' });
  });

  test('says that a post is gone', async () => {
    const published = await publishNow(order());
    await platforms.control.deletePost({ platform: 'linkedin', id: published.id });
    expect(await linkedin().edit(CHANGED, published, tools)).toMatchObject({ kind: 'rejected' });
  });
});

describe('media', () => {
  const medium = (
    bytes: Buffer,
    kind: MediaInfo['kind'],
    type: string,
    { number = 1, name = 'file' } = {},
  ): MediaSource => {
    const source = mediaSource(bytes, { kind, type });
    const info = { ...source.info, mediaId: mediaIdOf(toPostId('post-1'), number), name };
    return { ...source, info };
  };
  const video = medium(Buffer.alloc(9 * MB, 'video'), 'video', 'video/mp4');

  test.each([
    [medium(PNG, 'image', 'image/png'), 'image', ''],
    [medium(PNG, 'gif', 'image/gif'), 'image', ''],
    [medium(PNG, 'document', 'application/pdf', { name: 'guide.pdf' }), 'document', 'TiXL 4.1'],
    [video, 'video', ''],
  ])('of each kind are uploaded and published: %#', async (source, kind, title) => {
    const wanted = order({ media: [source] });
    expect(await linkedin().publish(wanted, tools)).toMatchObject({ kind: 'unavailable' });
    expect(await linkedin().upload(wanted, tools)).toBeUndefined();
    await publishNow(wanted);
    const bytes = source.info.bytes;
    expect(await posts()).toMatchObject([{ text: TEXT, title, media: [{ kind, bytes }] }]);
    // What is there is not sent again.
    const requests = await requestsFor(/images|videos|documents|dms-uploads/);
    expect(await linkedin().upload(wanted, tools)).toBeUndefined();
    expect(await requestsFor(/images|videos|documents|dms-uploads/)).toEqual(requests);
  });

  test('several pictures stand in one post', async () => {
    const media = [1, 2].map((number) => medium(PNG, 'image', 'image/png', { number }));
    await linkedin().upload(order({ media }), tools);
    await publishNow(order({ media }));
    expect(await posts()).toMatchObject([{ media: [{ kind: 'image' }, { kind: 'image' }] }]);
  });

  test.each([
    ['kinds that do not go together', [video, medium(PNG, 'image', 'image/png', { number: 2 })], /keep one/],
    ['a type that it does not take', [medium(PNG, 'image', 'image/webp')], /image\/webp/],
  ])('%s are refused before anything is sent', async (_, media, reason) => {
    expect(await linkedin().upload(order({ media }), tools)).toEqual({
      kind: 'rejected',
      reason: expect.stringMatching(reason),
    });
    expect(await requestsFor(/POST \/rest/)).toEqual([]);
  });

  test.each<[string, number, Fault]>([
    ['the second part is lost', 3, { kind: 'drop', when: 'before' }],
    ['the answer to the second part is lost', 3, { kind: 'drop', when: 'after' }],
    ['LinkedIn breaks down at the last part', 4, { kind: 'server error', status: 500 }],
    ['the answer to putting them together is lost', 5, { kind: 'drop', when: 'after' }],
  ])('an upload goes on where it stopped: %s', async (_, every, fault) => {
    const wanted = order({ media: [video] });
    await fail('upload', fault, { every });
    expect(await linkedin().upload(wanted, tools)).toMatchObject({ kind: 'unavailable' });
    expect(await linkedin().upload(wanted, tools)).toBeUndefined();
    await publishNow(wanted);
    expect(await posts()).toMatchObject([{ media: [{ kind: 'video', bytes: video.info.bytes }] }]);
    expect(await requestsFor(/PUT .*\/0$/)).toHaveLength(1);
    expect(await requestsFor(/POST \/rest\/videos$/)).toHaveLength(2);
  });

  test('an upload that may be whole is not put together again before LinkedIn has said how it stands', async () => {
    const wanted = order({ media: [video] });
    await fail('upload', { kind: 'drop', when: 'after' }, { every: 5 });
    expect(await linkedin().upload(wanted, tools)).toMatchObject({ kind: 'unavailable' });
    await fail('upload', { kind: 'server error', status: 503 });
    expect(await linkedin().upload(wanted, tools)).toMatchObject({ kind: 'unavailable' });
    expect(await linkedin().upload(wanted, tools)).toBeUndefined();
    expect((await publishNow(wanted)).kind).toBe('published');
  });

  test('an upload whose addresses are over begins anew', async () => {
    const wanted = order({ media: [video] });
    await fail('upload', { kind: 'drop', when: 'before' }, { every: 3 });
    await linkedin().upload(wanted, tools);
    time += 86_400_000;
    expect(await linkedin().upload(wanted, tools)).toMatchObject({ kind: 'unavailable' });
    expect(await linkedin().upload(wanted, tools)).toBeUndefined();
    expect((await publishNow(wanted)).kind).toBe('published');
  });

  test('an upload without its addresses begins anew', async () => {
    const uploads = memoryUploads();
    const wanted = order({ media: [video] });
    await uploads.save(video.info.mediaId, {
      reference: 'urn:li:video:lost',
      session: null,
      begunAt: time,
      isReady: false,
    });
    expect(await linkedin().upload(wanted, { ...tools, uploads })).toMatchObject({ kind: 'unavailable' });
    expect(await linkedin().upload(wanted, { ...tools, uploads })).toBeUndefined();
  });

  test('a medium that LinkedIn has forgotten is uploaded again when the post is retried', async () => {
    const wanted = order({ media: [medium(PNG, 'image', 'image/png')] });
    const upload = { reference: 'urn:li:image:gone', session: null, begunAt: time, isReady: true };
    for (const { info } of wanted.media) await tools.uploads.save(info.mediaId, upload);
    expect(await linkedin().publish(wanted, tools)).toMatchObject({ kind: 'rejected' });
    expect(await linkedin().upload(wanted, tools)).toBeUndefined();
    await publishNow(wanted);
  });

  test.each<[Fault, object]>([
    [{ kind: 'expire token' }, { kind: 'authorisation expired' }],
    [{ kind: 'rate limit', resetAfterMs: 1_000 }, { kind: 'rate-limited' }],
    [{ kind: 'time out', when: 'before' }, { kind: 'unavailable' }],
  ])('say what stands in the way: %p', async (fault, outcome) => {
    await fail('upload', fault);
    const result = await linkedin().upload(order({ media: [video] }), tools);
    expect(result).toMatchObject(outcome);
    expect(JSON.stringify(result)).not.toContain(token);
  });
});
