import { describe, expect, test } from '@jest/globals';
import { createdAt, toGuildId, toMemberId } from '../../domain/ids.ts';

describe('ids', () => {
  test.each(['', 'everyone', '12', '123456789012345678901', '-12345678901234567', '1e17'])(
    '%p is none',
    (text) => {
      expect(() => toGuildId(text)).toThrow('is not the id of a guild');
    },
  );

  test('hold the time at which Discord made the thing', () => {
    // The example of Discord's reference, "Snowflakes".
    expect(new Date(createdAt(toMemberId('175928847299117063'))).toISOString()).toBe(
      '2016-04-30T11:18:25.796Z',
    );
  });
});
