import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Publisher, PublisherTools } from '../../../activities/platforms/publisher.ts';
import { connectYoutube } from '../../../activities/platforms/youtube.ts';
import type { PlatformSettings } from '../../../domain/distribution.ts';
import { nextPacificMidnight } from '../../../domain/pacific-midnight.ts';
import type { Published, PublishOutcome } from '../../../domain/platforms.ts';
import { platformAddresses } from '../../../runtime/platform-addresses.ts';
import type { Fault, FaultRule } from '../../../sandbox/social/control.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../../sandbox/social/start.ts';
import { consentTo, YOUTUBE_OAUTH } from '../../support/local-platforms.ts';
import {
  mediaSource,
  memoryUploads,
  type OrderDetails,
  publisherTools,
  publishOrder,
} from '../../support/publish-order.ts';

const MEGABYTE = 1024 * 1024;
const DAY_MS = 86_400_000;
/** Three parts: two whole ones, and the last. */
const VIDEO = randomBytes(10 * MEGABYTE + 123);
const SHORT_VIDEO = randomBytes(1_000);
const SETTINGS = { privacy: 'public', categoryId: '27' } as PlatformSettings['youtube'];

let platforms: LocalPlatforms;
let accessToken: string;
/** The clock of both sides. */
let time: number;
let uploads: ReturnType<typeof memoryUploads>;

beforeEach(async () => {
  time = Date.now();
  uploads = memoryUploads();
  platforms = await startLocalPlatforms({ now: () => time });
  await consentAgain();
});
afterEach(() => platforms.stop());

async function consentAgain(): Promise<void> {
  accessToken = (await consentTo(platforms, 'youtube', YOUTUBE_OAUTH)).access_token;
}

/** Another one each time, as in another process: what is known of an upload is what is in the ledger. */
function youtube(): Publisher & Required<Pick<Publisher, 'upload' | 'edit'>> {
  const { youtube: address } = platformAddresses({ PLATFORMS_URL: platforms.url });
  const access = { accessToken, accountId: 'UC1', accountName: 'TiXL' };
  const publisher = connectYoutube(address, SETTINGS)(access);
  const { upload, edit } = publisher;
  if (upload === undefined || edit === undefined) throw new Error('YouTube takes uploads and edits');
  return { ...publisher, upload, edit };
}

const orderOf = (details: OrderDetails = {}) =>
  publishOrder('youtube', { media: [mediaSource(VIDEO)], firstTriedAt: time, ...details });
const shortOrder = (details: OrderDetails = {}) => orderOf({ media: [mediaSource(SHORT_VIDEO)], ...details });
const toolsWith = (tools: Partial<PublisherTools> = {}, patienceMs?: number) =>
  publisherTools({ uploads, now: () => time, ...tools }, patienceMs);
const posts = async () => (await platforms.control.getPosts({ platform: 'youtube' })).posts;
const fail = (on: FaultRule['on'], fault: Fault) =>
  platforms.control.setFaults({ rules: [{ platform: 'youtube', on, times: 1, fault }] });

/** How often something was asked, by method and what it is about. */
async function countRequests(method: string, kind: FaultRule['on']): Promise<number> {
  const { requests } = await platforms.control.getRequests({});
  return requests.filter((one) => one.method === method && one.kind === kind).length;
}

/** As long as a test waits for an answer that never comes. */
const patienceFor = (fault: Fault) => (fault.kind === 'time out' ? 700 : 30_000);

function published(outcome: PublishOutcome | { kind: string }): Published {
  if (outcome.kind !== 'published') throw new Error(`it is ${JSON.stringify(outcome)}`);
  return outcome as Published;
}

const LOST: Fault[] = [
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'time out', when: 'before' },
  { kind: 'time out', when: 'after' },
  { kind: 'server error', status: 503 },
];

