/** Keeps the world in a file: what changed is written shortly after, in one transaction, and at the end. */

import { DatabaseSync } from 'node:sqlite';
import type { World } from './world.ts';

/** To be raised when older programs can no longer read the records. */
const formatVersion = 1;
const delayMs = 300;

/** One table for all; its hidden row numbers keep the order in which things were made. */
const schema = `
  CREATE TABLE IF NOT EXISTS records (collection TEXT, id TEXT, json TEXT, PRIMARY KEY (collection, id));
  CREATE TABLE IF NOT EXISTS identity (json TEXT);
`;

export class StateFile {
  readonly #database: DatabaseSync;
  readonly #world: World;
  #timer: NodeJS.Timeout | null = null;

  constructor(database: DatabaseSync, world: World) {
    this.#database = database;
    this.#world = world;
    for (const collection of Object.values(world.collections())) collection.onChange(() => this.#saveSoon());
  }

  /** Writes what changed since the last time. */
  save(): void {
    const put = this.#database.prepare(
      'INSERT INTO records VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET json = excluded.json',
    );
    const drop = this.#database.prepare('DELETE FROM records WHERE collection = ? AND id = ?');
    this.#database.exec('BEGIN');
    for (const [name, collection] of Object.entries(this.#world.collections()))
      for (const [id, record] of collection.takeChanges())
        if (record === undefined) drop.run(name, id);
        else put.run(name, id, JSON.stringify(record));
    this.#database.exec('DELETE FROM identity');
    this.#database.prepare('INSERT INTO identity VALUES (?)').run(JSON.stringify(this.#world.identity));
    this.#database.exec('COMMIT');
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.save();
    this.#database.close();
  }

  #saveSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.save();
    }, delayMs);
  }
}

/**
 * Opens the file, or makes a new one, and fills the world with what it holds.
 * @throws Error with one line when it cannot be used
 */
export function openStateFile(path: string, world: World): StateFile {
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(path);
    // Losing the last moments to a power cut is fine; the file itself stays whole.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF');
    checkVersion(database, path);
    database.exec(schema);
    restore(database, world);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(reason.includes(path) ? reason : `${path} is no state of the local Discord: ${reason}`);
  }
  return new StateFile(database, world);
}

function checkVersion(database: DatabaseSync, path: string): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > formatVersion)
    throw new Error(
      `${path} was written by a newer version (format ${version}; this one reads ${formatVersion}).`,
    );
  database.exec(`PRAGMA user_version = ${formatVersion}`);
}

function restore(database: DatabaseSync, world: World): void {
  const identity = database.prepare('SELECT json FROM identity').get()?.json;
  if (typeof identity !== 'string') return;
  world.identity = JSON.parse(identity) as World['identity'];
  const select = database.prepare('SELECT id, json FROM records WHERE collection = ? ORDER BY rowid');
  for (const [name, collection] of Object.entries(world.collections()))
    for (const { id, json } of select.all(name)) {
      // A record is of its collection's type: this program wrote it, and the version is checked.
      (collection as { restore: (id: string, record: unknown) => void }).restore(
        String(id),
        JSON.parse(String(json)),
      );
    }
  world.reindex();
}
