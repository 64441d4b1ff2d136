/** Cutting a text to what a platform takes, where people would cut it. */

import { addressesIn } from './post-length.ts';

/** A part of a text, by its first character and the one behind it. */
type Span = readonly [from: number, to: number];

/** Stands where a text goes on. */
const MORE = '…';

/** A cut at the end of a word keeps at least this much of what one within a word would, and one at the end of a sentence of that. */
const KEPT = 1 / 2;

/** What is nothing, or something else, without its end: addresses, mentions, hashtags. */
const WHOLE = [/https?:\/\/[^\s<>]+/gu, /[^\s@]{0,64}[@＠][^\s@]+/gu, /[#＃][\p{L}\p{M}\p{N}_]+/gu];

/** What of Discord's and GitHub's markup would show its marks, or what it hides, without its end. */
const MARKUP = [
  /```[\s\S]*?(?:```|$)/gu,
  /`[^`\n]+`/gu,
  /!?\[[^\]\n]{0,300}\]\([^)\n]*\)/gu,
  /\|\|[\s\S]+?\|\|/gu,
  /\*\*[^*\n]+\*\*/gu,
  /<[^<>\n]{1,200}>/gu,
];

/** Scripts that put no spaces between words: there the words are known by a dictionary. */
const WITHOUT_SPACES =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;

const SENTENCE_END = /[.!?…。！？।؟]["'”’»)\]]*$/u;
/** What looks lost at the end of what is cut. */
const LOOSE_END = /[\s,;:(–—-]+$/u;

// One language for all: which one it is changes nothing of what is asked of them, and that of the machine must not.
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const words = new Intl.Segmenter('en', { granularity: 'word' });
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** What is left of a text. */
export interface CutText {
  readonly text: string;
  /** How many characters, as people count them, are gone. */
  readonly lost: number;
}

/**
 * The longest beginning of `text` that fits: all of it, or up to the end of a sentence if that keeps most, else of a word, and then
 * with … at its end. Undefined if nothing of it fits.
 *
 * @param fits whether something can be published; of a beginning of what fits it says so too
 * @param hasMarkup whether marks such as ** mean something on the platform: what they enclose is kept whole where it can be
 */
export function cutText(
  text: string,
  fits: (text: string) => boolean,
  hasMarkup: boolean,
): CutText | undefined {
  if (fits(text)) return { text, lost: 0 };
  const cut =
    (hasMarkup ? cutAround(text, fits, [...WHOLE, ...MARKUP]) : undefined) ?? cutAround(text, fits, WHOLE);
  return cut && { text: cut.text, lost: [...graphemes.segment(text.slice(cut.end))].length };
}

interface Cut {
  readonly text: string;
  readonly end: number;
}

function cutAround(
  text: string,
  fits: (text: string) => boolean,
  patterns: readonly RegExp[],
): Cut | undefined {
  const spans = spansOf(text, patterns);
  const ends = graphemeEnds(text).filter((end) => !spans.some(([from, to]) => from < end && end < to));
  const spanEnds = new Set(spans.map(([, to]) => to));
  const longest = (candidates: readonly number[], cutAt: (end: number) => string) =>
    longestThatFits(candidates, cutAt, fits);
  const withMore = (end: number) => goesOn(text.slice(0, end), spanEnds);

  const character = longest(ends, withMore);
  const whole = new Set(ends);
  const word = longest(
    wordEnds(text, spanEnds).filter((end) => whole.has(end)),
    withMore,
  );
  const sentence = longest(
    sentenceEnds(text).filter((end) => whole.has(end)),
    (end) => text.slice(0, end),
  );
  const best = keepsMost(word, character) ?? character;
  return keepsMost(sentence, best) ?? best ?? sentence;
}

function keepsMost(cut: Cut | undefined, other: Cut | undefined): Cut | undefined {
  return cut !== undefined && other !== undefined && cut.end >= other.end * KEPT ? cut : undefined;
}

/** The last of `ends` at which the text fits, searched by halves, and from there back: a platform's count need not grow evenly. */
function longestThatFits(
  ends: readonly number[],
  cutAt: (end: number) => string,
  fits: (text: string) => boolean,
): Cut | undefined {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fits(cutAt(ends[middle] ?? 0))) low = middle + 1;
    else high = middle;
  }
  for (const end of ends.slice(0, low).reverse()) {
    const text = cutAt(end);
    if (text !== '' && fits(text)) return { text, end };
  }
  return undefined;
}

/** The beginning of a text with … behind it, apart from an address, which would take it for a part of itself. */
function goesOn(beginning: string, spanEnds: ReadonlySet<number>): string {
  const kept = spanEnds.has(beginning.length) ? beginning : beginning.replace(LOOSE_END, '');
  if (kept === '') return '';
  return spanEnds.has(kept.length) ? `${kept} ${MORE}` : `${kept}${MORE}`;
}

function spansOf(text: string, patterns: readonly RegExp[]): Span[] {
  const found = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match): Span => [match.index, match.index + match[0].length]),
  );
  return [...addressesIn(text), ...found];
}

function graphemeEnds(text: string): number[] {
  return [...graphemes.segment(text)].map(({ index, segment }) => index + segment.length);
}

function wordEnds(text: string, spanEnds: ReadonlySet<number>): number[] {
  const beforeSpaces = [...text.matchAll(/\S(?=\s)/gu)].map(({ index, 0: last }) => index + last.length);
  const byDictionary = [...words.segment(text)]
    .filter(({ segment, isWordLike }) => isWordLike && WITHOUT_SPACES.test(segment))
    .map(({ index, segment }) => index + segment.length);
  return [...new Set([...beforeSpaces, ...byDictionary, ...spanEnds])].sort((a, b) => a - b);
}

function sentenceEnds(text: string): number[] {
  return [...sentences.segment(text)]
    .map(({ index, segment }) => ({ index, sentence: segment.trimEnd() }))
    .filter(({ sentence }) => SENTENCE_END.test(sentence))
    .map(({ index, sentence }) => index + sentence.length);
}
