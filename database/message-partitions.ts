/** The partitions of the messages' table: one for each week, by the ids that Discord gives in it. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { createdAt, firstIdAt, type MessageId } from '../domain/ids.ts';

const WEEK_MS = 604_800_000;

/** Sees to it that messages with these ids have a place. Weeks that have none yet get one, each once, whoever asks at the same time. */
export async function makePartitions(em: EntityManager, ids: readonly MessageId[]): Promise<void> {
  const weeks = [...new Set(ids.map((id) => Math.floor(createdAt(id) / WEEK_MS)))];
  const missing = await missingOf(em, weeks);
  if (missing.length === 0) return;
  await em.fork().transactional(async (transaction) => {
    await transaction.execute(`select pg_advisory_xact_lock(hashtextextended('message partitions', 0))`);
    for (const week of missing) await transaction.execute(partitionOf(week));
  });
}

async function missingOf(em: EntityManager, weeks: readonly number[]): Promise<number[]> {
  if (weeks.length === 0) return [];
  const rows: { name: string }[] = await em
    .fork()
    .execute(`select relname as name from pg_class where relname in (?)`, [weeks.map(nameOf)]);
  const known = new Set(rows.map(({ name }) => name));
  return weeks.filter((week) => !known.has(nameOf(week)));
}

/** A partition is called by the day on which its week begins. */
function nameOf(week: number): string {
  return `messages_${new Date(week * WEEK_MS).toISOString().slice(0, 10).replaceAll('-', '_')}`;
}

function partitionOf(week: number): string {
  const [from, to] = [week * WEEK_MS, (week + 1) * WEEK_MS];
  return `create table if not exists ${nameOf(week)} partition of messages for values from (${firstIdAt(from)}) to (${firstIdAt(to)})`;
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
