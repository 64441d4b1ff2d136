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
 */
export async function migrate(url: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: url, application_name: 'lock migrations' });
  await lock.connect();
  try {
    await lock.query(`select pg_advisory_lock(hashtextextended('migrations', 0))`);
    return await runMigrations(url);
  } finally {
    await lock.end();
  }
}

async function runMigrations(url: string): Promise<string[]> {
  const orm = openDatabase(url);
  try {
    const known = new Set(MIGRATIONS.map(({ name }) => name));
    const executed = await orm.migrator.getExecuted();
    const unknown = executed.map(({ name }) => name).filter((name) => !known.has(name));
    if (unknown.length > 0) throw new NewerDatabaseError(unknown);
    const run = await orm.migrator.up();
    return run.map(({ name }) => name);
  } finally {
    await orm.close();
  }
}
