import { describe, expect, test } from '@jest/globals';
import { loadConfigWith } from '../support/config.ts';

const x = (setting: string) => loadConfigWith(`distribution: { platforms: { x: { ${setting} } } }`);

describe('how posts are adapted', () => {
  test.each([
    ['a text longer than the platform takes', 'length: 25001', 'at most 25000'],
    ['a template without the text', 'template: "{title} {link}"', 'expected {text}'],
    ['a template without the link, which always stays', 'template: "{text}"', 'expected {link}'],
    ['a template with something unknown', 'template: "{text} {link} {author}"', '{author} means nothing'],
  ])('is refused with %s', async (_, setting, problem) => {
    await expect(x(setting)).rejects.toThrow(problem);
  });

  test('may be as long as who pays for more on X can write', async () => {
    const { distribution } = await x('length: 25000');
    expect(distribution.platforms.x?.length).toBe(25_000);
  });
});
