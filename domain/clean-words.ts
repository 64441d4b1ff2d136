/** What is taken out of people's words before they are published: what cannot be seen, and what a platform refuses. */

import type { Platform } from './platforms.ts';
import type { PostWords } from './posts.ts';

const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/g;
/** Characters that stand for nothing; X refuses the last three. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFEFF\uFFFE\uFFFF]/g;

/** YouTube refuses these ("Videos: snippet.title", "snippet.description"). */
const ANGLE_BRACKETS: Readonly<Record<string, string>> = { '<': '‹', '>': '›' };

/** Words as a platform takes them, composed as X counts them (NFC). */
export function cleanWords(platform: Platform, { title, text, hashtags }: PostWords): PostWords {
  const clean = (raw: string) => {
    const kept = raw.toWellFormed().replace(LINE_ENDS, '\n').replace(INVISIBLE, '').normalize('NFC').trim();
    return platform === 'youtube' ? kept.replace(/[<>]/g, (bracket) => ANGLE_BRACKETS[bracket] ?? '') : kept;
  };
  return { title: clean(title).replace(/\s+/g, ' '), text: clean(text), hashtags };
}

/** An address as a platform takes it. Empty if there is none. */
export function cleanLink(platform: Platform, link: string | null): string {
  const given = link ?? '';
  return platform === 'youtube' ? given.replaceAll('<', '%3C').replaceAll('>', '%3E') : given;
}
