/** Two bots and two workers, as docker-compose.yml runs them. */

import { planOurs } from '../../scripts/stack/ours.ts';
import type { Part } from '../../scripts/stack/part.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import type { Stack } from '../../scripts/stack/stack.ts';

/** A bot that waits for its turn says that it is ready when it gets it, which may be never. */
const STANDBY_MS = 24 * 60 * 60 * 1_000;

/** A bot or worker, and the address of its health and metrics. */
export interface OurProcess {
  /** Resolves when it is ready; for a bot that waits, when it gets its turn. */
  readonly started: Promise<Part>;
  readonly health: string;
}

/** What they run in. */
export interface Surroundings {
  readonly stack: Stack;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts two workers and waits until both are ready. */
export async function startWorkers(surroundings: Surroundings): Promise<OurProcess[]> {
  const workers = [await add('worker', 1, surroundings), await add('worker', 2, surroundings)];
  await Promise.all(workers.map(({ started }) => started));
  return workers;
}

/** Starts two bots and waits until one of them is connected. The other waits for its turn. */
export async function startBots(surroundings: Surroundings): Promise<OurProcess[]> {
  const bots = [await add('bot', 1, surroundings), await add('bot', 2, surroundings)];
  await Promise.any(bots.map(({ started }) => started));
  return bots;
}

async function add(
  kind: 'bot' | 'worker',
  number: number,
  { stack, folder, environment }: Surroundings,
): Promise<OurProcess> {
  const port = await freePort();
  const plan = planOurs(kind, folder, { ...environment, HEALTH_PORT: String(port) });
  const name = `${kind}-${number}`;
  const started = stack.start(
    { ...plan, name, ...(kind === 'bot' && { readyWithinMs: STANDBY_MS }) },
    stack.report(name),
    'ready',
  );
  // A bot that is stopped before its turn was never ready, and that is in order.
  started.catch(() => undefined);
  return { started, health: `http://127.0.0.1:${port}` };
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
