/** Bursts: many members who join at about the same time. */

import type { GuildId } from './ids.ts';

/** How a member who joins is greeted: by a welcome of their own, or in the one that names several. */
export type Greeting = 'alone' | 'gathered';

/** The time after a greeting in which those who join are gathered. They are counted, so that each has one welcome. */
export interface BurstWindow {
  readonly guildId: GuildId;
  readonly number: number;
}

/** A time with so many joins that tips are held back. */
export interface Raid {
  readonly guildId: GuildId;
  readonly number: number;
}

/** How many members one welcome names at most. Discord takes 100 mentions and 2,000 characters. */
export const MEMBERS_PER_WELCOME = 50;

/** The id of the workflow that sends the welcome of a window. */
export function burstId({ guildId, number }: BurstWindow): string {
  return `burst/${guildId}/${number}`;
}

/** The id of the workflow that watches over a raid. */
export function raidId({ guildId, number }: Raid): string {
  return `raid/${guildId}/${number}`;
}
