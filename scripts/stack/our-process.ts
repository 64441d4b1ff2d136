/** What a bot or worker that runs says of itself. */

import type { Duty } from '../../database/lock.ts';
import type { Part } from './part.ts';

/** A bot or worker, and the address of its health and metrics. */
export interface OurProcess {
  readonly part: Part;
  readonly health: string;
}

/**
 * The sum of a metric over all its labels, or over those that contain `label`. 0 if there is none yet.
 *
 * @throws Error if the process does not answer
 */
export async function metricOf({ health }: OurProcess, name: string, label = ''): Promise<number> {
  const text = await fetch(`${health}/metrics`).then((response) => response.text());
  return text
    .split('\n')
    .filter((line) => (line.startsWith(`${name}{`) || line.startsWith(`${name} `)) && line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}

/** Whether a process has `duty` now. One that does not answer has none. */
export function hasDuty(process: OurProcess, duty: Duty): Promise<boolean> {
  return metricOf(process, 'tixl_duty_held', `duty="${duty}"`).then(
    (held) => held === 1,
    () => false,
  );
}
