import { describe, expect, test } from '@jest/globals';
import { parseTopicButtonId, topicButtonId } from '../../domain/topics.ts';

describe('the button of a topic', () => {
  test('is known again, with the longest name as well', () => {
    for (const name of ['shaders', 'live-visuals', 'a'.repeat(40)])
      expect(parseTopicButtonId(topicButtonId(name))).toBe(name);
  });

  test.each([
    'topics',
    'topics/',
    'topics/Shaders',
    'topics/a/b',
    'roles/shaders',
    `topics/${'a'.repeat(41)}`,
  ])('is not %p', (customId) => expect(parseTopicButtonId(customId)).toBeUndefined());
});
