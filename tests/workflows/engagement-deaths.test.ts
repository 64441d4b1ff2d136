import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createAccounts } from '../../activities/platforms/accounts.ts';
import { connectByAccount } from '../../activities/platforms/connection.ts';
import { createEngagementActivities } from '../../activities/platforms/engagement.ts';
import { connectX } from '../../activities/platforms/x.ts';
import type { NewPost } from '../../database/posts.ts';
import { platformAddresses } from '../../runtime/platform-addresses.ts';
import { createSealer } from '../../runtime/sealing.ts';
import { HOUR_MS, startDistribution, type TestDistribution } from '../support/distribution.ts';
import { publishToRead, readingsOf } from '../support/engagement.ts';
import { until } from '../support/wait.ts';

const SLACK_MS = 2 * 60_000;

let posts: TestDistribution;
beforeAll(async () => {
  posts = await startDistribution();
});
afterAll(() => posts.stop());

const publishedOnX = () => publishToRead(posts, { platforms: ['discord', 'x'] });

async function setLikes(post: NewPost, likes: number): Promise<void> {
  const { publishedId } = await posts.deliveryOf(post, 'x');
  await posts.platforms.control.setFigures({ platform: 'x', id: publishedId ?? '', figures: { likes } });
}

/** The readings on X: how each stands, and the likes that it has found. */
async function onX(post: NewPost): Promise<[state: string, likes: number | null][]> {
  const readings = await readingsOf(posts.community.database, post);
  return readings
    .filter(({ platform }) => platform === 'x')
    .map(({ state, figures }) => [state, figures.likes]);
}

const untilTaken = (post: NewPost) => until(async () => (await onX(post))[0]?.[0] === 'taken');

/** The connection to the database that waits in order to write readings down. */
async function waitingWriter(): Promise<number | undefined> {
  const [row]: { pid: number }[] = await posts.community.database.em.fork().execute(
    `select pid from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and query like 'update post_readings as reading%'`,
  );
  return row?.pid;
}

describe('readings whose worker dies', () => {
  test('between the answer of the platform and writing it down are taken again, and written down once', async () => {
    const post = await publishedOnX();
    await setLikes(post, 3);
    const em = posts.community.database.em.fork();
    const { passing } = await em.transactional(async (transaction) => {
      await transaction.execute(`select from post_readings where post_id = ? and platform = 'x' for update`, [
        post.postId,
      ]);
      // Time passes no further while an activity goes on.
      const passing = posts.pass(HOUR_MS + SLACK_MS);
      await until(async () => (await waitingWriter()) !== undefined);
      await setLikes(post, 5);
      await transaction.execute(`select pg_cancel_backend(?)`, [await waitingWriter()]);
      return { passing };
    });
    await passing;
    await untilTaken(post);
    expect(await onX(post)).toEqual([
      ['taken', 5],
      ['due', null],
      ['due', null],
      ['due', null],
    ]);
  });

  test('after they are written down are not taken again', async () => {
    const post = await publishedOnX();
    await setLikes(post, 3);
    const { publishedAt } = await posts.deliveryOf(post, 'x');
    const dueAt = (publishedAt ?? 0) + HOUR_MS;
    expect(await collectAndDie(post, dueAt)).toMatchObject({ kind: 'read', taken: 1, gone: 0 });
    await setLikes(post, 5);
    expect(await collectAndDie(post, dueAt)).toMatchObject({ kind: 'read', taken: 0, requests: 0 });
    await posts.pass(HOUR_MS + SLACK_MS);
    const all = () => readingsOf(posts.community.database, post);
    await until(async () => (await all()).filter(({ state }) => state === 'taken').length === 2);
    expect((await onX(post))[0]).toEqual(['taken', 3]);
  });
});

/** What a worker has done that dies before its answer reaches Temporal. */
function collectAndDie({ guildId }: NewPost, at: number) {
  const { environment, config, database, logger } = posts.community;
  const sealer = createSealer(environment.TOKENS_KEY ?? '');
  const accounts = createAccounts({ guildId, database, sealer, settings: environment, now: Date.now });
  const connect = connectByAccount('x', accounts, connectX(platformAddresses(environment).x));
  const { collectFigures } = createEngagementActivities({
    ...({ platform: 'x', connect, config, database, logger, sealer, now: Date.now } as const),
  });
  return new MockActivityEnvironment().run(collectFigures, guildId, at);
}
