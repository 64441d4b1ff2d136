/** How much the platforms take, where several of us have to know it. */

import { DISCORD_LIMITS } from './discord-limits.ts';
import type { Platform } from './platforms.ts';

/**
 * How long a text may be at all, by each platform's own count. X: that of who pays for more ("About X Premium"). LinkedIn: "Posts API:
 * commentary". YouTube: "Videos: snippet.description". GitHub: 65,536, and the mark by which a post is found again has to fit in too.
 */
export const LONGEST_TEXTS: Readonly<Record<Platform, number>> = {
  discord: DISCORD_LIMITS.message,
  x: 25_000,
  linkedin: 3_000,
  youtube: 5_000,
  github: 65_000,
};

/** How long a title may be, in UTF-16, where a post has one ("Videos: snippet.title"; GitHub says so when it refuses one). */
export const TITLE_LENGTHS: { readonly [Name in Platform]?: number } = { youtube: 100, github: 256 };
