import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutText } from '../../domain/text-cut.ts';

/** Cuts to so many UTF-16 units. */
const cutTo = (text: string, most: number, hasMarkup = true) =>
  cutText(text, ({ length }) => length <= most, hasMarkup)?.text;

describe('a text that is too long', () => {
  test.each([
    ['ends behind a sentence', 'One two three. Four five.', 20, 'One two three.'],
    ['ends behind a question', 'Who comes tonight? We do, all of us.', 25, 'Who comes tonight?'],
    [
      'ends within a sentence, if that keeps much more',
      'Hi. One two three four five six.',
      24,
      'Hi. One two three four…',
    ],
    ['ends behind a word', 'One two three four', 12, 'One two…'],
    ['leaves no comma before the dots', 'One two, three', 12, 'One two…'],
    ['leaves no open bracket before the dots', 'One two (three four)', 14, 'One two…'],
    ['ends within a word that is nearly all of it', 'Hi Donaudampfschifffahrt', 13, 'Hi Donaudamp…'],
    ['ends between words that no space parts', '今日は天気がいいですね', 7, '今日は天気が…'],
    ['keeps an address whole', 'See https://tixl.app/docs now', 26, 'See…'],
    [
      'puts a space between an address and the dots',
      'See https://tixl.app/docs right now',
      28,
      'See https://tixl.app/docs …',
    ],
    ['keeps a domain whole', 'Our home tixl.app is new', 15, 'Our home…'],
    ['keeps a mention whole', 'Thanks a lot to @somebody_there', 24, 'Thanks a lot to…'],
    ['keeps a hashtag whole', 'Made with love in #tooll3dreams', 25, 'Made with love in…'],
    ['keeps a family whole', 'ab👨‍👩‍👧‍👦cd', 9, 'ab…'],
    ['keeps a flag whole', '🇩🇪🇫🇷🇮🇹', 8, '🇩🇪…'],
    ['keeps marks on their letters', 'x\u0301\u0302y\u0301\u0302z\u0301\u0302', 6, 'x\u0301\u0302…'],
    ['keeps what is written from right to left in words', 'שלום לכולם כאן', 11, 'שלום לכולם…'],
    ['does not take a line for a sentence', 'What is new:\nIt is very much faster', 15, 'What is new…'],
  ])('%s', (_, text, most, expected) => {
    expect(cutTo(text, most)).toBe(expected);
  });

  test.each([
    ['a link', 'Please read [all of it](https://tixl.app/a) today', 30, 'Please read…'],
    ['code', 'Call `doThis(now and then)` first', 20, 'Call…'],
    ['a block of code', 'Before it.\n```\nconst a = 1;\nconst b = 2;\n```\nAfter it', 30, 'Before it.'],
    ['what is hidden', 'It ends with ||the death of everybody|| there', 30, 'It ends with…'],
    ['what is bold', 'This is **very very important** now', 22, 'This is…'],
  ])('keeps %s whole where it means something', (_, text, most, expected) => {
    expect(cutTo(text, most)).toBe(expected);
    expect(cutTo(text, most, false)).not.toBe(expected);
  });

  test('is cut within a block of code if there is nothing else', () => {
    expect(cutTo(`\`\`\`\n${'word '.repeat(20)}\n\`\`\``, 20)).toBe('```\nword word word…');
  });

  test('cannot be cut if it begins with an address that does not fit', () => {
    expect(cutTo(`https://tixl.app/${'a'.repeat(50)} is it`, 30)).toBeUndefined();
  });

  test('says how many characters are gone, as people count them', () => {
    expect(cutText('One 🇩🇪🇫🇷', ({ length }) => length <= 5, false)).toEqual({ text: 'One…', lost: 3 });
  });
});

/** Words, addresses, emoji, marks, scripts: what cutting could go wrong at. */
const PIECES = [
  'a',
  'word',
  ' ',
  ' ',
  '. ',
  ', ',
  '\n',
  'https://a.example/b?c=d',
  'tixl.app',
  '@you',
  '#tag',
  '👨‍👩‍👧‍👦',
  '🇩🇪',
  '👍🏽',
  'e\u0301',
  '日本語',
  'สวัสดี',
  'שלום',
  '**bold**',
  '`x`',
  '𝒳',
  '"',
  '(',
];
const texts = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 5 })), {
  maxLength: 40,
});
const graphemesOf = (text: string) =>
  [...new Intl.Segmenter('en').segment(text)].map(({ segment }) => segment);

describe('whatever the text', () => {
  test('what fits stays as it is, and else it is a beginning of it that fits, of whole characters', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 60 }), fc.boolean(), (pieces, most, hasMarkup) => {
        const text = pieces.join('');
        const cut = cutTo(text, most, hasMarkup);
        if (text.length <= most) return expect(cut).toBe(text);
        if (cut === undefined) return;
        expect(cut.length).toBeLessThanOrEqual(most);
        const kept = text.startsWith(cut) ? cut : cut.replace(/ ?…$/u, '');
        expect(text.startsWith(kept)).toBe(true);
        expect(graphemesOf(text).slice(0, graphemesOf(kept).length).join('')).toBe(kept);
      }),
    );
  });

  test('no address is cut', () => {
    const address = 'https://tixl.app/docs/begin';
    fc.assert(
      fc.property(texts, texts, fc.integer({ min: 1, max: 80 }), (before, after, most) => {
        const text = `${before.join('')} ${address} ${after.join('')}`;
        const cut = cutTo(text, most) ?? '';
        const at = text.indexOf(` ${address} `);
        const rest = cut.slice(at + 1);
        if (cut.length > at + 1 && text.startsWith(cut.slice(0, at + 1))) {
          expect(rest.startsWith(address) || rest === '…').toBe(true);
        }
      }),
    );
  });
});
