import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../sandbox/social/control.ts';
import { published, startYoutubeScene, VIDEO, type YoutubeScene } from '../../support/youtube-scene.ts';

const DAY_MS = 86_400_000;

/** Everything after which one does not know what came of a request. */
const LOST: Fault[] = [
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'time out', when: 'before' },
  { kind: 'time out', when: 'after' },
  { kind: 'server error', status: 503 },
];

/** As long as a test waits for an answer that never comes. */
const patienceFor = (fault: Fault) => (fault.kind === 'time out' ? 700 : 30_000);

let scene: YoutubeScene;
beforeEach(async () => {
  scene = await startYoutubeScene();
});
afterEach(() => scene.platforms.stop());

describe('an upload that was cut off', () => {
  test.each(LOST)('by $kind $when goes on where it stopped, in another process', async (fault) => {
    const order = scene.orderOf();
    // The first request of this kind begins the session, and the next ones bring the parts.
    const rules = [{ platform: 'youtube', on: 'upload', times: 1, every: 3, fault } as const];
    await scene.platforms.control.setFaults({ rules });
    const cutOff = await scene.youtube().upload(order, scene.toolsWith({}, patienceFor(fault)));
    expect(cutOff).toMatchObject({ kind: 'unavailable' });
    expect(await scene.youtube().upload(order, scene.toolsWith())).toBeUndefined();
    published(await scene.youtube().publish(order, scene.toolsWith()));
    const digest = createHash('sha256').update(VIDEO).digest('hex');
    expect(await scene.posts()).toMatchObject([{ media: [{ bytes: VIDEO.length, digest }] }]);
    expect(await scene.countRequests('POST', 'upload')).toBe(1);
  });

  test.each(LOST)('by $kind $when when it began, begins again: nobody has seen it', async (fault) => {
    await scene.fail('upload', fault);
    const cutOff = await scene.youtube().upload(scene.orderOf(), scene.toolsWith({}, patienceFor(fault)));
    expect(cutOff).toMatchObject({ kind: 'unavailable' });
    published(await scene.youtube().publish(scene.orderOf(), scene.toolsWith()));
    expect(await scene.posts()).toHaveLength(1);
  });

  test('that YouTube has forgotten after a week begins anew', async () => {
    await scene.youtube().upload(scene.orderOf(), scene.toolsWith());
    scene.time += 8 * DAY_MS;
    await scene.consentAgain();
    expect(await scene.youtube().lookUp(scene.orderOf(), scene.toolsWith())).toEqual({ kind: 'not there' });
    published(await scene.youtube().publish(scene.orderOf(), scene.toolsWith()));
    expect(await scene.posts()).toHaveLength(1);
    expect(await scene.countRequests('POST', 'upload')).toBe(2);
  });

  test('is given up when the words have changed: what is published is what they are now', async () => {
    await scene.youtube().upload(scene.orderOf({ title: 'Former' }), scene.toolsWith());
    await scene.youtube().upload(scene.orderOf({ title: 'Latest' }), scene.toolsWith());
    published(await scene.youtube().publish(scene.orderOf({ title: 'Latest' }), scene.toolsWith()));
    expect(await scene.posts()).toMatchObject([{ title: 'Latest', edits: 0 }]);
  });
});

describe('when the answer to the last part is lost', () => {
  test.each(LOST)('by $kind $when nobody knows, until one has looked: it is there once', async (fault) => {
    const wasDone = 'when' in fault && fault.when === 'after';
    await scene.youtube().upload(scene.orderOf(), scene.toolsWith());
    await scene.fail('publish', fault);
    const outcome = await scene.youtube().publish(scene.orderOf(), scene.toolsWith({}, patienceFor(fault)));
    expect(outcome).toMatchObject({ kind: 'unknown' });
    expect(await scene.posts()).toHaveLength(wasDone ? 1 : 0);
    const found = await scene.youtube().lookUp(scene.orderOf(), scene.toolsWith());
    expect(found.kind).toBe(wasDone ? 'published' : 'not there');
    const again = published(await scene.youtube().publish(scene.orderOf(), scene.toolsWith()));
    if (wasDone) expect(again).toEqual(found);
    expect(await scene.posts()).toHaveLength(1);
    expect(await scene.countRequests('POST', 'upload')).toBe(1);
  });

  test('a video is found by its tag when the session is not known any more', async () => {
    await scene.fail('publish', { kind: 'drop', when: 'after' });
    await scene.youtube().publish(scene.shortOrder(), scene.toolsWith());
    const others = Array.from({ length: 60 }, (_, number) => `other${number}`);
    for (const mark of others) {
      scene.uploads.all.clear();
      published(await scene.youtube().publish(scene.shortOrder({ mark }), scene.toolsWith()));
    }
    scene.uploads.all.clear();
    const [first] = await scene.posts();
    const found = await scene.youtube().lookUp(scene.shortOrder(), scene.toolsWith());
    expect(found).toMatchObject({ kind: 'published', id: first?.id, url: first?.url });
    expect(await scene.youtube().lookUp(scene.shortOrder({ mark: 'unknown' }), scene.toolsWith())).toEqual({
      kind: 'not there',
    });
  });

  test.each(LOST)('and looking fails by $kind $when, one does not know more', async (fault) => {
    await scene.youtube().upload(scene.orderOf(), scene.toolsWith());
    await scene.fail('read', fault);
    const withSession = await scene
      .youtube()
      .lookUp(scene.orderOf(), scene.toolsWith({}, patienceFor(fault)));
    expect(withSession).toMatchObject({ kind: 'unavailable' });
    scene.uploads.all.clear();
    await scene.fail('read', fault);
    const withoutSession = await scene
      .youtube()
      .lookUp(scene.orderOf(), scene.toolsWith({}, patienceFor(fault)));
    expect(withoutSession).toMatchObject({ kind: 'unavailable' });
  });
});

test('the address of a session is in nothing that is said of it', async () => {
  await scene.youtube().upload(scene.orderOf(), scene.toolsWith());
  const secret = new URL([...scene.uploads.all.values()][0]?.session ?? '').searchParams.get('upload_id');
  await scene.platforms.stop();
  const said = [
    await scene.youtube().upload(scene.orderOf(), scene.toolsWith()),
    await scene.youtube().publish(scene.orderOf(), scene.toolsWith()),
    await scene.youtube().lookUp(scene.orderOf(), scene.toolsWith()),
  ];
  expect(said).toMatchObject([{ kind: 'unavailable' }, { kind: 'unavailable' }, { kind: 'unavailable' }]);
  expect(secret).toMatch(/^[\w-]{64}$/);
  expect(JSON.stringify(said)).not.toContain(secret);
});
