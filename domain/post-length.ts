/** How long texts are, as each platform counts them. */

import twitterText from 'twitter-text';
import type { Platform } from './platforms.ts';

const utf8 = new TextEncoder();

const codePoints = (text: string) => [...text].length;

/**
 * How each counts. X: by weight, an address as 23 and an emoji as 2 ("Counting characters"). Discord and GitHub: in code points, as
 * the languages do in which they are written. LinkedIn: in UTF-16, and before what is escaped for it. YouTube: in bytes.
 */
const COUNTS: Readonly<Record<Platform, (text: string) => number>> = {
  discord: codePoints,
  x: (text) => twitterText.parseTweet(text).weightedLength,
  linkedin: (text) => text.length,
  youtube: (text) => utf8.encode(text).length,
  github: codePoints,
};

/** How long `text` is on a platform. */
export function postLength(platform: Platform, text: string): number {
  return COUNTS[platform](text);
}

/** Where addresses stand in `text`, those without https:// too: X makes links of them all. */
export function addressesIn(text: string): (readonly [from: number, to: number])[] {
  return twitterText.extractUrlsWithIndices(text).map(({ indices }) => indices);
}
