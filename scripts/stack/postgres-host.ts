/** Runs an embedded PostgreSQL until it is told to stop. Arguments: the data's folder and the port. */

import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { MisconfiguredError, runProcess, untilAborted } from '../../runtime/process.ts';
import { type PostgresSetup, preparePostgres } from './postgres-binaries.ts';

const SUPERUSER = 'tixl';
const RETRY_MS = 50;

await runProcess(async (stop) => {
  const [data = '', port = '', database = ''] = process.argv.slice(2);
  const password = process.env.PGPASSWORD ?? '';
  const setup = await preparePostgres(data);
  const isNew = await access(join(setup.data, 'PG_VERSION')).then(
    () => false,
    () => true,
  );
  if (isNew) await initialise(setup, password);

  const server = run(setup, 'postgres', [
    ...['-D', setup.data, '-p', port, '-h', '127.0.0.1', '-k', ''],
    ...['-c', 'max_connections=200'],
  ]);
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await ensureDatabase({ port: Number(port), password, database }, ended);
  process.send?.({ ready: true });

  const cause = await Promise.race([ended.then(() => 'ended'), untilAborted(stop).then(() => 'stopped')]);
  if (cause === 'ended') throw new Error('PostgreSQL has ended by itself');
  // "Fast shutdown": open transactions are rolled back, everything committed is on disk.
  server.kill('SIGINT');
  await ended;
});

function run({ binaries, user }: PostgresSetup, program: string, args: readonly string[]): ChildProcess {
  return spawn(join(binaries, 'bin', program), [...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: '/',
    env: { ...process.env, LC_ALL: 'C', PGPASSWORD: '' },
    ...user,
  });
}

/** Makes the data's folder, under another name until it is complete: one that is only begun is not taken for a database. */
async function initialise(setup: PostgresSetup, password: string): Promise<void> {
  const data = `${setup.data}.new`;
  const passwordFile = join(tmpdir(), `tixl-${randomBytes(8).toString('hex')}`);
  try {
    await rm(data, { recursive: true, force: true });
    await mkdir(data, { recursive: true, mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (setup.user !== undefined) {
      await chown(data, setup.user.uid, setup.user.gid);
      await chown(passwordFile, setup.user.uid, setup.user.gid);
    }
    const args = ['-D', data, '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const initdb = run(setup, 'initdb', [...args, '--encoding=UTF8', '--locale=C', '--no-sync']);
    const code = await new Promise((resolve) => initdb.once('exit', resolve));
    if (code !== 0)
      throw new MisconfiguredError(`PostgreSQL could not prepare its data in ${data} (${code})`);
    await rename(data, setup.data);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Waits until the server answers, and creates the database if it is missing. */
async function ensureDatabase(
  { port, password, database }: { port: number; password: string; database: string },
  ended: Promise<void>,
): Promise<void> {
  let isOver = false;
  ended.then(() => {
    isOver = true;
  });
  while (!isOver) {
    const client = new pg.Client({
      host: '127.0.0.1',
      port,
      user: SUPERUSER,
      password,
      database: 'postgres',
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database]);
      if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
      return;
    } catch (error) {
      // 57P03: it is starting up, or recovering after a crash.
      const code = (error as { code?: string }).code;
      if (code !== 'ECONNREFUSED' && code !== '57P03') throw error;
      await pause(RETRY_MS);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error('PostgreSQL ended before it was ready');
}
