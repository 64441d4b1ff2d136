/** What a running process takes, and when it is ready to be measured. */

import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { hasDuty, type OurProcess } from '../../scripts/stack/our-process.ts';

const KB_PER_MB = 1_024;
const POLL_MS = 50;

/** Memory that a process holds, in MB: now, and the most that it held since it started or `forgetPeak` was called. */
export interface Memory {
  readonly nowMb: number;
  readonly peakMb: number;
}

/**
 * The memory of a process. Linux alone tells (proc_pid_status(5), `VmRSS` and `VmHWM`).
 *
 * @throws Error if it has died, or on another system
 */
export async function memoryOf({ part }: OurProcess): Promise<Memory> {
  const status = await readFile(`/proc/${part.pid}/status`, 'utf8');
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / KB_PER_MB;
  return { nowMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
}

/** Begins anew to note the most that a process holds (proc_pid_clear_refs(5)). */
export async function forgetPeak({ part }: OurProcess): Promise<void> {
  await writeFile(`/proc/${part.pid}/clear_refs`, '5');
}

/** Waits until `worker` carries out the requests to Discord: it is ready before that. */
export async function untilSender(worker: OurProcess): Promise<void> {
  while (!(await hasDuty(worker, 'sender'))) await pause(POLL_MS);
}
