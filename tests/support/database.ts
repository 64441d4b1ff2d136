import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../database/migrate.ts';
import { type Database, openDatabase } from '../../database/orm.ts';
import { sharedServers } from './servers.ts';

/** A database of one's own. */
export interface TestDatabase {
  readonly url: string;
  readonly orm: Database;
  close(): Promise<void>;
}

/** Makes an empty database. */
export async function emptyDatabase(): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const { databaseUrl } = sharedServers();
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Makes a database with all tables. It goes with the server. */
export async function freshDatabase(): Promise<TestDatabase> {
  const url = await emptyDatabase();
  await migrate(url);
  const orm = openDatabase(url);
  return { url, orm, close: () => orm.close() };
}
