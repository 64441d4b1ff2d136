import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { award } from '../../database/points.ts';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const at = new Date('2026-11-22T12:00:00Z');
const base = { guildId: toGuildId('1300000000000000001'), memberId: toMemberId('1300000000000000002'), at };
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const entries = (cause: string) =>
  database.orm.em.fork().execute('select tenths from points_ledger where cause = ?', [cause]);

describe('the points ledger', () => {
  test('takes each cause once, however many award it at the same time', async () => {
    const attempts = Array.from({ length: 20 }, () =>
      award(database.orm.em.fork(), { ...base, cause: 'message/1', points: 1.5 }),
    );
    const results = await Promise.all(attempts);
    expect(results.filter((result) => result === 'awarded')).toHaveLength(1);
    expect(await entries('message/1')).toEqual([{ tenths: 15 }]);
  });

  test('takes points back as another entry', async () => {
    await award(database.orm.em.fork(), { ...base, cause: 'message/2', points: 5 });
    await award(database.orm.em.fork(), { ...base, cause: 'reversal/message/2', points: -5 });
    expect(await entries('message/2')).toEqual([{ tenths: 50 }]);
    expect(await entries('reversal/message/2')).toEqual([{ tenths: -50 }]);
  });

  test('keeps the causes of guilds apart', async () => {
    const other = toGuildId('1300000000000000009');
    await award(database.orm.em.fork(), { ...base, cause: 'message/3', points: 1 });
    expect(
      await award(database.orm.em.fork(), { ...base, guildId: other, cause: 'message/3', points: 1 }),
    ).toBe('awarded');
  });

  test('goes with the transaction that it is in', async () => {
    const failing = database.orm.em.fork().transactional(async (transaction) => {
      await award(transaction, { ...base, cause: 'message/4', points: 1 });
      throw new Error('the rest of the transaction failed');
    });
    await expect(failing).rejects.toThrow('the rest');
    expect(await entries('message/4')).toEqual([]);
  });

  test.each([0, 0.05, 1.25, Number.NaN, Number.POSITIVE_INFINITY])('refuses %p points', async (points) => {
    const refused = award(database.orm.em.fork(), { ...base, cause: 'message/5', points });
    await expect(refused).rejects.toThrow('at most one decimal');
    expect(await entries('message/5')).toEqual([]);
  });
});
