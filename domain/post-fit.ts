/** Fitting a post into what a platform takes: what gives way, in which order. */

import type { PlatformRules } from './distribution.ts';
import { hashtagLine, hashtagsMissingIn } from './hashtags.ts';
import type { Platform } from './platforms.ts';
import { postLength } from './post-length.ts';
import { fillPost } from './post-template.ts';
import { type CutText, cutText } from './text-cut.ts';

/** What a post is made of. Empty: there is none. */
interface Parts {
  readonly title: string;
  readonly text: string;
  readonly link: string;
  readonly hashtags: readonly string[];
}

/** A post in its template. */
export interface FittedPost {
  readonly text: string;
  /** By the platform's own count. */
  readonly length: number;
  /** How many characters of the text are gone. */
  readonly lost: number;
  readonly hashtags: readonly string[];
  readonly isTitleLeftOut: boolean;
  readonly problem?: 'empty' | 'link too long' | 'no room for text';
}

/** The platforms on which marks such as ** mean something. */
const WITH_MARKUP: readonly Platform[] = ['discord', 'github'];

/**
 * Fits a post into a platform's template and length. The text is cut; where nothing of it would be left, hashtags give way, from the
 * last one on, and then the title. The link stays.
 */
export function fitPost(platform: Platform, rules: PlatformRules, parts: Parts): FittedPost {
  for (const smaller of fromFullToBare(parts)) {
    const fitted = arrange(platform, rules, smaller);
    if (fitted === undefined) continue;
    const isTitleLeftOut = smaller.title !== parts.title && rules.template.includes('{title}');
    return { ...fitted, isTitleLeftOut, ...(parts.text === '' && { problem: 'empty' }) };
  }
  const text = fill(rules, { ...parts, title: '', hashtags: [] }, '');
  const length = postLength(platform, text);
  const problem = length > rules.length ? 'link too long' : 'no room for text';
  return { text, length, lost: 0, hashtags: [], isTitleLeftOut: false, problem };
}

/** What is tried, one after the other. */
function* fromFullToBare(parts: Parts): Generator<Parts> {
  for (let kept = parts.hashtags.length; kept >= 0; kept -= 1) {
    yield { ...parts, hashtags: parts.hashtags.slice(0, kept) };
  }
  yield { ...parts, title: '', hashtags: [] };
}

type Arranged = Pick<FittedPost, 'text' | 'length' | 'lost' | 'hashtags'>;

/**
 * Hashtags that stand in the text are not repeated behind it, but only as far as they still stand there when it is cut: tried with
 * those that are not in all of it, then with those that are not in what is left beside all of them, and else with all of them.
 */
function arrange(platform: Platform, rules: PlatformRules, parts: Parts): Arranged | undefined {
  const behind = (hashtags: readonly string[]) => cutWith(platform, rules, parts, hashtags);
  const missingIn = (text: string) =>
    hashtagsMissingIn(fill(rules, { ...parts, hashtags: [] }, text), parts.hashtags);
  const isWhole = (arranged: Arranged | undefined) =>
    arranged !== undefined && hashtagsMissingIn(arranged.text, parts.hashtags).length === 0;

  const likely = behind(missingIn(parts.text));
  if (isWhole(likely)) return likely;
  const safe = behind(parts.hashtags);
  const longer = safe && behind(missingIn(safe.kept));
  return isWhole(longer) ? longer : safe;
}

/** With the text cut so that it fits with these hashtags behind it. Undefined if none of it does. */
function cutWith(
  platform: Platform,
  rules: PlatformRules,
  parts: Parts,
  hashtags: readonly string[],
): (Arranged & { readonly kept: string }) | undefined {
  const cut = cutTo(platform, rules, parts, hashtags);
  if (cut === undefined) return undefined;
  const text = fill(rules, { ...parts, hashtags }, cut.text);
  const length = postLength(platform, text);
  return { text, length, lost: cut.lost, hashtags: parts.hashtags, kept: cut.text };
}

function cutTo(
  platform: Platform,
  rules: PlatformRules,
  parts: Parts,
  hashtags: readonly string[],
): CutText | undefined {
  const fits = (text: string) =>
    postLength(platform, fill(rules, { ...parts, hashtags }, text)) <= rules.length;
  return cutText(parts.text, fits, WITH_MARKUP.includes(platform));
}

function fill({ template }: PlatformRules, { title, link, hashtags }: Parts, text: string): string {
  return fillPost(template, { title, text, link, hashtags: hashtagLine(hashtags) });
}
