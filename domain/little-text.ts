/**
 * LinkedIn's "little text": how the commentary of a post is written for its API. Some characters mean something there, and at the
 * first of them that stands alone LinkedIn cuts the text, without a word. Source: "little text format" in LinkedIn's API docs.
 */

/** What has to be escaped in order to mean itself. */
const RESERVED = /[\\|{}@[\]()<>#*_~]/g;

/** A hashtag begins a word, has a letter in it, and is no part of an address. */
const HASHTAG = /(?<=^|[\s([{"'“‘])#(?=[\p{N}_]*\p{L})([\p{L}\p{M}\p{N}_]+)/gu;

/** What stands for something else: an escaped character, a hashtag's template, a mention. */
const MARKUP =
  /\\(?<escaped>[\s\S])|\{hashtag\|\\?[#＃]\|(?<hashtag>(?:\\[\s\S]|[^\\}])*)\}|@\[(?<mention>(?:\\[\s\S]|[^\\\]])*)\]\([^)]*\)/gu;

/** Writes `text` so that LinkedIn shows all of it as it is, with its hashtags as links. */
export function toLittleText(text: string): string {
  let little = '';
  let end = 0;
  for (const found of text.matchAll(HASHTAG)) {
    little += `${escapeReserved(text.slice(end, found.index))}{hashtag|\\#|${escapeReserved(found[1] ?? '')}}`;
    end = found.index + found[0].length;
  }
  return little + escapeReserved(text.slice(end));
}

/** What people read of `little`. What is not escaped though it should be is left as it is. */
export function fromLittleText(little: string): string {
  return little.replace(MARKUP, (_, ...found) => {
    const { escaped, hashtag, mention } = found.at(-1) as Partial<Record<string, string>>;
    if (escaped !== undefined) return escaped;
    return hashtag === undefined ? unescapeReserved(mention ?? '') : `#${unescapeReserved(hashtag)}`;
  });
}

const escapeReserved = (text: string) => text.replace(RESERVED, (character) => `\\${character}`);

const unescapeReserved = (text: string) => text.replace(/\\([\s\S])/g, '$1');
