/** Two bots and two workers, as docker-compose.yml runs them. */

import { planOurs } from '../../scripts/stack/ours.ts';
import type { Part } from '../../scripts/stack/part.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import type { Stack } from '../../scripts/stack/stack.ts';

/** A bot or worker, and the address of its health and metrics. */
export interface OurProcess {
  readonly part: Part;
  readonly health: string;
}

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
  duty: 'gateway' | 'sender',
  processes: readonly OurProcess[],
): Promise<OurProcess | undefined> {
  for (const process of processes) {
    const metrics = await fetch(`${process.health}/metrics`).then(
      (response) => response.text(),
      () => '',
    );
    if (metrics.includes(`tixl_duty_held{duty="${duty}"} 1`)) return process;
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
