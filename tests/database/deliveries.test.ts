import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  endDelivery,
  findAttempt,
  findDelivery,
  holdDelivery,
  type Intent,
  intend,
  recordOutcome,
  spentOn,
} from '../../database/deliveries.ts';
import { insertPost } from '../../database/posts.ts';
import type { AdaptedPost } from '../../domain/adaptation.ts';
import { toMemberId } from '../../domain/ids.ts';
import { toPlatformPostId } from '../../domain/platforms.ts';
import { type DeliveryRef, toPostId } from '../../domain/posts.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const MONTH = { from: Date.parse('2026-11-01T00:00:00Z'), until: Date.parse('2026-12-01T00:00:00Z') };
const AGES = [3_600_000, 86_400_000];
const SENT: AdaptedPost = {
  ...{ platform: 'x', title: '', text: 'Something new', link: null, hashtags: [], media: [] },
  ...{ length: 13, left: 267, cost: 15_000, warnings: [], problems: [] },
};
const ACCOUNT = { id: '7', name: '@tixl' };
const PUBLISHED = { kind: 'published', id: toPlatformPostId('1'), url: 'https://x.com/1' } as const;

let database: TestDatabase;
let delivery: DeliveryRef;
let posts = 0;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  delivery = await newPost();
});

const em = () => database.orm.em.fork();

/** A post that is being published on X. */
async function newPost(guildId = newGuildId()): Promise<DeliveryRef> {
  posts += 1;
  const post = { guildId, postId: toPostId(`post-${posts}`) };
  await em().transactional((transaction) =>
    insertPost(transaction, {
      ...{ ...post, title: 'A', text: 'B', hashtags: [], link: null, publishAt: null, media: [] },
      ...{ createdBy: toMemberId('1300000000000000097'), platforms: ['x'], madeAt: AT },
    }),
  );
  await em().execute(`update posts set state = 'publishing' where guild_id = ?`, [guildId]);
  return { ...post, platform: 'x' };
}

const intentOf = (of: DeliveryRef, attempt = 1, rest: Partial<Intent> = {}): Intent => ({
  ...{ delivery: of, attempt, revision: 1, account: ACCOUNT, sent: SENT, at: AT, triedAt: AT, ...rest },
});
const intendOnce = (of = delivery, attempt = 1) => intend(em(), intentOf(of, attempt), undefined);
const spent = () => spentOn(em(), delivery.guildId, 'x', MONTH);

describe('an intent', () => {
  test('is written down with what is sent and what it costs', async () => {
    expect(await intendOnce()).toEqual({ kind: 'intended' });
    expect(await findAttempt(em(), delivery, 1)).toEqual({
      ...{ revision: 1, account: ACCOUNT, sent: SENT, outcome: null },
    });
    expect(await findDelivery(em(), delivery)).toMatchObject({ state: 'sending', attempt: 1, cost: 15_000 });
  });

  test('is refused for what is settled, changed or not to be published', async () => {
    const { guildId, postId } = delivery;
    expect(await intend(em(), intentOf(delivery, 1, { revision: 2 }), undefined)).toEqual({
      kind: 'changed',
    });
    await em().execute(`update posts set state = 'cancelled' where guild_id = ? and id = ?`, [
      guildId,
      postId,
    ]);
    expect(await intendOnce()).toMatchObject({ kind: 'over' });
    const other = await newPost();
    await endDelivery(em(), other, 'skipped');
    expect(await intendOnce(other)).toEqual({ kind: 'over', state: 'skipped' });
    expect(await findAttempt(em(), other, 1)).toBeUndefined();
  });

  test('of one attempt is written down once, however many try at the same time', async () => {
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => intendOnce()));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test('is refused where it would exceed the budget, also of two at the same time', async () => {
    const other = await newPost(delivery.guildId);
    const budget = { ...MONTH, most: 20_000 };
    const both = await Promise.all([delivery, other].map((one) => intend(em(), intentOf(one), budget)));
    expect(both.map(({ kind }) => kind).sort()).toEqual(['intended', 'over budget']);
    expect(await spent()).toBe(15_000);
  });
});

describe('an outcome', () => {
  test('is written down once: what is known stays', async () => {
    await intendOnce();
    await recordOutcome(em(), delivery, 1, PUBLISHED, AT, AGES);
    await recordOutcome(em(), delivery, 1, { kind: 'rejected', reason: 'no' }, AT, AGES);
    expect(await findAttempt(em(), delivery, 1)).toMatchObject({ outcome: PUBLISHED });
    expect(await findDelivery(em(), delivery)).toMatchObject({
      ...{ state: 'published', publishedId: '1', url: PUBLISHED.url, publishedRevision: 1, publishedAt: AT },
    });
  });

  test('says which link stands there', async () => {
    const link = 'https://tixl.app/news';
    expect(await findDelivery(em(), delivery)).toMatchObject({ publishedLink: null });
    await intend(em(), intentOf(delivery, 1, { sent: { ...SENT, link } }), undefined);
    expect(await findDelivery(em(), delivery)).toMatchObject({ publishedLink: null });
    await recordOutcome(em(), delivery, 1, PUBLISHED, AT, AGES);
    expect(await findDelivery(em(), delivery)).toMatchObject({ publishedLink: link });
  });

  test('that is no publication costs nothing, and does not settle it', async () => {
    await intendOnce();
    await recordOutcome(em(), delivery, 1, { kind: 'rejected', reason: 'no' }, AT, AGES);
    expect(await spent()).toBe(0);
    expect(await findDelivery(em(), delivery)).toMatchObject({ state: 'sending', publishedId: null });
    expect(await intendOnce(delivery, 2)).toEqual({ kind: 'intended' });
  });

  test('counts for the month of its intent alone', async () => {
    await intendOnce();
    await recordOutcome(em(), delivery, 1, PUBLISHED, AT, AGES);
    expect(await spent()).toBe(15_000);
    const december = { from: MONTH.until, until: Date.parse('2027-01-01T00:00:00Z') };
    expect(await spentOn(em(), delivery.guildId, 'x', december)).toBe(0);
  });
});

describe('a delivery that is settled', () => {
  test('is not held or ended any more', async () => {
    await intendOnce();
    await recordOutcome(em(), delivery, 1, PUBLISHED, AT, AGES);
    const waiting = { state: 'failed', attempt: 1, reason: 'no', until: AT } as const;
    expect(await holdDelivery(em(), delivery, waiting)).toBe('published');
    expect(await endDelivery(em(), delivery, 'abandoned')).toBe('published');
    expect(await findDelivery(em(), delivery)).toMatchObject({ state: 'published', reason: null });
  });
});
