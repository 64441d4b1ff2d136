/** The partitions of the messages' table: one for each week, by the ids that Discord gives in it. */

import { CheckConstraintViolationException, type EntityManager } from '@mikro-orm/postgresql';
import { createdAt, firstIdAt, type MessageId } from '../domain/ids.ts';

const WEEK_MS = 604_800_000;

/**
 * Does `store`, which writes messages with these ids, and once more if weeks of them had no partition yet, which then have one.
 * It must be a transaction of its own.
 */
export async function withPartitions<Result>(
  em: EntityManager,
  ids: readonly MessageId[],
  store: () => Promise<Result>,
): Promise<Result> {
  try {
    return await store();
  } catch (error) {
    // That is how PostgreSQL refuses a row that fits into no partition; the table has no other check.
    if (!(error instanceof CheckConstraintViolationException)) throw error;
    await makePartitions(em, new Set(ids.map((id) => Math.floor(createdAt(id) / WEEK_MS))));
    return store();
  }
}

/** Whoever else makes them at the same time waits, and finds them there. */
async function makePartitions(em: EntityManager, weeks: ReadonlySet<number>): Promise<void> {
  await em.fork().transactional(async (transaction) => {
    await transaction.execute(`select pg_advisory_xact_lock(hashtextextended('message partitions', 0))`);
    for (const week of weeks) await transaction.execute(partitionOf(week));
  });
}

function partitionOf(week: number): string {
  const [from, to] = [week * WEEK_MS, (week + 1) * WEEK_MS];
  const name = `messages_${new Date(from).toISOString().slice(0, 10).replaceAll('-', '_')}`;
  return `create table if not exists ${name} partition of messages for values from (${firstIdAt(from)}) to (${firstIdAt(to)})`;
}

/**
 * Drops the weeks that ended before `time` (ms since 1970).
 *
 * @returns the names of the tables that are gone
 */
export async function dropWeeksBefore(em: EntityManager, time: number): Promise<string[]> {
  const partitions: { name: string; bound: string }[] = await em.execute(
    `select child.relname as name, pg_get_expr(child.relpartbound, child.oid) as bound
     from pg_inherits join pg_class as child on child.oid = inhrelid
     where inhparent = 'messages'::regclass order by 1`,
  );
  const old = partitions.filter(({ bound }) => BigInt(upperBound(bound)) <= BigInt(firstIdAt(time)));
  for (const { name } of old) await em.execute(`drop table if exists ${name}`);
  return old.map(({ name }) => name);
}

/** `FOR VALUES FROM ('…') TO ('…')`, as PostgreSQL writes it. */
function upperBound(bound: string): string {
  const [, to] = /TO \('(\d+)'\)/.exec(bound) ?? [];
  if (to === undefined) throw new Error(`a partition of the messages has unknown bounds: ${bound}`);
  return to;
}
