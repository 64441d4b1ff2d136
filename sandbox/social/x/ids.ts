import type { PlatformServices } from '../stand-in.ts';

/** When X began to count, in ms since 1970. */
const EPOCH = 1_288_834_974_657;

/** An id as X makes them: the time, and a number, so that later ones are larger. */
export function xId({ now, newNumber }: PlatformServices): string {
  return String((BigInt(now() - EPOCH) << 22n) | (BigInt(newNumber()) & 0x3f_ffffn));
}
