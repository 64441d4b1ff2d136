/** Two bots and two workers, as docker-compose.yml runs them. */

import type { Duty } from '../../database/lock.ts';
import { hasDuty, type OurProcess } from '../../scripts/stack/our-process.ts';
import { planOurs } from '../../scripts/stack/ours.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import type { Stack } from '../../scripts/stack/stack.ts';

/** What they run in. */
export interface Surroundings {
  readonly stack: Stack;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts two bots or two workers and waits until they are ready. One of each then waits for its turn. */
export async function startTwo(kind: 'bot' | 'worker', surroundings: Surroundings): Promise<OurProcess[]> {
  return Promise.all([1, 2].map((number) => start(kind, number, surroundings)));
}

async function start(
  kind: 'bot' | 'worker',
  number: number,
  { stack, folder, environment }: Surroundings,
): Promise<OurProcess> {
  const port = await freePort();
  const plan = planOurs(kind, folder, { ...environment, HEALTH_PORT: String(port) });
  const name = `${kind}-${number}`;
  const part = await stack.start({ ...plan, name }, stack.report(name), 'ready', 'waits in line');
  return { part, health: `http://127.0.0.1:${port}` };
}

/** Which of `processes` has `duty`, or undefined while none has. */
export async function holderOf(
  duty: Duty,
  processes: readonly OurProcess[],
): Promise<OurProcess | undefined> {
  for (const process of processes) {
    if (await hasDuty(process, duty)) return process;
  }
  return undefined;
}

/** Whether it says that it is ready. */
export function isReady({ health }: OurProcess): Promise<boolean> {
  return fetch(`${health}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
