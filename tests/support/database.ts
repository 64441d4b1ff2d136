import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../database/migrate.ts';
import { type Database, openDatabase } from '../../database/orm.ts';
import { sharedServers } from './servers.ts';

/** The database with all tables of which each test gets a copy: that takes much less time than migrating. */
const TEMPLATE = 'test_template';
/** What PostgreSQL makes a database of that has nothing in it yet. */
const NOTHING = 'template1';

/** A database of one's own. */
export interface TestDatabase {
  readonly url: string;
  readonly orm: Database;
  close(): Promise<void>;
}

/** Makes what `freshDatabase` copies, on the server at `serverUrl`. Once, before the first test. */
export async function makeTemplate(serverUrl: string): Promise<void> {
  await migrate(await createDatabase(serverUrl, TEMPLATE, NOTHING));
}

/** Makes a database without tables. */
export function emptyDatabase(): Promise<string> {
  return createDatabase(sharedServers().databaseUrl, newName(), NOTHING);
}

/** Makes a database with all tables. It goes with the server. */
export async function freshDatabase(): Promise<TestDatabase> {
  const url = await createDatabase(sharedServers().databaseUrl, newName(), TEMPLATE);
  const orm = openDatabase(url);
  return { url, orm, close: () => orm.close() };
}

function newName(): string {
  return `test_${randomBytes(6).toString('hex')}`;
}

/** Gives its address. */
async function createDatabase(serverUrl: string, name: string, template: string): Promise<string> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
