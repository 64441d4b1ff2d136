import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import {
  type AccountRef,
  connectAccount,
  disconnectAccount,
  expireAccount,
  findAccount,
  forgetRefresh,
  limitAccount,
  listAccounts,
  lockAccount,
  noteRefresh,
  type StoredAccount,
  saveTokens,
  waitForAccount,
} from '../../database/platform-accounts.ts';
import { insertPost } from '../../database/posts.ts';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import type { OutboxOrder } from '../../domain/outbox.ts';
import type { Platform } from '../../domain/platforms.ts';
import { type DeliveryRef, deliveryWorkflowId, type PostId, toPostId } from '../../domain/posts.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const guildId = toGuildId('1300000000000000001');
const X: AccountRef = { guildId, platform: 'x' };
const NOW = Date.UTC(2026, 10, 23, 12);

let database: TestDatabase;
let em: EntityManager;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  em = database.orm.em.fork();
  for (const table of ['platform_accounts', 'outbox', 'posts', 'post_deliveries'])
    await em.execute(`delete from ${table}`);
});

async function connect(account: AccountRef = X, tokens = 'sealed', accountId = '1'): Promise<StoredAccount> {
  const end = NOW + 7_200_000;
  await connectAccount(em, {
    ...account,
    accountId,
    accountName: `@${accountId}`,
    tokens: Buffer.from(tokens),
    tokenExpiresAt: end,
  });
  return theAccount(account);
}

async function theAccount(account: AccountRef = X): Promise<StoredAccount> {
  const found = await findAccount(em, account);
  if (found === undefined) throw new Error('there is no account');
  return found;
}

function expire({ version }: { version: number }, reason = 'taken back', at = NOW): Promise<boolean> {
  return em.fork().transactional((transaction) => expireAccount(transaction, { ...X, version }, reason, at));
}

async function orders(kind: OutboxOrder['kind']): Promise<OutboxOrder[]> {
  const rows: { order: OutboxOrder }[] = await em.execute(
    `select "order" from outbox where "order"->>'kind' = ? order by id`,
    [kind],
  );
  return rows.map(({ order }) => order);
}

/** Posts with a delivery to each of `platforms`. */
async function posts(
  names: readonly string[],
  platforms: readonly Platform[] = ['x'],
): Promise<DeliveryRef[]> {
  const words = { title: 'A title', text: 'A text', hashtags: [], link: null, media: [], publishAt: null };
  const createdBy = toMemberId('1300000000000000002');
  for (const name of names)
    await em.fork().transactional((transaction) =>
      insertPost(transaction, {
        ...{ ...words, guildId, platforms, createdBy },
        ...{ postId: toPostId(name), madeAt: NOW },
      }),
    );
  return names.flatMap((name) =>
    platforms.map((platform) => ({ guildId, postId: toPostId(name), platform })),
  );
}

async function stateOf({ postId, platform }: { postId: PostId; platform: Platform }) {
  const [row]: { state: string; reason: string | null }[] = await em.execute(
    'select state, reason from post_deliveries where post_id = ? and platform = ?',
    [postId, platform],
  );
  return row;
}

