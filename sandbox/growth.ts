/** How invented figures of posts grow: plausibly, differently for each post, and the same for the same post and time. */

import { createHash } from 'node:crypto';

/** After how long a post has about two thirds of what it will get, in ms: the fastest, and the slowest. */
const SETTLES_MS = { least: 4 * 3_600_000, most: 30 * 3_600_000 };

/** How much of what it will get the post with this name has after so many ms, from 0 up to 1. */
export function grownAt(name: string, ageMs: number): number {
  const settlesMs = SETTLES_MS.least + placeOf(`${name} settles`) * (SETTLES_MS.most - SETTLES_MS.least);
  // By the root: a post does much in its first minutes, and a little for days.
  return 1 - Math.exp(-Math.sqrt(Math.max(0, ageMs) / settlesMs));
}

/** A place from 0 up to 1 that belongs to a text. */
export function placeOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
