import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../../runtime/node-flags.ts';
import type { PartPlan } from './part.ts';

const READY_WITHIN_MS = 60_000;

/** How to run a worker or a bot of ours with the given environment. */
export function planOurs(
  name: 'worker' | 'bot',
  folder: string,
  environment: Readonly<Record<string, string>>,
): PartPlan {
  return {
    name,
    nodeFlags: NODE_FLAGS[name],
    program: fileURLToPath(new URL(`../../${name}/main.ts`, import.meta.url)),
    environment,
    logFolder: join(folder, 'logs'),
    readyWithinMs: READY_WITHIN_MS,
  };
}