describe('an account', () => {
  test('is found as it was connected, and listed without its tokens', async () => {
    await connect();
    expect(await theAccount()).toMatchObject({
      ...{ guildId, platform: 'x', state: 'connected', accountId: '1', accountName: '@1' },
      ...{ tokenExpiresAt: NOW + 7_200_000, limitedUntil: null, reason: null, expiredAt: null },
    });
    expect(Buffer.from((await theAccount()).tokens).toString()).toBe('sealed');
    const listed = await listAccounts(em, guildId);
    expect(listed).toHaveLength(1);
    expect(listed[0]).not.toHaveProperty('tokens');
    expect(await findAccount(em, { guildId, platform: 'linkedin' })).toBeUndefined();
  });

  test('that is connected again, or disconnected in between, has a version that it never had', async () => {
    const versions = [(await connect()).version, (await connect()).version];
    expect(await disconnectAccount(em, X)).toBe(true);
    expect(await disconnectAccount(em, X)).toBe(false);
    versions.push((await connect()).version);
    expect(versions).toEqual([...new Set(versions)].sort((one, two) => one - two));
  });

  test('takes new tokens in place of those that were read, and of no others', async () => {
    const read = await connect();
    const renewed = { tokens: Buffer.from('renewed'), tokenExpiresAt: null };
    expect(await saveTokens(em, read, renewed)).toBe(true);
    expect(await saveTokens(em, read, { ...renewed, tokens: Buffer.from('late') })).toBe(false);
    const found = await theAccount();
    expect(Buffer.from(found.tokens).toString()).toBe('renewed');
    expect(found.tokenExpiresAt).toBeNull();
    expect(found.version).toBeGreaterThan(read.version);
  });

  test('expires once, however many find it at the same time, and staff are told once', async () => {
    const account = await connect();
    const results = await Promise.all(Array.from({ length: 8 }, () => expire(account)));
    expect(results.filter((isFirst) => isFirst)).toHaveLength(1);
    expect(await theAccount()).toMatchObject({ state: 'expired', reason: 'taken back', expiredAt: NOW });
    expect(await orders('tell account expired')).toEqual([
      { kind: 'tell account expired', guildId, platform: 'x', version: account.version },
    ]);
  });

  test('does not expire for tokens that are not its own any more', async () => {
    const former = await connect();
    await connect();
    expect(await expire(former)).toBe(false);
    expect(await theAccount()).toMatchObject({ state: 'connected' });
    expect(await orders('tell account expired')).toEqual([]);
  });

  test('that expires takes no late tokens', async () => {
    const account = await connect();
    await expire(account);
    expect(await saveTokens(em, account, { tokens: Buffer.from('late'), tokenExpiresAt: null })).toBe(false);
    expect(await noteRefresh(em, account, NOW)).toBeUndefined();
  });

  test('is limited until the latest time that was named; another account is not', async () => {
    await connect();
    for (const until of [NOW + 2_000, NOW + 5_000, NOW + 1_000]) await limitAccount(em, X, until);
    expect(await theAccount()).toMatchObject({ limitedUntil: NOW + 5_000 });
    expect(await connect(X, 'again', '1')).toMatchObject({ limitedUntil: NOW + 5_000 });
    expect(await connect(X, 'again', '2')).toMatchObject({ limitedUntil: null });
  });

  test('knows of a request for tokens that had no answer', async () => {
    const account = await connect();
    expect(await noteRefresh(em, account, NOW)).toEqual({ hadNoAnswer: false });
    expect(await noteRefresh(em, account, NOW + 1_000)).toEqual({ hadNoAnswer: true });
    await forgetRefresh(em, account);
    expect(await noteRefresh(em, account, NOW + 2_000)).toEqual({ hadNoAnswer: false });
    await saveTokens(em, account, { tokens: Buffer.from('renewed'), tokenExpiresAt: null });
    expect(await noteRefresh(em, await theAccount(), NOW + 3_000)).toEqual({ hadNoAnswer: false });
  });

  test('is held while one asks for tokens: another sees what came of it', async () => {
    const account = await connect();
    const locked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    const first = em.fork().transactional(async (transaction) => {
      await lockAccount(transaction, X);
      locked.resolve();
      await answered.promise;
      await saveTokens(transaction, account, { tokens: Buffer.from('renewed'), tokenExpiresAt: null });
    });
    await locked.promise;
    const second = noteRefresh(em, account, NOW);
    answered.resolve();
    await first;
    expect(await second).toBeUndefined();
  });
});

describe('what waits for an account', () => {
  test('waits where none is connected, or it has expired, and says why', async () => {
    const [delivery] = await posts(['one']);
    if (delivery === undefined) throw new Error('no delivery');
    expect(await waitForAccount(em, delivery)).toBe('waits');
    expect(await stateOf(delivery)).toEqual({ state: 'account', reason: 'no account is connected' });
    await expire(await connect(), 'The token was taken back');
    expect(await waitForAccount(em, delivery)).toBe('waits');
    // The same again, as when its answer was lost.
    expect(await waitForAccount(em, delivery)).toBe('waits');
    expect(await stateOf(delivery)).toEqual({ state: 'account', reason: 'The token was taken back' });
  });

  test('does not wait for one that is connected, and what is settled never does', async () => {
    const [delivery, published] = await posts(['one', 'two']);
    if (delivery === undefined || published === undefined) throw new Error('no delivery');
    await em.execute(`update post_deliveries set state = 'published' where post_id = 'two'`);
    await waitForAccount(em, published);
    expect(await stateOf(published)).toMatchObject({ state: 'published' });
    await connect();
    expect(await waitForAccount(em, delivery)).toBe('works');
    expect(await stateOf(delivery)).toMatchObject({ state: 'waiting' });
  });

  test('goes on when it is connected again: each once, and what waits for another platform waits on', async () => {
    const deliveries = await posts(['one', 'two', 'three'], ['x', 'linkedin']);
    for (const delivery of deliveries) await waitForAccount(em, delivery);
    await connect();
    await connect();
    const woken = (await orders('account is back')).map((order) =>
      order.kind === 'account is back' ? deliveryWorkflowId(order.delivery) : '',
    );
    const onX = deliveries.filter(({ platform }) => platform === 'x').map(deliveryWorkflowId);
    expect(woken.sort()).toEqual(onX.sort());
    for (const delivery of deliveries)
      expect(await stateOf(delivery)).toMatchObject({
        state: delivery.platform === 'x' ? 'waiting' : 'account',
      });
  });

  test('has figures read again when it is connected', async () => {
    await connect();
    expect(await orders('read engagement')).toEqual([{ kind: 'read engagement', guildId }]);
  });

  test('no connection is missed between looking and waiting', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `post-${index}`);
    for (const startsConnected of [false, true]) {
      await em.execute('delete from outbox');
      await em.execute('delete from platform_accounts');
      const deliveries = await posts(names.map((name) => `${name}-${startsConnected}`));
      if (startsConnected) await expire(await connect());
      const [results] = await Promise.all([
        Promise.all(deliveries.map((delivery) => waitForAccount(em, delivery))),
        connect(),
      ]);
      const waiting = deliveries.filter((_, index) => results[index] === 'waits').map(deliveryWorkflowId);
      const woken = (await orders('account is back')).map((order) =>
        order.kind === 'account is back' ? deliveryWorkflowId(order.delivery) : '',
      );
      expect(woken.sort()).toEqual(waiting.sort());
    }
  });
});
