import { describe, expect, test } from '@jest/globals';
import { deviationsAbove } from '../../domain/normal-distribution.ts';

describe('the normal distribution', () => {
  // Source: tables of the standard normal distribution.
  test.each([
    [0.5, 0],
    [0.25, 0.6745],
    [0.1, 1.2816],
    [0.05, 1.6449],
    [0.025, 1.96],
    [0.01, 2.3263],
    [0.001, 3.0902],
    [0.0001, 3.719],
  ])('has the share %d above as many deviations as tables say', (share, deviations) => {
    expect(Math.abs(deviationsAbove(share) - deviations)).toBeLessThan(0.0005);
  });

  test.each([0, -0.1, 0.51, Number.NaN])('refuses a share of %d', (share) => {
    expect(() => deviationsAbove(share)).toThrow(RangeError);
  });
});
