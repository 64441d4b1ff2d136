import { canBeDrawn } from './fonts.ts';

/** What stands for a name that has nothing to see. */
export const UNNAMED = 'Unnamed';

/** More than Discord's 32 characters, and few enough to be measured quickly. */
const MOST_CHARACTERS = 64;
/** Marks that may be on one character. More are there to climb out of the line. */
const MOST_MARKS = 2;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const WHITESPACE = /[\p{White_Space}\p{Cc}]+/gu;
/** Not assigned, private, half of a pair: no font can say what they look like. */
const MEANINGLESS = /[\p{Cn}\p{Co}\p{Cs}]/gu;
/** Invisible characters, among them those that turn the direction of what follows. Joiners and variants belong to scripts and emoji. */
const INVISIBLE = /[[\p{Default_Ignorable_Code_Point}\u{2800}]--[\u{200C}\u{200D}\u{FE0E}\u{FE0F}]]/gv;
const EMOJI = /^\p{RGI_Emoji}$/v;
/** Marks of any script. Those of one script, such as vowels, are written as often as the script needs them. */
const MARK = /[[\p{M}&&\p{Script=Inherited}]--[\u{FE0E}\u{FE0F}]]/gv;
/** Something to see by itself: marks of any script need a letter below them, the vowels of a script do not. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}[\p{M}&&\p{Script=Inherited}]]/v;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const RIGHT_TO_LEFT =
  /[\p{scx=Arabic}\p{scx=Hebrew}\p{scx=Syriac}\p{scx=Thaana}\p{scx=Nko}\p{scx=Adlam}\p{scx=Samaritan}\p{scx=Mandaic}]/u;

/**
 * A member's name as a picture shows it: in one line, without what is invisible, turns the direction of the text or climbs out
 * of the line, and with U+FFFD for what no font has.
 */
export function displayName(name: string): string {
  const meaningful = name.replace(WHITESPACE, ' ').replace(MEANINGLESS, '').normalize('NFC');
  const cleaned = charactersOf(meaningful).map(cleanCharacter).join('').replace(WHITESPACE, ' ').trim();
  const shown = charactersOf(cleaned).slice(0, MOST_CHARACTERS).join('').trim();
  return VISIBLE.test(shown) ? shown : UNNAMED;
}

/** What a reader takes for the characters of a text: a letter with its marks, an emoji made of several. */
export function charactersOf(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** One or two characters for who has no picture: of the first word and of the last one. */
export function initials(shownName: string): string {
  const words = shownName.split(/[\s_.-]+/u).filter((word) => LETTER_OR_DIGIT.test(word));
  const first = firstLetter(words[0] ?? shownName);
  const last = firstLetter(words.at(-1) ?? '');
  const twoLetters = words.length > 1 && isCased(first) && isCased(last);
  return (twoLetters ? first + last : first).toLocaleUpperCase('en');
}

/** Whether a text is one emoji of Unicode. */
export function isEmoji(text: string): boolean {
  return EMOJI.test(text);
}

/** The direction that a text is read in: that of its first letter. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const letter = /\p{L}/u.exec(text)?.[0] ?? '';
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}

/** The first character with a letter or a digit in it, before which decoration may stand. */
function firstLetter(word: string): string {
  const characters = charactersOf(word);
  return characters.find((character) => LETTER_OR_DIGIT.test(character)) ?? characters[0] ?? '';
}

function isCased(character: string): boolean {
  return /\p{Cased}/u.test(character);
}

function cleanCharacter(character: string): string {
  if (isEmoji(character)) return character;
  let marks = 0;
  const text = character.replace(INVISIBLE, '').replace(MARK, (mark) => (++marks > MOST_MARKS ? '' : mark));
  if (!VISIBLE.test(text) && text.trim() !== '') return '';
  return Array.from(text, (part) => (canBeDrawn(part.codePointAt(0) ?? 0) ? part : '\u{FFFD}')).join('');
}
