import type { TestServerExecutable } from '../../scripts/stack/time-skipping-server.ts';

/** The servers that all `app` tests share. */
export interface Servers {
  readonly folder: string;
  /** A database for administration: tests make their own, see `database.ts`. */
  readonly databaseUrl: string;
  /** A dev server; tests keep apart by their guilds' ids. Its namespace is `tests`. */
  readonly temporalAddress: string;
  readonly timeSkipping: TestServerExecutable;
  /** The file with the bundled workflows. */
  readonly bundle: string;
  readonly cli: string;
}

const VARIABLE = 'TIXL_TEST_SERVERS';

/** Tells the test processes where the servers are. */
export function shareServers(servers: Servers): void {
  process.env[VARIABLE] = JSON.stringify(servers);
}

/** Where the servers are. */
export function sharedServers(): Servers {
  return JSON.parse(process.env[VARIABLE] ?? '{}') as Servers;
}
