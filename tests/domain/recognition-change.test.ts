import { beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toMemberId } from '../../domain/ids.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import {
  actionsForStaff,
  problemWith,
  type RecognitionChange,
  type TypedAward,
  toAward,
} from '../../domain/recognition-change.ts';

const memberId = toMemberId('1300000000000000002');
const staffId = toMemberId('1300000000000000003');
let settings: RecognitionSettings;

beforeAll(async () => {
  settings = (await loadConfig([COMMUNITY_FILE])).recognition;
});

describe('an award as it is typed', () => {
  const typed = (award: Partial<TypedAward>) =>
    toAward(memberId, { points: null, action: null, quality: null, ...award });

  test.each<[Partial<TypedAward>, unknown]>([
    [{ points: 5 }, { kind: 'award', memberId, points: 5 }],
    [{ action: 'message' }, { kind: 'award action', memberId, action: 'message' }],
    [
      { action: 'message', quality: 3 },
      { kind: 'award action', memberId, action: 'message', quality: 3 },
    ],
    [{}, 'neither points nor action'],
    [{ quality: 3 }, 'neither points nor action'],
    [{ points: 0, action: 'message' }, 'both points and action'],
    [{ points: 5, quality: 3 }, 'quality without action'],
  ])('%p', (award, expected) => {
    expect(typed(award)).toEqual(expected);
  });
});

describe('what is refused whatever the ledger says', () => {
  const award = (points: number): RecognitionChange => ({ kind: 'award', memberId, points });
  const action = (name: string, quality?: number): RecognitionChange => ({
    ...{ kind: 'award action', memberId, action: name },
    ...(quality !== undefined && { quality }),
  });

  test.each<[RecognitionChange, string | undefined]>([
    [award(0.1), undefined],
    [award(1_000), undefined],
    [award(1_000.1), 'too many points'],
    [award(0), 'not above zero'],
    [award(-1), 'not above zero'],
    [award(Number.NaN), 'not above zero'],
    [award(Number.POSITIVE_INFINITY), 'too many points'],
    [award(0.25), 'too many decimals'],
    [award(0.04), 'too many decimals'],
    [{ kind: 'revoke', memberId, points: 2.55 }, 'too many decimals'],
    [{ kind: 'revoke', memberId: staffId, points: 2 }, 'themselves'],
    [action('event-attended', 1), undefined],
    [action('code-contribution', 5), undefined],
    [action('message', 0.9), 'quality out of range'],
    [action('message', 5.1), 'quality out of range'],
    [action('message', Number.NaN), 'quality out of range'],
    [action('__proto__'), 'unknown action'],
    [action('by-staff'), 'unknown action'],
    [{ kind: 'give badge', memberId, badge: 'legend' }, 'badge comes with points'],
    [{ kind: 'give badge', memberId, badge: 'no-such' }, 'unknown badge'],
    [{ kind: 'give achievement', memberId, achievement: 'no-such' }, 'unknown achievement'],
    [{ kind: 'reverse', entryId: '1' }, undefined],
  ])('%p: %s', (change, expected) => {
    expect(problemWith({ staffId, change }, 'because', settings)).toBe(expected);
  });

  test('an action that is worth more than staff can give at once', () => {
    const generous = { ...settings, points: { gift: 900 } };
    expect(problemWith({ staffId, change: action('gift', 4) }, 'because', generous)).toBeUndefined();
    expect(problemWith({ staffId, change: action('gift', 5) }, 'because', generous)).toBe('too many points');
  });

  test('no reason', () => {
    expect(problemWith({ staffId, change: award(1) }, ' \n', settings)).toBe('no reason');
  });
});

test('staff can name the configured actions and those of our flows, but none that is only for the ledger', () => {
  expect(actionsForStaff({ ...settings, points: { painted: 2, achievement: 3 } })).toEqual([
    ...['bug-reported', 'code-contribution', 'event-attended', 'event-hosted'],
    ...['helpful-answer', 'message', 'painted', 'tutorial-created'],
  ]);
});
