// What the browser remembers between visits.
import type { Snowflake } from 'discord-api-types/v10';
import type { Place, Theme } from './state.ts';

/** What is remembered. */
export interface Preferences {
  theme: Theme;
  firstStepsSeen: boolean;
  columns: { memberId: Snowflake; place: Place; membersShown: boolean }[];
  /** The last message read, by member and channel. */
  read: Record<Snowflake, Record<Snowflake, Snowflake>>;
}

const KEY = 'local-discord';
const DEFAULTS: Preferences = { theme: 'system', firstStepsSeen: false, columns: [], read: {} };

/**
 * Reads what was remembered.
 * @returns the preferences; the defaults where nothing (or nothing readable) was kept
 */
export function readPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof stored === 'object' ? { ...DEFAULTS, ...stored } : DEFAULTS;
  } catch {
    return DEFAULTS;
  }
}

/**
 * Remembers some preferences; the others stay.
 * @param changes what to remember
 */
export function savePreferences(changes: Partial<Preferences>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readPreferences(), ...changes }));
  } catch {
    // A browser that keeps nothing (private windows, full storage) forgets, and everything else works.
  }
}
