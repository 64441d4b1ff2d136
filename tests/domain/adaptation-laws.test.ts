import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { adaptPost } from '../../domain/adaptation.ts';
import { hashtagsMissingIn } from '../../domain/hashtags.ts';
import { PLATFORMS, type Platform } from '../../domain/platforms.ts';
import { postLength } from '../../domain/post-length.ts';
import type { PostWords } from '../../domain/posts.ts';

const { distribution } = await loadConfig([COMMUNITY_FILE]);

/** What platforms count in ways of their own, and what must not be cut. */
const PIECES = [
  'word ',
  'Sentence. ',
  '\n',
  'https://a.example/b?c=d ',
  'tixl.app ',
  '#tag ',
  '👨‍👩‍👧‍👦',
  '🇩🇪',
  'e\u0301',
  '日本語',
  'สวัสดี',
  'שלום ',
  '**b** ',
  '𝒳',
  '<',
];
const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 8 }));
const text = fc.array(piece, { maxLength: 80 }).map((pieces) => pieces.join(''));
const words = fc.record({
  title: fc.string({ unit: 'grapheme', maxLength: 40 }),
  text,
  hashtags: fc.array(fc.constantFrom('tag', 'TiXL', 'real time', '日本語', 'a'.repeat(30)), { maxLength: 6 }),
});
const link = fc.option(fc.constantFrom('https://tixl.app/a?b=c#d', `https://tixl.app/${'a'.repeat(60)}`));
const platform = fc.constantFrom(...PLATFORMS);

/** With each length changed to this. */
function settingsOf(length: number): typeof distribution {
  const shorter = Object.entries(distribution.platforms).map(([name, rules]) => [name, { ...rules, length }]);
  return { ...distribution, platforms: Object.fromEntries(shorter) };
}

interface Given {
  readonly words: PostWords;
  readonly link: string | null;
}

const adapt = (on: Platform, given: Given, length: number) =>
  adaptPost(on, { ...given, isByModel: false, media: [] }, settingsOf(length));

function law(check: (on: Platform, given: Given, length: number) => void): void {
  const given = fc.record({ words, link });
  fc.assert(fc.property(platform, given, fc.integer({ min: 20, max: 400 }), check), { numRuns: 300 });
}

describe('whatever is written', () => {
  test('no platform gets more than it takes, by its own count', () => {
    law((on, given, length) => {
      const adapted = adapt(on, given, length);
      expect(adapted.length).toBe(postLength(on, adapted.text));
      expect(adapted.left).toBe(length - adapted.length);
      if (!adapted.problems.some(({ kind }) => kind === 'link too long')) {
        expect(adapted.length).toBeLessThanOrEqual(length);
      }
    });
  });

  test('the link is there, whole', () => {
    law((on, given, length) => {
      if (given.link !== null) expect(adapt(on, given, length).text.split(/\s/)).toContain(given.link);
    });
  });

  test('hashtags are the first ones given, in their order, and each stands in it', () => {
    law((on, given, length) => {
      const { hashtags, text: all } = adapt(on, given, length);
      const wanted = adapt(on, given, 100_000).hashtags;
      expect(wanted.slice(0, hashtags.length)).toEqual(hashtags);
      expect(hashtagsMissingIn(all, hashtags)).toEqual([]);
    });
  });

  test('what fits is not cut, though nothing more would', () => {
    law((on, given) => {
      const whole = adapt(on, given, 100_000);
      expect(whole.warnings.filter(({ kind }) => kind === 'cut')).toEqual([]);
      expect(adapt(on, given, Math.max(whole.length, 1)).text).toBe(whole.text);
    });
  });
});
