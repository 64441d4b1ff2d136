/**
 * Commentary as LinkedIn reads it: "little text". A backslash takes the meaning off the character behind it; what has a meaning
 * and makes no sense where it stands ends the text there, and nobody is told.
 */

/** What LinkedIn makes of a commentary. */
export interface ReadCommentary {
  /** What people see. */
  readonly text: string;
  /** How LinkedIn writes it when it is asked for the post. */
  readonly commentary: string;
}

/** A part of it: what people see of it, and how LinkedIn writes it. */
interface Part {
  readonly text: string;
  readonly written: string;
}

const RESERVED = '\\|{}@[]()<>#*_~';

/** The elements that there are, each from where it begins; the first that fits is taken. */
const ELEMENTS: readonly { readonly form: RegExp; read(found: RegExpExecArray): Part }[] = [
  {
    form: /\\([\s\S])/y,
    read: ([, character = '']) => ({ text: character, written: escaped(character) }),
  },
  {
    form: /\{hashtag\|\\?[#＃]\|((?:\\[\s\S]|[^\\|{}])+)\}/y,
    read: ([, word = '']) => hashtag(plain(word)),
  },
  { form: /#([\p{L}\p{M}\p{N}]+)/uy, read: ([, word = '']) => hashtag(word) },
  {
    form: /@\[((?:\\[\s\S]|[^\\[\]])+)\]\((urn:li:(?:person|organization):(?:\\_|[\w-])+)\)/y,
    read: ([whole, name = '']) => ({ text: plain(name), written: whole }),
  },
  {
    form: /[^\\|{}@[\]()<>#*_~]+/y,
    read: ([whole]) => ({ text: whole, written: whole }),
  },
];

/** Reads a commentary, up to its end or to what LinkedIn cannot read. */
export function readCommentary(little: string): ReadCommentary {
  const parts: Part[] = [];
  for (let at = 0; at < little.length; ) {
    const found = elementAt(little, at);
    if (found === undefined) break;
    parts.push(found.part);
    at = found.end;
  }
  return {
    text: parts.map(({ text }) => text).join(''),
    commentary: parts.map(({ written }) => written).join(''),
  };
}

function elementAt(little: string, at: number): { part: Part; end: number } | undefined {
  for (const { form, read } of ELEMENTS) {
    form.lastIndex = at;
    const found = form.exec(little);
    if (found !== null) return { part: read(found), end: form.lastIndex };
  }
  return undefined;
}

const hashtag = (word: string): Part => ({ text: `#${word}`, written: `{hashtag|\\#|${escaped(word)}}` });

const escaped = (text: string) =>
  [...text].map((character) => (RESERVED.includes(character) ? `\\${character}` : character)).join('');

const plain = (text: string) => text.replace(/\\([\s\S])/g, '$1');
