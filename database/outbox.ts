import type { EntityManager } from '@mikro-orm/postgresql';
import type { OutboxOrder } from '../domain/outbox.ts';
import { OutboxEntry } from './entities/outbox-entry.ts';

/** What became of an order: Temporal has it, or it can never have it (with the reason). */
export type HandOver = { readonly handedOver: true } | { readonly refusal: string };

/**
 * Puts `orders` into the outbox, in the transaction that `transaction` is in: they are handed over if that
 * commits, and only then.
 */
export function putIntoOutbox(transaction: EntityManager, orders: readonly OutboxOrder[]): void {
  for (const order of orders) {
    transaction.create(OutboxEntry, { order, handedOver: false });
  }
}

/**
 * Hands over up to `limit` waiting orders, oldest first, and marks them in the same transaction. Several relays
 * may do this at once: each takes rows that no other holds. If `handOver` throws, or the process dies, the rows
 * stay as they were and are handed over again later.
 *
 * @returns how many orders were taken
 */
export async function relayOutbox(
  em: EntityManager,
  limit: number,
  handOver: (order: OutboxOrder, id: string) => Promise<HandOver>,
): Promise<number> {
  return em.fork().transactional(async (transaction) => {
    const waiting: { id: string; order: OutboxOrder }[] = await transaction.execute(
      `select id, "order" from outbox where not handed_over order by id limit ? for update skip locked`,
      [limit],
    );
    await Promise.all(
      waiting.map(async ({ id, order }) => {
        const result = await handOver(order, id);
        const refusal = 'refusal' in result ? result.refusal : null;
        await transaction.execute(`update outbox set handed_over = true, refusal = ? where id = ?`, [
          refusal,
          id,
        ]);
      }),
    );
    return waiting.length;
  });
}
