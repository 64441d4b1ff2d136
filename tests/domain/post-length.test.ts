import { describe, expect, test } from '@jest/globals';
import { postLength } from '../../domain/post-length.ts';

describe('how long a text is', () => {
  test.each([
    ['letters and figures', 'Hello 123', 9],
    ['accents, composed', 'é', 1],
    ['accents, put together from two', 'e\u0301', 1],
    ['marks that nothing is composed with', 'x\u0301', 2],
    ['Hangul, put together from three', '\u1112\u1161\u11ab', 2],
    ['Chinese', '日本語', 6],
    ['Hebrew, from right to left', 'שלום', 4],
    ['Arabic with a mark of direction', '\u200fسلام', 6],
    ['Thai with its marks', 'สวัสดี', 6],
    ['an emoji', '🎉', 2],
    ['a skin tone', '👍🏽', 2],
    ['a family, joined', '👨‍👩‍👧‍👦', 2],
    ['a flag of two letters', '🇩🇪', 2],
    ['a flag of tags', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 2],
    ['a key cap', '1️⃣', 2],
    ['a heart that is drawn as an emoji', '❤️', 2],
    ['two emoji', '🎉🎉', 4],
    ['a letter of mathematics, beyond the first 65,536', '𝒳', 2],
    ['an ellipsis', '…', 2],
    ['quotation marks', '“a”', 3],
    ['a line break', 'a\n\nb', 4],
    ['an address, however long', `https://tixl.app/${'a'.repeat(400)}`, 23],
    ['a short address', 'http://t.co', 23],
    ['a domain alone', 'tixl.app', 23],
    ['a domain alone with a path', 'tixl.app/docs?a=1#b', 23],
    ['a full stop behind an address', 'See https://tixl.app.', 28],
    ['an address in brackets', '(https://tixl.app/a)', 25],
    ['two addresses', 'https://tixl.app https://tixl.app/b', 47],
    ['an address of letters beyond ASCII', 'https://例え.jp/x', 23],
    ['something like a domain', 'main.notadomain', 15],
    ['a host without a domain', 'http://localhost/x', 18],
  ])('on X: %s', (_, text, length) => {
    expect(postLength('x', text)).toBe(length);
  });

  test.each([
    ['discord', 'é🎉日', 3],
    ['github', 'é🎉日', 3],
    ['linkedin', 'é🎉日', 4],
    ['youtube', 'é🎉日', 9],
  ] as const)('on %s', (platform, text, length) => {
    expect(postLength(platform, text)).toBe(length);
  });
});
