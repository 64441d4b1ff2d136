import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FiguresOutcome, NO_FIGURES } from '../../../domain/engagement.ts';
import { nextPacificMidnight } from '../../../domain/pacific-midnight.ts';
import { toPlatformPostId } from '../../../domain/platforms.ts';
import type { SocialControl } from '../../../sandbox/social/control.ts';
import { figuresById, readOrder } from '../../support/read-order.ts';
import { published, startYoutubeScene, type YoutubeScene } from '../../support/youtube-scene.ts';

let scene: YoutubeScene;
beforeEach(async () => {
  scene = await startYoutubeScene();
});
afterEach(() => scene.platforms.stop());

/** Publishes videos. Gives their ids, oldest first. */
async function publish(count: number): Promise<string[]> {
  await scene.platforms.control.setLimits({ kept: false });
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    scene.uploads.all.clear();
    const order = scene.shortOrder({ mark: `mark${number}` });
    ids.push(published(await scene.youtube().publish(order, scene.toolsWith())).id);
  }
  await scene.platforms.control.setLimits({ kept: true });
  return ids;
}

async function setFigures(
  id: string | undefined,
  figures: Parameters<SocialControl['setFigures']>[0]['figures'],
): Promise<void> {
  await scene.platforms.control.setFigures({ platform: 'youtube', id: id ?? '', figures });
}

/** What was read of each post, by its id there. */
const figuresRead = (outcome: FiguresOutcome) => Object.fromEntries(figuresById(outcome));

async function read(ids: readonly string[]): Promise<FiguresOutcome> {
  const orders = ids.map((id) => readOrder('youtube', { id, at: Date.now() }));
  const outcome = await scene.youtube().readFigures?.(orders, scene.toolsWith());
  if (outcome === undefined) throw new Error('it reads no figures');
  return outcome;
}

/** How often the list of videos was asked for. */
async function countLists(): Promise<number> {
  const { requests } = await scene.platforms.control.getRequests({});
  return requests.filter(({ method, path }) => method === 'GET' && path === '/youtube/v3/videos').length;
}

describe('the figures of videos', () => {
  test('are read of all in one request: views, likes and comments; the rest YouTube tells nobody', async () => {
    const [first = '', second = ''] = await publish(2);
    await setFigures(first, { impressions: 1_200, likes: 40, comments: 7, shares: 3, clicks: 9, reach: 800 });
    await setFigures(second, { impressions: 0, likes: 0, comments: 0 });
    const outcome = await read([first, second]);
    expect(figuresRead(outcome)).toEqual({
      [first]: { ...NO_FIGURES, impressions: 1_200, likes: 40, comments: 7 },
      [second]: { ...NO_FIGURES, impressions: 0, likes: 0, comments: 0 },
    });
    expect(outcome).toMatchObject({ requests: 1 });
    expect(await countLists()).toBe(1);
  });

  test('that are hidden are not available, and not 0', async () => {
    const [id = ''] = await publish(1);
    await setFigures(id, { impressions: 90, likes: null, comments: null });
    expect(figuresRead(await read([id]))).toEqual({ [id]: { ...NO_FIGURES, impressions: 90 } });
  });

  test('take a request for each fifty', async () => {
    const ids = await publish(51);
    const outcome = await read(ids);
    expect(Object.keys(figuresRead(outcome))).toEqual(ids);
    expect(outcome).toMatchObject({ requests: 2 });
    expect(await countLists()).toBe(2);
  });

  test('of a video that was deleted say so, and the others are whole', async () => {
    const [first = '', second = ''] = await publish(2);
    await setFigures(second, { impressions: 5, likes: 1, comments: 0 });
    await scene.platforms.control.deletePost({ platform: 'youtube', id: first });
    expect(figuresRead(await read([first, second]))).toEqual({
      [first]: 'gone',
      [second]: { ...NO_FIGURES, impressions: 5, likes: 1, comments: 0 },
    });
  });
});

describe('what stands in the way', () => {
  test('is a quota that is used up: until midnight in California', async () => {
    const [id = ''] = await publish(1);
    const video = { kind: 'published', id: toPlatformPostId(id), url: '' } as const;
    // Each change costs 50 of 10,000 units.
    for (let change = 0; change < 200; change += 1)
      await scene.youtube().edit(scene.shortOrder(), video, scene.toolsWith());
    const until = nextPacificMidnight(scene.time);
    expect(await read([id])).toEqual({ kind: 'rate-limited', until });
    scene.time = until;
    await scene.consentAgain();
    expect(figuresRead(await read([id]))).toHaveProperty([id]);
  });

  test('is a token that YouTube refuses', async () => {
    const [id = ''] = await publish(1);
    await scene.platforms.control.expireTokens({ platform: 'youtube' });
    expect(await read([id])).toMatchObject({ kind: 'authorisation expired' });
  });

  test.each([
    ['an error of its own', { kind: 'server error', status: 503 }],
    ['a lost answer', { kind: 'drop', when: 'after' }],
  ] as const)('is %s: it is asked again later', async (_, fault) => {
    const [id = ''] = await publish(1);
    await scene.fail('read', fault);
    expect(await read([id])).toMatchObject({ kind: 'unavailable' });
    expect(figuresRead(await read([id]))).toHaveProperty([id]);
  });

  test('after the first fifty keeps what was read of them', async () => {
    const ids = await publish(60);
    const fault = { kind: 'rate limit', resetAfterMs: 90_000 } as const;
    const rule = { platform: 'youtube', on: 'read', times: 1, every: 2, fault } as const;
    await scene.platforms.control.setFaults({ rules: [rule] });
    expect(Object.keys(figuresRead(await read(ids)))).toEqual(ids.slice(0, 50));
  });
});
