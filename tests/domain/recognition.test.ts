import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import {
  badgeAt,
  badgesBetween,
  pointsText,
  type Recognised,
  type RecognitionSettings,
  recognitionId,
  tenthsOf,
} from '../../domain/recognition.ts';

const badge = (name: string, points?: number) => ({
  ...{ name, label: name, emoji: '⭐', description: name, announced: true },
  ...(points !== undefined && { points }),
});

const settings: RecognitionSettings = {
  ...(await loadConfig([COMMUNITY_FILE])).recognition,
  points: { message: 1, 'bug-reported': 10, 'tutorial-created': 25, nothing: 0 },
  quality: { above: 4, factor: 1.5 },
  badges: [badge('expert', 500), badge('newcomer', 0), badge('contributor', 100), badge('quiz-master')],
  whenPointsFall: 'keep badge',
  achievements: [],
};

describe('what an award is worth, in tenths', () => {
  test.each([
    ['what the configuration says', { action: 'bug-reported' }, 100],
    ['nothing, where it says so', { action: 'nothing' }, 0],
    ['1, where it says nothing', { action: 'event-attended' }, 10],
    ['1 for an action that is called like something of every object', { action: 'constructor' }, 10],
    ['its own points', { action: 'by-staff', points: 12.3 }, 123],
    ['less than nothing, when points are taken', { action: 'by-staff', points: -0.1 }, -1],
    ['half again for a quality above 4', { action: 'tutorial-created', quality: 5 }, 375],
    ['half again for a little above 4', { action: 'message', quality: 4.1 }, 15],
    ['no more for a quality of 4', { action: 'tutorial-created', quality: 4 }, 250],
    ['rounded half up to one decimal', { action: 'by-staff', points: 0.1, quality: 5 }, 2],
  ])('is %s', (_, award, tenths) => {
    expect(tenthsOf(award, settings)).toBe(tenths);
  });
});

test.each([
  [0, '0'],
  [10, '1'],
  [15, '1.5'],
  [-375, '-37.5'],
  [25_000, '2500'],
])('%d tenths read %s', (tenths, text) => {
  expect(pointsText(tenths)).toBe(text);
});

describe('badges', () => {
  test.each([
    [0, 'newcomer', 'contributor'],
    [999, 'newcomer', 'contributor'],
    [1_000, 'contributor', 'expert'],
    [9_999, 'expert', undefined],
  ])('at %d tenths are %s, and next comes %s', (tenths, has, next) => {
    const found = badgeAt(tenths, settings);
    expect([found.badge?.name, found.next?.name]).toEqual([has, next]);
  });

  test('are crossed by reaching their points, and the same ones on the way down', () => {
    expect(badgesBetween(990, 1_000, settings)).toEqual(['contributor']);
    expect(badgesBetween(1_000, 990, settings)).toEqual(['contributor']);
    expect(badgesBetween(1_000, 1_010, settings)).toEqual([]);
    expect(badgesBetween(-1, 6_000, settings)).toEqual(['newcomer', 'contributor', 'expert']);
  });

  test('are crossed once, in however many steps one gets there', () => {
    const steps = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(steps, (amounts) => {
        let total = 0;
        const crossed = amounts.flatMap((amount) => {
          const before = total;
          total += amount;
          return badgesBetween(before, total, settings);
        });
        expect(crossed).toEqual(badgesBetween(0, total, settings));
      }),
    );
  });
});

describe('the id of what follows', () => {
  const recognised = (what: Recognised['what'], entryId: string) =>
    recognitionId({
      guildId: toGuildId('1300000000000000001'),
      memberId: toMemberId('1300000000000000002'),
      ...{ what, name: 'expert', entryId },
    });

  test('is one for getting a badge, whatever brought it', () => {
    expect(recognised('badge', '1')).toBe(recognised('badge', '2'));
  });

  test('is another for each time that it is lost', () => {
    expect(recognised('badge lost', '1')).not.toBe(recognised('badge lost', '2'));
    expect(recognised('badge lost', '1')).not.toBe(recognised('badge again', '1'));
  });
});
