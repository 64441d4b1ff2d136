import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

const RETRY_MS = 50;
const ATTEMPT_MS = 1_000;

/**
 * Waits until a Temporal server answers.
 *
 * @param address where, as `host:port`
 * @param giveUp ends the wait
 * @returns whether it answers; not, if `giveUp` aborted first
 */
export async function untilTemporalAnswers(address: string, giveUp: AbortSignal): Promise<boolean> {
  while (!giveUp.aborted) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: ATTEMPT_MS });
      await connection.close();
      return true;
    } catch {
      await pause(RETRY_MS);
    }
  }
  return false;
}
