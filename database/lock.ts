import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { GuildId } from '../domain/ids.ts';

/** What only one process of a deployment may do at a time: hold the gateway, send to Discord. */
export type Duty = 'gateway' | 'sender';

/** What a process does with a duty. */
export interface LockEvents {
  /**
   * The lock is ours: carry out the duty until `over` aborts (because the lock is lost, or the process stops),
   * lay it down, and only then return.
   */
  readonly carryOut: (over: AbortSignal) => Promise<void>;
  /** Another process has the duty: we wait in line for it. */
  readonly onInLine?: () => void;
  /** Something went wrong, with the lock's connection or the duty itself. It is tried again. */
  readonly onTrouble: (error: Error) => void;
}

const RETRY_MS = 1_000;
const HEARTBEAT_MS = 2_000;
const HEARTBEAT_TIMEOUT_MS = 3_000;

/**
 * Takes part in the choice of the one process that has `duty`, by an advisory lock in PostgreSQL. It waits until
 * the lock is free, carries out the duty, and keeps the lock's connection under watch: when that is gone, so is
 * the lock, and the wait begins anew. Returns when `stop` has aborted and the duty is laid down.
 */
export async function takeTurns(
  url: string,
  guildId: GuildId,
  duty: Duty,
  events: LockEvents,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await oneTurn(url, `${duty}/${guildId}`, events, stop);
    } catch (error) {
      if (!stop.aborted) events.onTrouble(error as Error);
    }
    // Only so that a server that is away is not asked in a tight loop; nothing waits for this moment.
    await pause(RETRY_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function oneTurn(url: string, name: string, events: LockEvents, stop: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `lock ${name}`,
    keepAlive: true,
    connectionTimeoutMillis: HEARTBEAT_TIMEOUT_MS,
  });
  const lost = new AbortController();
  client.on('error', (error) => lost.abort(error));
  client.on('end', () => lost.abort(new Error(`the connection that held the lock ${name} ended`)));
  try {
    await acquire(client, name, events, stop);
    if (stop.aborted) return;
    const over = AbortSignal.any([lost.signal, stop]);
    await Promise.all([events.carryOut(over).catch((error) => lost.abort(error)), watch(client, lost, over)]);
    if (!stop.aborted) throw lost.signal.reason as Error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Connects and waits for the lock: in the server, so that a takeover is immediate. */
async function acquire(
  client: pg.Client,
  name: string,
  events: LockEvents,
  stop: AbortSignal,
): Promise<void> {
  const giveUp = () => client.end().catch(() => undefined);
  stop.addEventListener('abort', giveUp, { once: true });
  try {
    await client.connect();
    const { rows } = await client.query<{ free: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as free',
      [name],
    );
    if (rows[0]?.free === true) return;
    events.onInLine?.();
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
  } finally {
    stop.removeEventListener('abort', giveUp);
  }
}

/** Returns when `over` aborts; makes it abort when the lock's connection no longer answers. */
async function watch(client: pg.Client, lost: AbortController, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await pause(HEARTBEAT_MS, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) return;
    const silence = pause(HEARTBEAT_TIMEOUT_MS, undefined, { signal: over }).then(() => {
      throw new Error('PostgreSQL did not answer in time');
    });
    await Promise.race([client.query('select 1'), silence]).catch((error) => lost.abort(error));
  }
}
