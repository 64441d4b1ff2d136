import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sharedServers } from '../support/servers.ts';
import { SEEDS } from './plan.ts';
import { type Product, startProduct } from './product.ts';
import { playRecognitionChaos, RECOGNITION_SETTING } from './recognition-chaos.ts';

/** The short version of `npm run chaos -- recognition`. */
const SIZE = { messages: 400, reactions: 60, seconds: 12, kills: 3 };

let product: Product;

beforeAll(async () => {
  product = await startProduct(sharedServers().cli, RECOGNITION_SETTING);
}, 90_000);

afterAll(() => product.stop(), 90_000);

describe('bot and PostgreSQL are killed while members write and thank each other', () => {
  test('the ledger is what Discord says was written, entry by entry', async () => {
    const seed = randomInt(SEEDS);
    const report = await playRecognitionChaos(product, seed, SIZE, () => undefined);
    // The seed stands beside it, so that the same can be tried again: npm run chaos -- recognition --seed …
    expect({ seed, ...report.verdict }).toEqual({
      ...{ seed, due: expect.any(Number), lost: [], wrong: [], wrongTotals: 0 },
    });
    expect(report.written).toBe(SIZE.messages);
    expect(report.killed.length).toBeGreaterThan(0);
    expect(report.verdict.due).toBeGreaterThan(SIZE.reactions / 2);
  }, 400_000);
});
