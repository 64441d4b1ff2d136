/** Hashtags: what platforms take as one, and which stand in a text already. */

/** What no platform ends a hashtag at: letters of any script with their marks, figures, the underscore. */
const CHARACTER = '[\\p{L}\\p{M}\\p{N}_]';
const OTHERS = new RegExp(`(?!${CHARACTER}).`, 'gsu');
/** One in a text. Behind a letter it is a part of a word. */
const IN_TEXT = new RegExp(`(?<!${CHARACTER}|&)[#＃](${CHARACTER}+)`, 'gu');
const ADDRESS = /https?:\/\/\S+/gu;

/** Tells hashtags apart as platforms do: without regard to case. */
const keyOf = (hashtag: string) => hashtag.normalize('NFC').toLowerCase();

/** Hashtags without # and without what cannot stand in one, each once, in the order given. */
export function toHashtags(given: readonly string[]): string[] {
  const hashtags = new Map<string, string>();
  for (const text of given) {
    const hashtag = text.normalize('NFC').replace(OTHERS, '');
    if (hashtag !== '' && !hashtags.has(keyOf(hashtag))) hashtags.set(keyOf(hashtag), hashtag);
  }
  return [...hashtags.values()];
}

/** Those of `hashtags` that do not stand in `text`. */
export function hashtagsMissingIn(text: string, hashtags: readonly string[]): string[] {
  const present = new Set(
    [...text.replace(ADDRESS, ' ').matchAll(IN_TEXT)].map(([, hashtag = '']) => keyOf(hashtag)),
  );
  return hashtags.filter((hashtag) => !present.has(keyOf(hashtag)));
}

/** Hashtags in a line, as they are published. */
export function hashtagLine(hashtags: readonly string[]): string {
  return hashtags.map((hashtag) => `#${hashtag}`).join(' ');
}
