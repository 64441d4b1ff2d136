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
/**
 * The longest pause after a duty has failed again and again, in ms. Discord lets a bot identify itself 1,000 times a day,
 * and two bots may take turns at failing.
 */
const LONGEST_PAUSE_MS: Readonly<Record<Duty, number>> = { gateway: 240_000, sender: 10_000 };
/** A duty that was carried out for so long did not fail because of what it failed of before. */
const LASTED_MS = 300_000;
const HEARTBEAT_MS = 2_000;
const HEARTBEAT_TIMEOUT_MS = 3_000;
/** The server lets go of a lock within about 20 s when the holder's machine is gone without a word; by default after hours. */
const SERVER_SETTINGS = [
  'tcp_keepalives_idle=5',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=3',
  'tcp_user_timeout=20000',
];

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
  let failures = 0;
  const carryOut = async (over: AbortSignal) => {
    const begun = performance.now();
    try {
      await events.carryOut(over);
      failures = 0;
    } catch (error) {
      failures = performance.now() - begun < LASTED_MS ? failures + 1 : 1;
      throw error;
    }
  };
  while (!stop.aborted) {
    try {
      await oneTurn(url, `${duty}/${guildId}`, { ...events, carryOut }, stop);
    } catch (error) {
      if (!stop.aborted) events.onTrouble(error as Error);
    }
    // Only so that a server that is away is not asked in a tight loop; nothing waits for this moment.
    await pause(pauseAfter(duty, failures), undefined, { signal: stop }).catch(() => undefined);
  }
}

/** How long to wait, in ms, before a duty is taken up again that has failed so many times in a row. */
export function pauseAfter(duty: Duty, failures: number): number {
  return Math.min(RETRY_MS * 2 ** Math.max(0, failures - 1), LONGEST_PAUSE_MS[duty]);
}

/** The client whose connection holds a lock, not connected yet. */
export function createLockClient(url: string, name: string): pg.Client {
  return new pg.Client({
    connectionString: url,
    application_name: `lock ${name}`,
    keepAlive: true,
    keepAliveInitialDelayMillis: HEARTBEAT_MS,
    connectionTimeoutMillis: HEARTBEAT_TIMEOUT_MS,
    options: SERVER_SETTINGS.map((setting) => `-c ${setting}`).join(' '),
  });
}

async function oneTurn(url: string, name: string, events: LockEvents, stop: AbortSignal): Promise<void> {
  const client = createLockClient(url, name);
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
