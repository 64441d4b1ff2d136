import { beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toMemberId } from '../../domain/ids.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import {
  highestBadge,
  historyButtonId,
  type MemberStanding,
  parseHistoryButtonId,
  progressOf,
} from '../../domain/standing.ts';

const memberId = toMemberId('1300000000000000002');
let settings: RecognitionSettings;

beforeAll(async () => {
  settings = (await loadConfig([COMMUNITY_FILE])).recognition;
});

const having = (tenths: number): Pick<MemberStanding, 'points'> => {
  const points = { tenths };
  return { points: { all: points, month: points, week: points } };
};

describe('the way to the next badge', () => {
  test.each<[number, string, number, number]>([
    [-50, 'newcomer', 0, 50],
    [0, 'contributor', 0, 1_000],
    [505, 'contributor', 0.505, 495],
    [999, 'contributor', 0.999, 1],
    [1_000, 'helper', 0, 1_500],
    [24_999, 'legend', 14_999 / 15_000, 1],
  ])('with %p tenths goes to %s', (tenths, name, share, missingTenths) => {
    expect(progressOf(having(tenths), settings)).toMatchObject({ next: { name }, share, missingTenths });
  });

  test('ends at the highest', () => {
    expect(progressOf(having(25_000), settings)).toBeUndefined();
  });

  test('ends at once where no badge comes with points', () => {
    expect(progressOf(having(0), { ...settings, badges: [] })).toBeUndefined();
  });
});

test('the highest badge is one that is held, whatever the points are', () => {
  const held = (...names: string[]) => ({ badges: names.map((name) => ({ name, at: 0 })) });
  expect(highestBadge(held('helper', 'newcomer', 'contributor'), settings)?.name).toBe('helper');
  expect(highestBadge(held('taken-out'), settings)).toBeUndefined();
  expect(highestBadge(held(), settings)).toBeUndefined();
});

describe('the button of a page', () => {
  test('says whose and which', () => {
    expect(parseHistoryButtonId(historyButtonId(memberId, 12))).toEqual({ memberId, page: 12 });
  });

  test.each(['', 'points-history/1/1', `points-history/${memberId}/x`, `points-history/${memberId}/1/2`])(
    'is none: %s',
    (customId) => {
      expect(parseHistoryButtonId(customId)).toBeUndefined();
    },
  );
});
