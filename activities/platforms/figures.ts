/** Reading figures in several requests: what was read stays, whatever becomes of the rest. */

import type { FiguresOutcome, ReadOrder } from '../../domain/engagement.ts';
import type { NotPublished } from '../../domain/platforms.ts';
import type { ReadTools } from './publisher.ts';

/** Orders in batches of at most `size`. */
export function inBatches(orders: readonly ReadOrder[], size: number): ReadOrder[][] {
  const count = Math.ceil(orders.length / size);
  return Array.from({ length: count }, (_, index) => orders.slice(index * size, (index + 1) * size));
}

/**
 * Reads batch after batch, up to the first that cannot be read: the platform would refuse the next as well. What is not allowed for some
 * posts may be for others.
 */
export async function readBatches<Batch>(
  batches: readonly Batch[],
  { heartbeat }: Pick<ReadTools, 'heartbeat'>,
  readBatch: (batch: Batch) => Promise<FiguresOutcome>,
): Promise<FiguresOutcome> {
  const outcomes: FiguresOutcome[] = [];
  for (const batch of batches) {
    heartbeat();
    const outcome = await readBatch(batch);
    outcomes.push(outcome);
    if (outcome.kind !== 'read' && outcome.kind !== 'not allowed') break;
  }
  return joined(outcomes);
}

/** What came of several requests: all that was read, or, where nothing was, why not. */
export function joined(outcomes: readonly FiguresOutcome[]): FiguresOutcome {
  const read = outcomes.filter((outcome) => outcome.kind === 'read');
  const posts = read.flatMap((outcome) => outcome.posts);
  const failure = outcomes.findLast((outcome) => outcome.kind !== 'read');
  if (posts.length === 0 && failure !== undefined) return failure;
  return { kind: 'read', posts, requests: read.reduce((sum, { requests }) => sum + requests, 0) };
}

/** What stands in the way of reading, by what stands in the way of any request. */
export function unread(hindrance: NotPublished): Exclude<FiguresOutcome, { kind: 'read' }> {
  return hindrance.kind === 'rejected' ? { kind: 'not allowed', reason: hindrance.reason } : hindrance;
}
