import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** More than a pool has connections. */
const LOSSES = 12;

let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.close();
});

const em = () => database.orm.em.fork();

/** PostgreSQL ends a connection in the middle of a transaction, as it does when it is restarted. */
function loseInTransaction(): Promise<unknown> {
  return em().transactional(async (transaction) => {
    const [{ pid }] = await transaction.execute<[{ pid: number }]>('select pg_backend_pid() as pid');
    await admin.query('select pg_terminate_backend($1)', [pid]);
    await transaction.execute('select pg_sleep(1)');
  });
}

describe('a connection that is lost', () => {
  test('within a transaction is replaced, however often that happens', async () => {
    for (let loss = 0; loss < LOSSES; loss += 1) await expect(loseInTransaction()).rejects.toThrow();
    expect(await em().execute('select 1 as one')).toEqual([{ one: 1 }]);
    await expect(
      em().transactional((transaction) => transaction.execute('select 2 as two')),
    ).resolves.toEqual([{ two: 2 }]);
  });
});
