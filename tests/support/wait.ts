import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 25;

/** Waits, in real time, until something has come about. How long that may take is up to the test's own limit. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await pause(POLL_MS);
}
