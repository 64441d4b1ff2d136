/** What the processes take, as the system and PostgreSQL tell it. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Part } from '../../scripts/stack/part.ts';
import type { Scene } from './joins.ts';

const run = promisify(execFile);

/** What a process, and whatever it has started, takes. */
interface Usage {
  readonly memoryMb: number;
  readonly cpuSeconds: number;
}

/** What each process and database takes, a line each. */
export async function describeUsage({
  postgres,
  temporal,
  workers,
  bots,
  databaseUrl,
}: Scene): Promise<string> {
  const ours = [...workers, ...bots].map(({ part }) => part);
  const lines = [postgres, temporal, ...ours].map(async (part: Part) => {
    const { memoryMb, cpuSeconds } = await usageOf(part.pid);
    return `  ${part.plan.name.padEnd(20)} ${memoryMb.toFixed(0)} MB, ${cpuSeconds} s of CPU since its last start\n`;
  });
  const databases = (await databaseUsage(databaseUrl)).map(
    ({ name, connections, sizeMb }) =>
      `  ${name.padEnd(20)} ${connections} connections, ${sizeMb.toFixed(0)} MB\n`,
  );
  return [...(await Promise.all(lines)), ...databases].join('');
}

/** What the processes of a process group take. Memory that they share is counted for each. */
async function usageOf(processGroup: number | undefined): Promise<Usage> {
  const { stdout } = await run('ps', ['-eo', 'pgid=,rss=,times=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const ours = rows.filter(([group]) => group === processGroup);
  return {
    memoryMb: ours.reduce((sum, [, kilobytes = 0]) => sum + kilobytes, 0) / 1_024,
    cpuSeconds: ours.reduce((sum, [, , seconds = 0]) => sum + seconds, 0),
  };
}

/** What a database holds, and how many connections to it are open. */
interface DatabaseUsage {
  readonly name: string;
  readonly connections: number;
  readonly sizeMb: number;
}

/** What the databases of ours and of Temporal take, on the server at `url`. */
async function databaseUsage(url: string): Promise<DatabaseUsage[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<DatabaseUsage>(
      `select datname as name, numbackends as connections,
              (pg_database_size(datname) / 1048576)::float as "sizeMb"
       from pg_stat_database
       where datname in ('tixl_community', 'temporal', 'temporal_visibility') order by datname`,
    );
    return rows;
  } finally {
    await client.end();
  }
}
