import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { nextPacificMidnight } from '../../../domain/pacific-midnight.ts';
import { publishOrder } from '../../support/publish-order.ts';
import { published, startYoutubeScene, VIDEO, type YoutubeScene } from '../../support/youtube-scene.ts';

let scene: YoutubeScene;
beforeEach(async () => {
  scene = await startYoutubeScene();
});
afterEach(() => scene.platforms.stop());

describe('a video', () => {
  test('is brought there without being seen, and published by its last part', async () => {
    const order = scene.orderOf({ text: 'How it works.\n\n#vfx #art', hashtags: ['vfx', 'art'] });
    let heartbeats = 0;
    const heartbeat = () => {
      heartbeats += 1;
    };
    expect(await scene.youtube().upload(order, scene.toolsWith({ heartbeat }))).toBeUndefined();
    expect(await scene.posts()).toEqual([]);
    expect(heartbeats).toBe(2);
    const outcome = published(await scene.youtube().publish(order, scene.toolsWith()));
    const digest = createHash('sha256').update(VIDEO).digest('hex');
    expect(await scene.posts()).toMatchObject([
      {
        ...{ id: outcome.id, url: outcome.url, title: 'TiXL 4.1', text: 'How it works.\n\n#vfx #art' },
        media: [{ kind: 'video', bytes: VIDEO.length, digest }],
      },
    ]);
    expect(await (await fetch(outcome.url)).text()).toContain('#tixl-post-mark1 #vfx #art');
  });

  test('that is one part is published by it', async () => {
    expect(await scene.youtube().upload(scene.shortOrder(), scene.toolsWith())).toBeUndefined();
    expect(await scene.posts()).toEqual([]);
    published(await scene.youtube().publish(scene.shortOrder(), scene.toolsWith()));
    expect(await scene.posts()).toMatchObject([{ media: [{ bytes: 1_000 }] }]);
  });

  test('is published once, however often', async () => {
    const first = published(await scene.youtube().publish(scene.shortOrder(), scene.toolsWith()));
    expect(await scene.youtube().publish(scene.shortOrder(), scene.toolsWith())).toEqual(first);
    expect(await scene.youtube().upload(scene.shortOrder(), scene.toolsWith())).toBeUndefined();
    expect(await scene.youtube().lookUp(scene.shortOrder(), scene.toolsWith())).toEqual(first);
    expect(await scene.posts()).toHaveLength(1);
  });

  test('has to be there', async () => {
    const order = publishOrder('youtube');
    expect(await scene.youtube().upload(order, scene.toolsWith())).toMatchObject({ kind: 'rejected' });
    expect(await scene.youtube().publish(order, scene.toolsWith())).toMatchObject({ kind: 'rejected' });
  });
});

describe('a limit', () => {
  test.each(['upload', 'publish', 'read'] as const)('on %s is waited for as YouTube says', async (on) => {
    if (on !== 'upload') await scene.youtube().upload(scene.orderOf(), scene.toolsWith());
    await scene.fail(on, { kind: 'rate limit', resetAfterMs: 90_000 });
    const outcome = await scene.youtube().publish(scene.orderOf(), scene.toolsWith());
    const until = outcome.kind === 'rate-limited' ? outcome.until : 0;
    // Headers have no fractions of a second.
    expect(Math.abs(until - scene.time - 90_000)).toBeLessThan(1_000);
    expect(await scene.posts()).toEqual([]);
    published(await scene.youtube().publish(scene.orderOf(), scene.toolsWith()));
  });

  test('of the day is waited for until midnight in California, and then it goes on', async () => {
    for (let number = 0; number < 100; number += 1) {
      scene.uploads.all.clear();
      expect(
        await scene.youtube().upload(scene.shortOrder({ mark: `${number}` }), scene.toolsWith()),
      ).toBeUndefined();
    }
    scene.uploads.all.clear();
    const until = nextPacificMidnight(scene.time);
    expect(await scene.youtube().upload(scene.shortOrder(), scene.toolsWith())).toEqual({
      kind: 'rate-limited',
      until,
    });
    scene.time = until;
    await scene.consentAgain();
    expect(await scene.youtube().upload(scene.shortOrder(), scene.toolsWith())).toBeUndefined();
  });
});

