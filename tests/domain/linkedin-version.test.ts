import { describe, expect, test } from '@jest/globals';
import { linkedinVersionEndsAt, linkedinVersionState } from '../../domain/linkedin-version.ts';

describe("a version of LinkedIn's API", () => {
  test.each([
    ['202610', '2026-11-23', 'current'],
    ['202610', '2027-08-01', 'current'],
    ['202610', '2027-08-02', 'ends soon'],
    ['202610', '2027-09-30', 'ends soon'],
    ['202610', '2027-10-01', 'over'],
    ['202601', '2026-12-31', 'ends soon'],
    ['202612', '2027-12-01', 'over'],
    ['202401', '2026-11-23', 'over'],
  ])('%s on %s is %s', (version, day, state) =>
    expect(linkedinVersionState(version, Date.parse(day))).toBe(state),
  );

  test('ends when its month comes round again', () =>
    expect(new Date(linkedinVersionEndsAt('202612')).toISOString()).toBe('2027-12-01T00:00:00.000Z'));
});
