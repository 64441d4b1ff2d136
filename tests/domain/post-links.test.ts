import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PLATFORMS } from '../../domain/platforms.ts';
import { isOwnLink, linkCodeOf, linkedPostOf, linkOn } from '../../domain/post-links.ts';
import { toPostId } from '../../domain/posts.ts';

const post = { postId: toPostId('1400000000000000001'), platform: 'x' } as const;
const settings = { address: 'https://example.org/go', platforms: ['x'] } as const;

const postIds = fc
  .oneof(
    fc.bigInt({ min: 10n ** 14n, max: 10n ** 20n - 1n }).map(String),
    fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,59}$/),
  )
  .map(toPostId);

describe('the code of a link', () => {
  test('names a post and a platform, and no other names them', () => {
    fc.assert(
      fc.property(postIds, fc.constantFrom(...PLATFORMS), (postId, platform) => {
        const code = linkCodeOf({ postId, platform });
        expect(linkedPostOf(code)).toEqual({ postId, platform });
        expect(linkedPostOf(`${code[0]}0${code.slice(1)}`)).not.toEqual({ postId, platform });
      }),
    );
  });

  test('is short, and can stand in an address as it is', () => {
    const longest = linkCodeOf({ ...post, postId: toPostId('99999999999999999999') });
    expect(longest.length).toBeLessThanOrEqual(13);
    fc.assert(
      fc.property(postIds, fc.constantFrom(...PLATFORMS), (postId, platform) => {
        const code = linkCodeOf({ postId, platform });
        expect(encodeURIComponent(code)).toBe(code);
      }),
    );
  });

  test.each([
    '',
    'x',
    'q1fQ0v5rq42b',
    'x!',
    'x-',
    'x--a',
    'x-A',
    'x0',
    'xzzzzzzzzzzzzz',
    'favicon.ico',
    'robots.txt',
  ])('"%s" is none', (code) => {
    expect(linkedPostOf(code)).toBeUndefined();
  });
});

describe('a link of ours', () => {
  test('stands in the place of a link where the configuration says so', () => {
    const link = linkOn(post, 'https://tixl.app', settings);
    expect(link).toBe(`https://example.org/go/${linkCodeOf(post)}`);
    expect(isOwnLink(post, link)).toBe(true);
    expect(isOwnLink({ ...post, platform: 'discord' }, link)).toBe(false);
  });

  test.each([
    ['on another platform', { ...post, platform: 'discord' } as const, 'https://tixl.app', settings],
    ['without the setting', post, 'https://tixl.app', undefined],
    ['without a link', post, null, settings],
  ])('does not %s', (_, of, link, by) => {
    expect(linkOn(of, link, by)).toBe(link);
    expect(isOwnLink(of, link)).toBe(false);
  });
});
