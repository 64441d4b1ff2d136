import { proxyActivities, sleep } from '@temporalio/workflow';
import type { BareActivities, BareReadings } from './definition.ts';

const { readOne } = proxyActivities<BareActivities>({ startToCloseTimeout: '30s' });

/** Reads the figures of a post on a platform at each of its ages. */
export async function bareReadings({ order, agesMs }: BareReadings): Promise<string[]> {
  const outcomes: string[] = [];
  let age = 0;
  for (const next of agesMs) {
    await sleep(next - age);
    age = next;
    outcomes.push(await readOne(order));
  }
  return outcomes;
}
