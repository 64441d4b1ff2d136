import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PartPlan } from './part.ts';

const PROGRAM = fileURLToPath(new URL('postgres-host.ts', import.meta.url));
const READY_WITHIN_MS = 60_000;

/** An embedded PostgreSQL, and the address of a database in it. */
export interface PostgresPlan extends PartPlan {
  readonly url: string;
}

/** How to run an embedded PostgreSQL that keeps its data below `folder`. Its password is made once and kept there. */
export async function planPostgres(
  folder: string,
  port: number,
  database = 'tixl_community',
): Promise<PostgresPlan> {
  const password = await keptPassword(folder);
  return {
    name: 'postgres',
    program: PROGRAM,
    args: [join(folder, 'postgres'), String(port), database],
    environment: { PGPASSWORD: password },
    logFolder: join(folder, 'logs'),
    readyWithinMs: READY_WITHIN_MS,
    url: `postgresql://tixl:${password}@127.0.0.1:${port}/${database}`,
  };
}

async function keptPassword(folder: string): Promise<string> {
  const file = join(folder, 'postgres-password');
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return kept;
  const password = randomBytes(24).toString('base64url');
  await mkdir(folder, { recursive: true });
  await writeFile(file, password, { mode: 0o600 });
  return password;
}
