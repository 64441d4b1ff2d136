import type { EntityManager } from '@mikro-orm/postgresql';
import type { MemberId } from '../domain/ids.ts';
import type { OutboxOrder } from '../domain/outbox.ts';
import { OutboxEntry } from './entities/outbox-entry.ts';

/** What Temporal said to an order: it has it, or it can never have it, which settles the order too. */
export type OrderResult = 'handed over' | 'refused';

/** What became of the orders that were taken. */
export interface RelayReport {
  readonly settled: number;
  /** Why others were not settled. They wait, behind those that have failed less often. */
  readonly failures: readonly Error[];
}

/**
 * Puts `orders` into the outbox, in the transaction that `transaction` is in: they are handed over if that
 * commits, and only then.
 */
export function putIntoOutbox(transaction: EntityManager, orders: readonly OutboxOrder[]): void {
  for (const order of orders) {
    transaction.create(OutboxEntry, { order, memberId: memberOf(order), failures: 0 });
  }
}

/**
 * Hands over up to `limit` waiting orders and removes in the same transaction those that are settled. The oldest go
 * first, but one that has failed goes behind those that have not, so that it keeps none waiting. Several relays may
 * do this at once: each takes rows that no other holds. If the process dies the rows stay as they were, and are handed
 * over again later.
 *
 * @param kinds the kinds that the caller knows: while an upgrade is under way, a newer process may order others
 * @param handOver gives an order to Temporal; throws if that may work another time
 */
export async function relayOutbox(
  em: EntityManager,
  limit: number,
  kinds: readonly OutboxOrder['kind'][],
  handOver: (order: OutboxOrder) => Promise<OrderResult>,
): Promise<RelayReport> {
  return em.fork().transactional(async (transaction) => {
    const waiting: { id: string; order: OutboxOrder }[] = await transaction.execute(
      `select id, "order" from outbox where "order"->>'kind' in (?)
       order by failures, id limit ? for update skip locked`,
      [kinds, limit],
    );
    const results = await Promise.allSettled(waiting.map(({ order }) => handOver(order)));
    const idsWhere = (status: 'fulfilled' | 'rejected') =>
      waiting.filter((_, index) => results[index]?.status === status).map(({ id }) => id);
    const settled = idsWhere('fulfilled');
    const failed = idsWhere('rejected');
    if (settled.length > 0) await transaction.execute(`delete from outbox where id in (?)`, [settled]);
    if (failed.length > 0) {
      await transaction.execute(`update outbox set failures = failures + 1 where id in (?)`, [failed]);
    }
    return { settled: settled.length, failures: results.flatMap(reasonOf) };
  });
}

function memberOf(order: OutboxOrder): MemberId | null {
  if ('stay' in order) return order.stay.memberId;
  if ('tutorial' in order) return order.tutorial.authorId;
  if ('memberId' in order) return order.memberId;
  if ('winner' in order) return order.winner.memberId;
  return 'recognised' in order ? order.recognised.memberId : null;
}

function reasonOf(result: PromiseSettledResult<unknown>): Error[] {
  return result.status === 'rejected' ? [result.reason as Error] : [];
}
