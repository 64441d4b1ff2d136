import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { directionOf, displayName, initials, UNNAMED } from '../../../views/pictures/names.ts';
import { NAMES_BY_SCRIPT } from './names-in-every-script.ts';

const anyName = fc.string({ unit: 'binary' });

describe('a name in a picture', () => {
  test.each(Object.entries(NAMES_BY_SCRIPT))('in %s is as it was written', (_script, name) => {
    expect(displayName(name)).toBe(name.normalize('NFC'));
  });

  test.each([
    ['spaces and line breaks', '  one\n\ttwo\u{3000}three ', 'one two three'],
    ['a turned direction', 'a\u{202E}b\u{2067}c\u{200F}', 'abc'],
    ['control characters', 'a\u{0}b\u{9B}', 'a b'],
    ['private, unassigned, half of a pair', 'a\u{E000}\u{10FFFD}\u{378}\u{D800}b', 'ab'],
    ['what fills without ink', 'a\u{200B}\u{3164}\u{115F}\u{2800}b', 'ab'],
    ['hidden text', 'a\u{E0061}\u{E0062}b', 'ab'],
    ['more than two marks on a letter', 'a\u{0316}\u{0317}\u{0318}\u{0319}b', 'a\u{0316}\u{0317}b'],
    ['what no font has', '\u{12000}x\u{2A6D6}', '\u{FFFD}x\u{FFFD}'],
    ['more characters than a name has', 'x'.repeat(100), 'x'.repeat(64)],
  ])('is without %s', (_what, name, shown) => {
    expect(displayName(name)).toBe(shown);
  });

  test.each(['', '   ', '\u{200B}\u{3164}', '\u{202E}', '\u{200D}\u{FE0F}', '\u{0301}\u{0302}', '\u{E000}'])(
    'with nothing to see says so: %j',
    (name) => {
      expect(displayName(name)).toBe(UNNAMED);
    },
  );

  test('is one line that cannot turn its direction, whatever was written', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const shown = displayName(name);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cn}\p{Co}\p{Cs}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u);
        expect(shown).not.toBe('');
        expect(displayName(shown)).toBe(shown);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the initials', () => {
  test.each([
    ['Marlene Vogt', 'MV'],
    ['node_wrangler', 'NW'],
    ['lukas.motion.design', 'LD'],
    ['Tom', 'T'],
    ['★彡 Alma 彡★', '彡'],
    ['👩🏽‍🚀 Zoë', 'Z'],
    ['👩🏽‍🚀', '👩🏽‍🚀'],
    ['山田 太郎', '山'],
    ['محمد علي', 'م'],
    ['ärger', 'Ä'],
    ['___', '_'],
  ])('of %s are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

test.each([
  ['Ada', 'ltr'],
  ['123 שלום abc', 'rtl'],
  ['abc שלום', 'ltr'],
  ['♥ محمد', 'rtl'],
  ['123', 'ltr'],
])('%s is read %s', (text, direction) => {
  expect(directionOf(text)).toBe(direction);
});
