import { describe, expect, test } from '@jest/globals';
import { isSameOnX, type LinkOnX } from '../../domain/x-text.ts';

const link = (shortened: string, expanded: string): LinkOnX => ({ shortened, expanded, isMedia: false });
const media = (shortened: string): LinkOnX => ({
  shortened,
  expanded: 'https://x.com/tixl/status/1/photo/1',
  isMedia: true,
});

describe('a post on X is the one that was sent', () => {
  test.each<[name: string, sent: string, onX: string, links: LinkOnX[]]>([
    ['word for word', 'TiXL 4.2 is out', 'TiXL 4.2 is out', []],
    ['with characters escaped', 'a < b && b > c', 'a &lt; b &amp;&amp; b &gt; c', []],
    ['with what looks escaped', 'write &lt; for <', 'write &amp;lt; for &lt;', []],
    [
      'with a link shortened',
      'Read https://tixl.app/a?b=1&c=2 now',
      'Read https://t.co/abc now',
      [link('https://t.co/abc', 'https://tixl.app/a?b=1&c=2')],
    ],
    [
      'with a link that had no scheme',
      'See tixl.app.',
      'See https://t.co/abc.',
      [link('https://t.co/abc', 'http://tixl.app')],
    ],
    [
      'with a link whose host was written otherwise, and a slash',
      'https://WWW.TiXL.app',
      'https://t.co/abc',
      [link('https://t.co/abc', 'https://tixl.app/')],
    ],
    [
      'with an encoded address',
      'https://tixl.app/ä',
      'https://t.co/abc',
      [link('https://t.co/abc', 'https://tixl.app/%C3%A4')],
    ],
    [
      'with a link that X does not tell of',
      'Read (https://tixl.app/a), friends',
      'Read (https://t.co/abc), friends',
      [],
    ],
    ['with a link for the media', 'Look', 'Look https://t.co/pic', [media('https://t.co/pic')]],
    [
      'with several pictures behind one link',
      'Look',
      'Look https://t.co/pic',
      [media('https://t.co/pic'), media('https://t.co/pic')],
    ],
    ['composed', 'Cafe\u0301', 'Caf\u00e9', []],
    ['with spaces trimmed', '  one\n\n\ntwo ', 'one\n\ntwo', []],
  ])('%s', (_, sent, text, links) => {
    expect(isSameOnX(sent, { text, links })).toBe(true);
  });

  test.each<[name: string, sent: string, onX: string, links: LinkOnX[]]>([
    ['another word', 'TiXL 4.2 is out', 'TiXL 4.3 is out', []],
    ['a word more', 'TiXL is out', 'TiXL is out now', []],
    ['the beginning alone', 'TiXL is out now', 'TiXL is out', []],
    [
      'another link',
      'Read https://tixl.app/a',
      'Read https://t.co/abc',
      [link('https://t.co/abc', 'https://tixl.app/b')],
    ],
    ['an unknown link in place of nothing', 'Read ()', 'Read (https://t.co/abc)', []],
    ['other letters', 'tixl', 'TiXL', []],
  ])('not: %s', (_, sent, text, links) => {
    expect(isSameOnX(sent, { text, links })).toBe(false);
  });
});
