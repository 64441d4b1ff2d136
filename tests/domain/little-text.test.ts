import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromLittleText, toLittleText } from '../../domain/little-text.ts';

/** Each character that has a meaning in little text. */
const RESERVED = [...'\\|{}@[]()<>#*_~'];

/** Little text without what is escaped, and without templates of hashtags: nothing reserved may be left in it. */
const bare = (little: string) => little.replace(/\{hashtag\|\\#\|(?:\\.|[^\\}])*\}|\\[\s\S]/gu, '');

const texts = fc.array(
  fc.oneof(
    fc.constantFrom(...RESERVED, ' ', '\n', '#TiXL', '#live_visuals', '{hashtag|\\#|a}', '@[b](urn:li:c)'),
    fc.string({ unit: 'grapheme' }),
  ),
  { maxLength: 12 },
);

describe('little text', () => {
  test.each([
    ['Nothing special, “quotes” & 100 %', 'Nothing special, “quotes” & 100 %'],
    ['Version 4.1 (beta) is out', 'Version 4.1 \\(beta\\) is out'],
    ['a\\b|c{d}e[f]g<h>i*j~k', 'a\\\\b\\|c\\{d\\}e\\[f\\]g\\<h\\>i\\*j\\~k'],
    ['me@example.org', 'me\\@example.org'],
    ['#TiXL', '{hashtag|\\#|TiXL}'],
    [
      'See:\n#live_visuals #日本語 #Grün!',
      'See:\n{hashtag|\\#|live\\_visuals} {hashtag|\\#|日本語} {hashtag|\\#|Grün}!',
    ],
    ['(#shaders)', '\\({hashtag|\\#|shaders}\\)'],
    ['We write C# and F#.', 'We write C\\# and F\\#.'],
    ['We are #1, see issue #42', 'We are \\#1, see issue \\#42'],
    ['#3D', '{hashtag|\\#|3D}'],
    ['https://tixl.app/docs_new/#install', 'https://tixl.app/docs\\_new/\\#install'],
    ['##twice', '\\#\\#twice'],
    ['👩🏽‍🚀 #🚀', '👩🏽‍🚀 \\#🚀'],
  ])('of %p is %p', (text, little) => {
    expect(toLittleText(text)).toBe(little);
    expect(fromLittleText(little)).toBe(text);
  });

  test.each([
    ['Hello @[TiXL](urn:li:organization:5\\_1)!', 'Hello TiXL!'],
    ['{hashtag|#|plain} {hashtag|\\＃|wide}', '#plain #wide'],
    ['#plain (and not escaped)', '#plain (and not escaped)'],
    ['ends with \\', 'ends with \\'],
  ])('%p, as others write it, reads %p', (little, text) => expect(fromLittleText(little)).toBe(text));

  test('reads back as it was written, whatever it was', () =>
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        expect(fromLittleText(toLittleText(text))).toBe(text);
      }),
    ));

  test('leaves nothing reserved by itself', () =>
    fc.assert(
      fc.property(texts, (parts) => {
        const left = bare(toLittleText(parts.join('')));
        expect(RESERVED.filter((character) => left.includes(character))).toEqual([]);
      }),
    ));
});
