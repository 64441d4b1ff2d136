import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toInteractionId } from '../../domain/ids.ts';
import {
  completionPercent,
  declineFormId,
  LINK_LENGTH,
  parseDeclineFormId,
  parseTutorialButtonId,
  readLink,
  readTitle,
  tutorialButtonId,
} from '../../domain/tutorials.ts';

describe('a link', () => {
  test.each([
    ['https://tixl.app/a', 'https://tixl.app/a'],
    ['  HTTPS://TIXL.app  ', 'https://tixl.app/'],
    ['http://localhost.example:8080/ü?q=a b', 'http://localhost.example:8080/%C3%BC?q=a%20b'],
    ['https://tixl.app/a_(b)', 'https://tixl.app/a_%28b%29'],
    ['https://münchen.de/', 'https://xn--mnchen-3ya.de/'],
  ])('is read: %s', (text, address) => {
    expect(readLink(text)?.address).toBe(address);
  });

  test.each([
    '',
    'tixl.app/a',
    'javascript:alert(1)',
    'ftp://tixl.app/a',
    'data:text/html,x',
    'https://',
    'https://intranet/a',
    'https://127.0.0.1/a',
    'https://[::1]/a',
    'https://name@tixl.app/',
    'https://name:word@tixl.app/',
    'https://:word@tixl.app/',
    `https://tixl.app/${'a'.repeat(LINK_LENGTH)}`,
    // It becomes too long when it is written as an address.
    `https://tixl.app/${'ü'.repeat(LINK_LENGTH - 20)}`,
  ])('is refused: %s', (text) => {
    expect(readLink(text)).toBeUndefined();
  });

  test.each([
    ['the case of the host', 'https://TIXL.app/a'],
    ['http in place of https', 'http://tixl.app/a'],
    ['the default port', 'https://tixl.app:443/a'],
    ['a slash at the end', 'https://tixl.app/a/'],
    ['a place in the page', 'https://tixl.app/a#chapter-2'],
    ['where somebody has come from', 'https://tixl.app/a?utm_source=x&fbclid=1&si=abc'],
  ])('leads to the same place whatever is %s', (_, other) => {
    expect(readLink(other)?.key).toBe(readLink('https://tixl.app/a')?.key);
  });

  test.each(['https://tixl.app/A', 'https://tixl.app/b', 'https://tixl.app/a?v=1', 'https://www.tixl.app/a'])(
    'leads elsewhere: %s',
    (other) => {
      expect(readLink(other)?.key).not.toBe(readLink('https://tixl.app/a')?.key);
    },
  );

  test('is the same when it is read again, and never holds what would end it in a list', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        const link = readLink(text);
        if (link === undefined) return;
        expect(readLink(link.address)).toEqual(link);
        expect(link.address).not.toMatch(/[()\s<>]/);
      }),
    );
  });
});

describe('a title', () => {
  test.each([
    ['Shaders from scratch', 'Shaders from scratch'],
    ['  two\nlines \t of it ', 'two lines of it'],
    ['🎨', '🎨'],
    ['日本語', '日本語'],
  ])('is read: %s', (text, title) => {
    expect(readTitle(text)).toBe(title);
  });

  test.each(['', '   ', '\u200B\u200B', 'x'.repeat(101)])('is refused: %j', (text) => {
    expect(readTitle(text)).toBeUndefined();
  });
});

describe('what stands on buttons and forms', () => {
  const tutorialId = toInteractionId('1300000000000000001');

  test.each(['approve', 'decline', 'done', 'undo'] as const)('is read again: %s', (button) => {
    expect(parseTutorialButtonId(tutorialButtonId(button, tutorialId))).toEqual({ button, tutorialId });
    expect(parseTutorialButtonId(tutorialButtonId(button, tutorialId, 2))).toEqual({ button, tutorialId });
    expect(parseDeclineFormId(tutorialButtonId(button, tutorialId))).toBeUndefined();
  });

  test.each(['tutorials/award/1300000000000000001', 'tutorials/done/1', 'tutorials/done', 'topics/done', ''])(
    'is refused: %j',
    (customId) => {
      expect(parseTutorialButtonId(customId)).toBeUndefined();
      expect(parseDeclineFormId(customId)).toBeUndefined();
    },
  );

  test('of the form is that of its tutorial', () => {
    expect(parseDeclineFormId(declineFormId(tutorialId))).toBe(tutorialId);
    expect(parseTutorialButtonId(declineFormId(tutorialId))).toBeUndefined();
  });
});

test.each([
  [0, 0, 0],
  [0, 10, 0],
  [1, 3, 33],
  [2, 3, 67],
  [3, 3, 100],
])('%d of %d active members are %d percent', (byActive, active, percent) => {
  expect(completionPercent(byActive, active)).toBe(percent);
});
