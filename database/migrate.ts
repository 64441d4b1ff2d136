import pg from 'pg';
import { MisconfiguredError } from '../runtime/process.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openDatabase } from './orm.ts';

/** The database has migrations that this code does not know. */
class NewerDatabaseError extends MisconfiguredError {
  override readonly name = 'NewerDatabaseError';

  constructor(unknown: readonly string[]) {
    super(
      `The database is of a newer version than this code: it has the migration ${unknown.join(', ')}. ` +
        'Update the code (git pull && npm install), or restore a backup from before that version.',
    );
  }
}

/**
 * Brings the database at `url` to the version of this code. Several processes may call it at once: the first one
 * migrates, the others wait for it and find nothing left to do.
 *
 * @returns the names of the migrations that were run
 * @throws NewerDatabaseError if the database was migrated by newer code; it is left as it is
 * @throws Error if the lock's connection is lost: no further migration is begun, since another process may be at it
 */
export async function migrate(url: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: url, application_name: 'lock migrations' });
  const lost = new AbortController();
  lock.on('error', (error) => lost.abort(error));
  lock.on('end', () => lost.abort(new Error('the connection that held the lock of the migrations ended')));
  try {
    await lock.connect();
    await lock.query(`select pg_advisory_lock(hashtextextended('migrations', 0))`);
    return await runMigrations(url, lost.signal);
  } finally {
    await lock.end().catch(() => undefined);
  }
}

async function runMigrations(url: string, lost: AbortSignal): Promise<string[]> {
  const orm = openDatabase(url);
  try {
    const known = new Set(MIGRATIONS.map(({ name }) => name));
    const executed = await orm.migrator.getExecuted();
    const unknown = executed.map(({ name }) => name).filter((name) => !known.has(name));
    if (unknown.length > 0) throw new NewerDatabaseError(unknown);
    const names: string[] = [];
    for (const { name } of await orm.migrator.getPending()) {
      lost.throwIfAborted();
      const run = await orm.migrator.up({ to: name });
      names.push(...run.map((migration) => migration.name));
    }
    return names;
  } finally {
    await orm.close();
  }
}
