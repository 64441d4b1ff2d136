import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createSlots } from '../../runtime/slots.ts';

test('so many are done at a time as there are slots, in their order, whatever becomes of them', async () => {
  const inSlot = createSlots(2);
  const begun: number[] = [];
  let atOnce = 0;
  let most = 0;
  const work = (number: number) =>
    inSlot(async () => {
      begun.push(number);
      atOnce += 1;
      most = Math.max(most, atOnce);
      await sleep(5);
      atOnce -= 1;
      if (number === 1) throw new Error('failed');
      return number;
    });
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map(work));
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual([
    ...[0, 'failed', 2, 3, 4],
  ]);
  expect([begun, most]).toEqual([[0, 1, 2, 3, 4], 2]);
});
