import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SEARCH_ATTRIBUTE_TYPES } from '../../workflows/definitions/search-attributes.ts';
import type { PartPlan } from './part.ts';
import type { TemporalHostSettings } from './temporal-host.ts';

const PROGRAM = fileURLToPath(new URL('temporal-host.ts', import.meta.url));
const READY_WITHIN_MS = 120_000;

/** Where Temporal's dev server is, and where it listens. Without a port for it there is no UI. */
export interface DevServerSettings {
  readonly cli: string;
  readonly port: number;
  readonly uiPort?: number;
  readonly namespace: string;
}

/** How to run Temporal's dev server, which keeps its data below `folder`. */
export function planTemporal(folder: string, settings: DevServerSettings): PartPlan {
  const address = `127.0.0.1:${settings.port}`;
  const args = devServerArguments(settings, join(folder, 'temporal.db'));
  return planTemporalHost({ program: settings.cli, args, folder, address }, join(folder, 'logs'));
}

/** How to run a Temporal server of any kind. */
export function planTemporalHost(settings: TemporalHostSettings, logFolder: string): PartPlan {
  return {
    name: 'temporal',
    program: PROGRAM,
    args: [JSON.stringify(settings)],
    environment: {},
    logFolder,
    readyWithinMs: READY_WITHIN_MS,
  };
}

/** What the command line calls the types of search attributes. */
const CLI_TYPES = { KEYWORD: 'Keyword', DATETIME: 'Datetime' } as const;

function devServerArguments({ port, uiPort, namespace }: DevServerSettings, databaseFile: string): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort)]),
    ...['--db-filename', databaseFile, '--namespace', namespace],
    ...SEARCH_ATTRIBUTE_TYPES.flatMap(({ name, type }) => [
      '--search-attribute',
      `${name}=${CLI_TYPES[type]}`,
    ]),
    // Activities on the workflow's own queue start without another round trip.
    ...['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
  ];
}
