import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 25;
const PATIENCE_MS = 45_000;

/**
 * Waits, in real time, until something has come about.
 *
 * @param patienceMs after this the test fails: something is wrong, or the machine far too busy
 */
export async function until(
  condition: () => Promise<boolean> | boolean,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`it did not come about within ${patienceMs} ms`);
    await pause(POLL_MS);
  }
}