describe('a token that YouTube refuses', () => {
  test.each(['upload', 'publish', 'read'] as const)(
    'on %s has to be given anew, and the upload goes on',
    async (on) => {
      if (on !== 'upload') await scene.youtube().upload(scene.orderOf(), scene.toolsWith());
      await scene.fail(on, { kind: 'expire token' });
      const refused = await scene.youtube().publish(scene.orderOf(), scene.toolsWith());
      expect(refused).toMatchObject({ kind: 'authorisation expired' });
      expect(JSON.stringify(refused)).not.toContain(scene.accessToken);
      await scene.consentAgain();
      published(await scene.youtube().publish(scene.orderOf(), scene.toolsWith()));
      expect(await scene.posts()).toHaveLength(1);
    },
  );

  test('on looking and editing is said so, too', async () => {
    const outcome = published(await scene.youtube().publish(scene.shortOrder(), scene.toolsWith()));
    scene.uploads.all.clear();
    await scene.platforms.control.expireTokens({ platform: 'youtube' });
    expect(await scene.youtube().lookUp(scene.shortOrder(), scene.toolsWith())).toMatchObject({
      kind: 'authorisation expired',
    });
    expect(await scene.youtube().edit(scene.shortOrder(), outcome, scene.toolsWith())).toMatchObject({
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
    expect(await scene.youtube().upload(scene.orderOf(details), scene.toolsWith())).toMatchObject(expected);
    expect(await scene.youtube().publish(scene.orderOf(details), scene.toolsWith())).toMatchObject(expected);
    expect(await scene.posts()).toEqual([]);
  });

  test('more hashtags than it has room for: the first ones are kept, and the mark', async () => {
    const hashtags = Array.from({ length: 15 }, (_, number) => `${'tag'.repeat(20)}${number}`);
    const outcome = published(
      await scene.youtube().publish(scene.shortOrder({ hashtags }), scene.toolsWith()),
    );
    const page = await (await fetch(outcome.url)).text();
    expect(page).toContain(`#tixl-post-mark1 #${hashtags[0]} #${hashtags[1]}`);
    expect(page).not.toContain(hashtags[14]);
  });

  test('what it says that it has', async () => {
    await scene.fail('publish', { kind: 'duplicate' });
    expect(await scene.youtube().publish(scene.orderOf(), scene.toolsWith())).toMatchObject({
      kind: 'rejected',
    });
  });
});

describe('an edit', () => {
  test('changes title, text and hashtags, and keeps the mark', async () => {
    const outcome = published(
      await scene.youtube().publish(scene.shortOrder({ hashtags: ['old'] }), scene.toolsWith()),
    );
    const changed = scene.shortOrder({ title: 'Mended', text: 'Better.', hashtags: ['new'] });
    expect(await scene.youtube().edit(changed, outcome, scene.toolsWith())).toEqual({ kind: 'edited' });
    expect(await scene.posts()).toMatchObject([
      { id: outcome.id, title: 'Mended', text: 'Better.', edits: 1 },
    ]);
    expect(await (await fetch(outcome.url)).text()).toContain('#tixl-post-mark1 #new<');
    scene.uploads.all.clear();
    expect(await scene.youtube().lookUp(scene.shortOrder(), scene.toolsWith())).toEqual(outcome);
  });

  test('of what is gone is refused, and one whose answer is lost can be made again', async () => {
    const outcome = published(await scene.youtube().publish(scene.shortOrder(), scene.toolsWith()));
    await scene.fail('publish', { kind: 'drop', when: 'after' });
    expect(await scene.youtube().edit(scene.shortOrder(), outcome, scene.toolsWith())).toMatchObject({
      kind: 'unavailable',
    });
    expect(await scene.youtube().edit(scene.shortOrder(), outcome, scene.toolsWith())).toEqual({
      kind: 'edited',
    });
    await scene.platforms.control.deletePost({ platform: 'youtube', id: outcome.id });
    expect(await scene.youtube().edit(scene.shortOrder(), outcome, scene.toolsWith())).toMatchObject({
      kind: 'rejected',
    });
  });
});

test('it was surely not sent where nothing listens', async () => {
  await scene.platforms.stop();
  expect(await scene.youtube().upload(scene.orderOf(), scene.toolsWith())).toMatchObject({
    kind: 'unavailable',
  });
  expect(await scene.youtube().publish(scene.orderOf(), scene.toolsWith())).toMatchObject({
    kind: 'unavailable',
  });
  expect(await scene.youtube().lookUp(scene.orderOf(), scene.toolsWith())).toMatchObject({
    kind: 'unavailable',
  });
});
