import { describe, expect, test } from '@jest/globals';
import { POST_BUTTONS, parsePostButtonId, postButtonId } from '../../domain/post-buttons.ts';
import { toPostId } from '../../domain/posts.ts';

describe('the button of a failed attempt', () => {
  test.each(POST_BUTTONS)('%s says which attempt it is', (button) => {
    const failed = { postId: toPostId('1300000000000000001'), platform: 'linkedin', attempt: 3 } as const;
    expect(parsePostButtonId(postButtonId(button, failed))).toEqual({ button, ...failed });
  });

  test.each([
    'post-retry:1300000000000000001:linkedin',
    'post-retry:1300000000000000001:myspace:1',
    'post-approve:1300000000000000001:1',
    'post-retry:A B:x:1',
    'event:going:1',
  ])('is not %s', (customId) => {
    expect(parsePostButtonId(customId)).toBeUndefined();
  });

  test('is short enough for Discord, however long the id is', () => {
    const failed = { postId: toPostId('a'.repeat(60)), platform: 'linkedin', attempt: 999_999 } as const;
    for (const button of POST_BUTTONS) expect(postButtonId(button, failed).length).toBeLessThanOrEqual(100);
  });
});
