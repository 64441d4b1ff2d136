import { ConfigError } from '../config/load.ts';
import type { Logger } from './logger.ts';

/** The exit code for what no restart can mend: `EX_CONFIG` of sysexits.h. Whoever started us gives up. */
export const EXIT_MISCONFIGURED = 78;

/**
 * How long a process may take to end in its order, in ms: more than a Temporal worker needs before it gives up
 * (`SHUTDOWN` in worker/community-worker.ts), less than what Compose and operators give it.
 */
export const LAST_RESORT_MS = 18_000;

/** What a process that is ready sends over its channel to whoever started it. */
export interface ReadyMessage {
  readonly ready: true;
  /** Whether it waits for its turn, since another process has the duty. */
  readonly isInLine?: boolean;
}

/** Something is set up wrongly. The message says what, where and what to do; no restart can mend it. */
export class MisconfiguredError extends Error {
  override readonly name: string = 'MisconfiguredError';
}

/** Whether `error` comes from a mistake in the set-up, which trying again does not mend. */
export function isMisconfiguration(error: unknown): error is MisconfiguredError | ConfigError {
  return error instanceof MisconfiguredError || error instanceof ConfigError;
}

/**
 * Runs a process of ours until it is told to stop (SIGTERM, SIGINT, or the end of whoever started it), lets it finish
 * what it holds, and ends it. A mistake in the set-up ends it with `EXIT_MISCONFIGURED` and one line on stderr for each.
 *
 * @param main does the process's work until `stop` aborts, and then returns
 * @param lastResortMs how long after `stop` the process is ended although `main` has not returned, in ms
 */
export async function runProcess(
  main: (stop: AbortSignal) => Promise<void>,
  lastResortMs: number = LAST_RESORT_MS,
): Promise<never> {
  const stop = new AbortController();
  stop.signal.addEventListener('abort', () => endAfter(lastResortMs));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  process.once('disconnect', () => stop.abort());
  try {
    await main(stop.signal);
    process.exit(0);
  } catch (error) {
    const misconfigured = isMisconfiguration(error);
    process.stderr.write(misconfigured ? `${error.message}\n` : `${(error as Error).stack}\n`);
    process.exit(misconfigured ? EXIT_MISCONFIGURED : 1);
  }
}

/** Ends the process after `limitMs`, unless it has ended by itself: what it waits for may never answer. */
function endAfter(limitMs: number): void {
  setTimeout(() => {
    process.stderr.write(`did not end by itself within ${limitMs} ms after it was told to: ended now\n`);
    process.exit(1);
  }, limitMs).unref();
}

/**
 * Tells whoever started this process, if they want to know, that it is ready to work.
 *
 * @param isInLine whether it waits for its turn, since another process has the duty
 */
export function announceReady(logger: Logger, message: string, isInLine = false): void {
  process.send?.({ ready: true, isInLine } satisfies ReadyMessage);
  logger.info(message);
}

/** Resolves when `signal` aborts, at once if it has already. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