describe('a video', () => {
  test('is brought there without being seen, and published by its last part', async () => {
    const order = orderOf({ text: 'How it works.\n\n#vfx #art', hashtags: ['vfx', 'art'] });
    let heartbeats = 0;
    const heartbeat = () => {
      heartbeats += 1;
    };
    expect(await youtube().upload(order, toolsWith({ heartbeat }))).toBeUndefined();
    expect(await posts()).toEqual([]);
    expect(heartbeats).toBe(2);
    const outcome = published(await youtube().publish(order, toolsWith()));
    const digest = createHash('sha256').update(VIDEO).digest('hex');
    expect(await posts()).toMatchObject([
      {
        ...{ id: outcome.id, url: outcome.url, title: 'TiXL 4.1', text: 'How it works.\n\n#vfx #art' },
        media: [{ kind: 'video', bytes: VIDEO.length, digest }],
      },
    ]);
    expect(await (await fetch(outcome.url)).text()).toContain('#tixl-post-mark1 #vfx #art');
  });

  test('that is one part is published by it', async () => {
    expect(await youtube().upload(shortOrder(), toolsWith())).toBeUndefined();
    expect(await posts()).toEqual([]);
    published(await youtube().publish(shortOrder(), toolsWith()));
    expect(await posts()).toMatchObject([{ media: [{ bytes: 1_000 }] }]);
  });

  test('is published once, however often', async () => {
    const first = published(await youtube().publish(shortOrder(), toolsWith()));
    expect(await youtube().publish(shortOrder(), toolsWith())).toEqual(first);
    expect(await youtube().upload(shortOrder(), toolsWith())).toBeUndefined();
    expect(await youtube().lookUp(shortOrder(), toolsWith())).toEqual(first);
    expect(await posts()).toHaveLength(1);
  });

  test('has to be there', async () => {
    const order = publishOrder('youtube');
    expect(await youtube().upload(order, toolsWith())).toMatchObject({ kind: 'rejected' });
    expect(await youtube().publish(order, toolsWith())).toMatchObject({ kind: 'rejected' });
  });
});

describe('an upload that was cut off', () => {
  test.each(LOST)('by $kind $when goes on where it stopped, in another process', async (fault) => {
    const order = orderOf();
    // The first request of this kind begins the session, and the next ones bring the parts.
    const rules = [{ platform: 'youtube', on: 'upload', times: 1, every: 3, fault } as const];
    await platforms.control.setFaults({ rules });
    const cutOff = await youtube().upload(order, toolsWith({}, patienceFor(fault)));
    expect(cutOff).toMatchObject({ kind: 'unavailable' });
    expect(await youtube().upload(order, toolsWith())).toBeUndefined();
    published(await youtube().publish(order, toolsWith()));
    const digest = createHash('sha256').update(VIDEO).digest('hex');
    expect(await posts()).toMatchObject([{ media: [{ bytes: VIDEO.length, digest }] }]);
    expect(await countRequests('POST', 'upload')).toBe(1);
  });

  test.each(LOST)('by $kind $when when it began, begins again: nobody has seen it', async (fault) => {
    await fail('upload', fault);
    const cutOff = await youtube().upload(orderOf(), toolsWith({}, patienceFor(fault)));
    expect(cutOff).toMatchObject({ kind: 'unavailable' });
    published(await youtube().publish(orderOf(), toolsWith()));
    expect(await posts()).toHaveLength(1);
  });

  test('that YouTube has forgotten after a week begins anew', async () => {
    await youtube().upload(orderOf(), toolsWith());
    time += 8 * DAY_MS;
    await consentAgain();
    expect(await youtube().lookUp(orderOf(), toolsWith())).toEqual({ kind: 'not there' });
    published(await youtube().publish(orderOf(), toolsWith()));
    expect(await posts()).toHaveLength(1);
    expect(await countRequests('POST', 'upload')).toBe(2);
  });

  test('is given up when the words have changed: what is published is what they are now', async () => {
    await youtube().upload(orderOf({ title: 'Former' }), toolsWith());
    await youtube().upload(orderOf({ title: 'Latest' }), toolsWith());
    published(await youtube().publish(orderOf({ title: 'Latest' }), toolsWith()));
    expect(await posts()).toMatchObject([{ title: 'Latest', edits: 0 }]);
  });
});

