import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

// Before anything below is read: `.env` may name other folders, ports, servers and a guild.
try {
  process.loadEnvFile(join(PROJECT, '.env'));
} catch {
  // There need not be one: everything has a default.
}

/** What `npm start` keeps between starts: databases and logs. */
export const DATA = process.env.TIXL_DATA || join(PROJECT, '.data');

/** Servers that were downloaded or built, kept for all checkouts of this project. */
export const CACHE =
  process.env.TIXL_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'tixl-community');
