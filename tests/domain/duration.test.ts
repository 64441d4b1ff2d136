import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Duration, isDuration, toDuration, toMilliseconds } from '../../domain/duration.ts';

describe('durations', () => {
  test.each([
    ['0s', 0],
    ['30s', 30_000],
    ['2m', 120_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ] as const)('%s are %d ms', (duration, milliseconds) => {
    expect(toMilliseconds(duration)).toBe(milliseconds);
  });

  test.each(['-5s', '3', '', 's', '1.5h', '5 m', '10 secnds', '1e3s', '1234567s'])('%p is none', (text) => {
    expect(isDuration(text)).toBe(false);
    expect(() => toMilliseconds(text as Duration)).toThrow('is not a duration');
  });

  test('come back from milliseconds as the same span', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999 }),
        fc.constantFrom('s', 'm', 'h', 'd'),
        (count, unit) => {
          const milliseconds = toMilliseconds(`${count}${unit}` as Duration);
          expect(toMilliseconds(toDuration(milliseconds))).toBe(milliseconds);
        },
      ),
    );
  });
});
