import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SEARCH_ATTRIBUTE_NAMES } from '../../workflows/definitions/search-attributes.ts';
import type { PartPlan } from './part.ts';

const PROGRAM = fileURLToPath(new URL('temporal-host.ts', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** What the dev server is started with. Without a file its data is in memory; without a UI port it has no UI. */
export interface TemporalSettings {
  readonly cli: string;
  readonly port: number;
  readonly uiPort?: number;
  readonly databaseFile?: string;
  readonly namespace: string;
  readonly searchAttributes: readonly string[];
}

/** How to run Temporal's dev server, which keeps its data below `folder`. */
export function planTemporal(
  folder: string,
  { cli, port, uiPort, namespace }: { cli: string; port: number; uiPort?: number; namespace: string },
): PartPlan {
  const settings: TemporalSettings = {
    cli,
    port,
    namespace,
    databaseFile: join(folder, 'temporal.db'),
    searchAttributes: SEARCH_ATTRIBUTE_NAMES,
    ...(uiPort !== undefined && { uiPort }),
  };
  return {
    name: 'temporal',
    program: PROGRAM,
    args: [JSON.stringify(settings)],
    environment: {},
    logFolder: join(folder, 'logs'),
    readyWithinMs: READY_WITHIN_MS,
  };
}