describe('when the answer to the last part is lost', () => {
  test.each(LOST)('by $kind $when nobody knows, until one has looked: it is there once', async (fault) => {
    const wasDone = 'when' in fault && fault.when === 'after';
    await youtube().upload(orderOf(), toolsWith());
    await fail('publish', fault);
    const outcome = await youtube().publish(orderOf(), toolsWith({}, patienceFor(fault)));
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect(await posts()).toHaveLength(wasDone ? 1 : 0);
    const found = await youtube().lookUp(orderOf(), toolsWith());
    expect(found.kind).toBe(wasDone ? 'published' : 'not there');
    const again = published(await youtube().publish(orderOf(), toolsWith()));
    if (wasDone) expect(again).toEqual(found);
    expect(await posts()).toHaveLength(1);
    expect(await countRequests('POST', 'upload')).toBe(1);
  });

  test('a video is found by its tag when the session is not known any more', async () => {
    await fail('publish', { kind: 'drop', when: 'after' });
    await youtube().publish(shortOrder(), toolsWith());
    const others = Array.from({ length: 60 }, (_, number) => `other${number}`);
    for (const mark of others) {
      uploads.all.clear();
      published(await youtube().publish(shortOrder({ mark }), toolsWith()));
    }
    uploads.all.clear();
    const [first] = await posts();
    const found = await youtube().lookUp(shortOrder(), toolsWith());
    expect(found).toMatchObject({ kind: 'published', id: first?.id, url: first?.url });
    expect(await youtube().lookUp(shortOrder({ mark: 'unknown' }), toolsWith())).toEqual({
      kind: 'not there',
    });
  });

  test.each(LOST)('and looking fails by $kind $when, one does not know more', async (fault) => {
    await youtube().upload(orderOf(), toolsWith());
    await fail('read', fault);
    const withSession = await youtube().lookUp(orderOf(), toolsWith({}, patienceFor(fault)));
    expect(withSession).toMatchObject({ kind: 'unavailable' });
    uploads.all.clear();
    await fail('read', fault);
    const withoutSession = await youtube().lookUp(orderOf(), toolsWith({}, patienceFor(fault)));
    expect(withoutSession).toMatchObject({ kind: 'unavailable' });
  });
});

describe('a limit', () => {
  test.each(['upload', 'publish', 'read'] as const)('on %s is waited for as YouTube says', async (on) => {
    if (on !== 'upload') await youtube().upload(orderOf(), toolsWith());
    await fail(on, { kind: 'rate limit', resetAfterMs: 90_000 });
    const outcome = await youtube().publish(orderOf(), toolsWith());
    const until = outcome.kind === 'rate-limited' ? outcome.until : 0;
    // Headers have no fractions of a second.
    expect(Math.abs(until - time - 90_000)).toBeLessThan(1_000);
    expect(await posts()).toEqual([]);
    published(await youtube().publish(orderOf(), toolsWith()));
  });

  test('of the day is waited for until midnight in California, and then it goes on', async () => {
    for (let number = 0; number < 100; number += 1) {
      uploads.all.clear();
      expect(await youtube().upload(shortOrder({ mark: `${number}` }), toolsWith())).toBeUndefined();
    }
    uploads.all.clear();
    const until = nextPacificMidnight(time);
    expect(await youtube().upload(shortOrder(), toolsWith())).toEqual({ kind: 'rate-limited', until });
    time = until;
    await consentAgain();
    expect(await youtube().upload(shortOrder(), toolsWith())).toBeUndefined();
  });
});

describe('a token that YouTube refuses', () => {
  test.each(['upload', 'publish', 'read'] as const)(
    'on %s has to be given anew, and the upload goes on',
    async (on) => {
      if (on !== 'upload') await youtube().upload(orderOf(), toolsWith());
      await fail(on, { kind: 'expire token' });
      const refused = await youtube().publish(orderOf(), toolsWith());
      expect(refused).toMatchObject({ kind: 'authorisation expired' });
      expect(JSON.stringify(refused)).not.toContain(accessToken);
      await consentAgain();
      published(await youtube().publish(orderOf(), toolsWith()));
      expect(await posts()).toHaveLength(1);
    },
  );

  test('on looking and editing is said so, too', async () => {
    const outcome = published(await youtube().publish(shortOrder(), toolsWith()));
    uploads.all.clear();
    await platforms.control.expireTokens({ platform: 'youtube' });
    expect(await youtube().lookUp(shortOrder(), toolsWith())).toMatchObject({
      kind: 'authorisation expired',
    });
    expect(await youtube().edit(shortOrder(), outcome, toolsWith())).toMatchObject({
      kind: 'authorisation expired',
    });
  });
});

