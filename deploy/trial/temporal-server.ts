import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { isExecutable, onPath, runLong } from '../../scripts/stack/executables.ts';
import type { PartPlan } from '../../scripts/stack/part.ts';
import { CACHE, PROJECT } from '../../scripts/stack/paths.ts';
import { type PartReport, SetupError } from '../../scripts/stack/report.ts';
import { planTemporalHost } from '../../scripts/stack/temporal.ts';

const run = promisify(execFile);
const DEPLOY = fileURLToPath(new URL('..', import.meta.url));
const GO_MODULE = 'go.temporal.io/server';

/** A server, and where it answers. */
export interface TemporalServerPlan extends PartPlan {
  readonly address: string;
}

/** The programs that the images of Temporal hold, and the folder with its database schema. */
export interface TemporalRelease {
  readonly folder: string;
  readonly schema: string;
}

/** Where PostgreSQL is, as the environment of our files in `deploy/temporal` names it. */
export interface DatabaseAccess {
  readonly POSTGRES_HOST: string;
  readonly POSTGRES_PORT: string;
  readonly DB_USER: string;
  readonly DB_PASSWORD: string;
}

const composeSchema = z.object({
  services: z.object({ temporal: z.object({ image: z.string(), entrypoint: z.array(z.string()) }) }),
});

/** What docker-compose.yml says of the server: its version, and the command that the container runs. */
export async function readComposeService(): Promise<{ version: string; command: string[] }> {
  const file = parse(await readFile(join(PROJECT, 'docker-compose.yml'), 'utf8'), { merge: true });
  const { image, entrypoint } = composeSchema.parse(file).services.temporal;
  return { version: image.slice(image.indexOf(':') + 1), command: entrypoint };
}

/**
 * Finds the server of this version in the cache, or builds it with Go, under the names that it has in the images.
 *
 * @throws SetupError if there is no Go, or if it cannot build
 */
export async function findTemporalRelease(version: string, report: PartReport): Promise<TemporalRelease> {
  const folder = join(CACHE, `temporal-server-${version}`);
  const release = { folder, schema: join(folder, 'schema') };
  if (await isExecutable(join(folder, 'temporal-server'))) return release;
  if ((await onPath('go')) === undefined)
    throw new SetupError('There is no Go to build the Temporal server with: install Go and try again.');
  report.progress('building the server with Go (2 to 6 minutes on two cores, once)');
  const partial = `${folder}.new`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const packages = ['cmd/server', 'cmd/tools/sql'].map((path) => `${GO_MODULE}/${path}@v${version}`);
  await runLong('go', ['install', ...packages], { GOBIN: partial, GOFLAGS: '' }).catch((error: Error) => {
    throw new SetupError(`The Temporal server could not be built. ${error.message}`);
  });
  await rename(join(partial, 'server'), join(partial, 'temporal-server'));
  await rename(join(partial, 'sql'), join(partial, 'temporal-sql-tool'));
  const { stdout } = await run('go', ['env', 'GOMODCACHE']);
  const source = join(stdout.trim(), `${GO_MODULE}@v${version}`, 'schema/postgresql/v12');
  await cp(source, join(partial, 'schema'), { recursive: true });
  await rename(partial, folder);
  return release;
}

/** Makes Temporal's databases as the service `temporal-schema` does: by the same script. */
export function setUpSchema({ folder, schema }: TemporalRelease, database: DatabaseAccess): Promise<void> {
  return runLong('sh', [join(DEPLOY, 'temporal/setup-schema.sh')], {
    ...database,
    PATH: `${folder}:${process.env.PATH}`,
    TEMPORAL_SCHEMA: schema,
  });
}

/** How to run the server: with the command and the configuration of docker-compose.yml, but on loopback. */
export function planTemporalServer(
  release: TemporalRelease,
  [program = '', ...args]: readonly string[],
  { database, port, logFolder }: { database: DatabaseAccess; port: number; logFolder: string },
): TemporalServerPlan {
  const address = `127.0.0.1:${port}`;
  const settings = { program: join(release.folder, program), args, folder: DEPLOY, address };
  return {
    ...planTemporalHost(settings, logFolder),
    environment: { ...database, TEMPORAL_PORT: String(port), TEMPORAL_BIND_IP: '127.0.0.1' },
    address,
  };
}
