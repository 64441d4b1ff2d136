/** Whether a post on X is the one that was sent there: X changes what it takes. */

/** A link of a post, as X tells of it. */
export interface LinkOnX {
  /** What stands in the text in its place: `https://t.co/…`. */
  readonly shortened: string;
  /** Where it leads, with a scheme. */
  readonly expanded: string;
  /** Whether X has added it itself, for the media. */
  readonly isMedia: boolean;
}

/** A post as X tells of it. */
export interface TextOnX {
  /** With `&`, `<` and `>` escaped, and links shortened. */
  readonly text: string;
  readonly links: readonly LinkOnX[];
}

/** Those that stand in texts of X, and what could follow them of their own. */
const SHORTENED = /https?:\/\/t\.co\/\w+/i;

/**
 * Whether X made `onX` of `sent`. Spaces, the scheme of links, and how their addresses are encoded are not compared; a shortened link
 * of which X does not say where it leads stands for any.
 */
export function isSameOnX(sent: string, onX: TextOnX): boolean {
  const words = wordsOf(sent);
  const wordsOnX = wordsOf(expand(onX));
  return (
    words.length === wordsOnX.length && words.every((word, index) => isSameWord(word, wordsOnX[index] ?? ''))
  );
}

function expand({ text, links }: TextOnX): string {
  return links.reduce(
    (expanded, link) => expanded.replaceAll(link.shortened, () => (link.isMedia ? '' : link.expanded)),
    unescapeText(text),
  );
}

const unescapeText = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    // Last: what was written as "&amp;lt;" is not "<".
    .replaceAll('&amp;', '&');

const wordsOf = (text: string) =>
  text
    .normalize('NFC')
    .split(/\s+/u)
    .filter((word) => word !== '');

function isSameWord(sent: string, onX: string): boolean {
  const link = SHORTENED.exec(onX);
  if (link === null || sent === onX) return plain(sent) === plain(onX);
  const before = onX.slice(0, link.index);
  const after = onX.slice(link.index + link[0].length);
  return sent.length > before.length + after.length && sent.startsWith(before) && sent.endsWith(after);
}

/** A word without what may differ where it holds a link. */
function plain(word: string): string {
  return decoded(word)
    .replace(/https?:\/\/(?:www\.)?([^/?#]*)/i, (_, host: string) => host.toLowerCase())
    .replace(/\/$/, '');
}

function decoded(word: string): string {
  try {
    return decodeURI(word);
  } catch {
    return word;
  }
}