describe('what YouTube does not take', () => {
  test.each([
    ['a title that is too long', { title: 'x'.repeat(101) }, 'title'],
    ['no title', { title: ' ' }, 'title'],
    ['a title with a bracket', { title: 'a > b' }, 'title'],
    ['a text of too many bytes', { text: 'ü'.repeat(2_501) }, '5,000 bytes'],
    ['a text with a bracket', { text: '<b>' }, 'text'],
  ])('%s, is said in words that one can act on', async (_, details, reason) => {
    const expected = { kind: 'rejected', reason: expect.stringContaining(reason) };
    expect(await youtube().upload(orderOf(details), toolsWith())).toMatchObject(expected);
    expect(await youtube().publish(orderOf(details), toolsWith())).toMatchObject(expected);
    expect(await posts()).toEqual([]);
  });

  test('more hashtags than it has room for: the first ones are kept, and the mark', async () => {
    const hashtags = Array.from({ length: 15 }, (_, number) => `${'tag'.repeat(20)}${number}`);
    const outcome = published(await youtube().publish(shortOrder({ hashtags }), toolsWith()));
    const page = await (await fetch(outcome.url)).text();
    expect(page).toContain(`#tixl-post-mark1 #${hashtags[0]} #${hashtags[1]}`);
    expect(page).not.toContain(hashtags[14]);
  });

  test('what it says that it has', async () => {
    await fail('publish', { kind: 'duplicate' });
    expect(await youtube().publish(orderOf(), toolsWith())).toMatchObject({ kind: 'rejected' });
  });
});

describe('an edit', () => {
  test('changes title, text and hashtags, and keeps the mark', async () => {
    const outcome = published(await youtube().publish(shortOrder({ hashtags: ['old'] }), toolsWith()));
    const changed = shortOrder({ title: 'Mended', text: 'Better.', hashtags: ['new'] });
    expect(await youtube().edit(changed, outcome, toolsWith())).toEqual({ kind: 'edited' });
    expect(await posts()).toMatchObject([{ id: outcome.id, title: 'Mended', text: 'Better.', edits: 1 }]);
    expect(await (await fetch(outcome.url)).text()).toContain('#tixl-post-mark1 #new<');
    uploads.all.clear();
    expect(await youtube().lookUp(shortOrder(), toolsWith())).toEqual(outcome);
  });

  test('of what is gone is refused, and one whose answer is lost can be made again', async () => {
    const outcome = published(await youtube().publish(shortOrder(), toolsWith()));
    await fail('publish', { kind: 'drop', when: 'after' });
    expect(await youtube().edit(shortOrder(), outcome, toolsWith())).toMatchObject({ kind: 'unavailable' });
    expect(await youtube().edit(shortOrder(), outcome, toolsWith())).toEqual({ kind: 'edited' });
    await platforms.control.deletePost({ platform: 'youtube', id: outcome.id });
    expect(await youtube().edit(shortOrder(), outcome, toolsWith())).toMatchObject({ kind: 'rejected' });
  });
});

test('it was surely not sent where nothing listens', async () => {
  await platforms.stop();
  expect(await youtube().upload(orderOf(), toolsWith())).toMatchObject({ kind: 'unavailable' });
  expect(await youtube().publish(orderOf(), toolsWith())).toMatchObject({ kind: 'unavailable' });
  expect(await youtube().lookUp(orderOf(), toolsWith())).toMatchObject({ kind: 'unavailable' });
});

test('the address of a session is in nothing that is said of it', async () => {
  await youtube().upload(orderOf(), toolsWith());
  const secret = new URL([...uploads.all.values()][0]?.session ?? '').searchParams.get('upload_id');
  await platforms.stop();
  const said = [
    await youtube().upload(orderOf(), toolsWith()),
    await youtube().publish(orderOf(), toolsWith()),
    await youtube().lookUp(orderOf(), toolsWith()),
  ];
  expect(said).toMatchObject([{ kind: 'unavailable' }, { kind: 'unavailable' }, { kind: 'unavailable' }]);
  expect(secret).toMatch(/^[\w-]{64}$/);
  expect(JSON.stringify(said)).not.toContain(secret);
});
