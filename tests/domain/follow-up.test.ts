import { describe, expect, test } from '@jest/globals';
import { followUpId, followUpWords } from '../../domain/follow-up.ts';
import { toPostId } from '../../domain/posts.ts';

const TEMPLATE = {
  platforms: ['linkedin'],
  title: 'Again: {title}',
  text: '{title} does well on {platform}: {link}',
} as const;
const post = { title: 'TiXL {platform}', hashtags: ['TiXL'] };
const url = 'https://x.com/tixl/status/1';

describe('a follow-up', () => {
  test('has an id that is always the same', () => {
    expect(followUpId(toPostId('1300000000000000001'))).toBe('1300000000000000001-follow-up');
  });

  test('says what its template says; what was written is not looked at for placeholders', () => {
    expect(followUpWords(TEMPLATE, post, 'x', url)).toEqual({
      title: 'Again: TiXL {platform}',
      text: `TiXL {platform} does well on X: ${url}`,
      hashtags: ['TiXL'],
    });
  });

  test('is no longer than what somebody could have written', () => {
    const { title, text } = followUpWords(
      { ...TEMPLATE, text: '{title} '.repeat(100) },
      { ...post, title: 'Long '.repeat(20).trim() },
      'x',
      url,
    );
    expect(title.length).toBeLessThanOrEqual(100);
    expect(title).toMatch(/^Again: Long .*…$/);
    expect(text.length).toBeLessThanOrEqual(4_000);
  });
});
