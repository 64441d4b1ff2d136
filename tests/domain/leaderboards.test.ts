import { describe, expect, test } from '@jest/globals';
import { toGuildId } from '../../domain/ids.ts';
import {
  amountText,
  leaderboardButtonId,
  parseLeaderboardButtonId,
  periodText,
  standingsOf,
} from '../../domain/leaderboards.ts';

const guildId = toGuildId('1300000000000000001');

describe('a period', () => {
  test.each([
    ['2026-W47', 'Week 47 of 2026'],
    ['2027-W01', 'Week 1 of 2027'],
    ['2026-11', 'November 2026'],
    ['all', 'All time'],
  ])('%s is %s', (period, text) => {
    expect(periodText(period)).toBe(text);
  });

  test('of a leaderboard is the one of its kind', () => {
    const names = { week: '2026-W47', month: '2026-11' };
    const periods = (['week', 'month', 'all'] as const).map(
      (period) => standingsOf(guildId, { measure: 'points', period }, names).period,
    );
    expect(periods).toEqual(['2026-W47', '2026-11', 'all']);
  });
});

describe('an amount', () => {
  test.each([
    ['points', 12_345, '1,234.5'],
    ['points', 10, '1'],
    ['helpful-answer', 1_234, '1,234'],
  ])('of %s that is %p is written %s', (measure, amount, text) => {
    expect(amountText(measure, amount)).toBe(text);
  });
});

describe('the button of a page', () => {
  test('is known again', () => {
    expect(parseLeaderboardButtonId(leaderboardButtonId('weekly-points', 12))).toEqual({
      board: 'weekly-points',
      page: 12,
    });
  });

  test.each([
    'leaderboard/x/0',
    'leaderboard/x/01',
    'leaderboard/x/1/2',
    'leaderboard//1',
    'leaderboard/X/1',
  ])('%s is none', (customId) => {
    expect(parseLeaderboardButtonId(customId)).toBeUndefined();
  });
});
