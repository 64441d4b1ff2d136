import { describe, expect, test } from '@jest/globals';
import { type OnboardingReport, summarise, type VisitCount } from '../../domain/onboarding-report.ts';
import { onboardingReportMessage } from '../../views/onboarding-report.ts';

const WEEK_MS = 7 * 86_400_000;
const MONDAY = Date.parse('2026-11-16T00:00:00Z');
const GOAL = 60;
/** Discord's "Embed Limits". */
const DESCRIPTION = 4_096;
const ALL_EMBEDS = 6_000;

const count = (state: VisitCount['state'], visits: number, rest: Partial<VisitCount> = {}): VisitCount => ({
  week: MONDAY,
  variant: 'standard',
  state,
  visits,
  ...rest,
});

function show(report: OnboardingReport, goal = GOAL): string[] {
  const { embeds = [] } = onboardingReportMessage(report, goal);
  return embeds.flatMap(({ title = '', description = '' }) => [title, ...description.split('\n')]);
}

describe('the report on onboardings', () => {
  test('shows rates by week and by variant, each with the numbers behind it', () => {
    const report = summarise(
      [
        count('completed', 12),
        count('left', 3),
        count('timed out', 1),
        count('open', 5),
        count('completed', 4, { week: MONDAY - 3 * WEEK_MS, variant: 'patient' }),
      ],
      8,
    );
    expect(show(report)).toEqual([
      'Onboarding in the last 8 weeks',
      '**All**: 25 joined · **80 %** (16 of 20) · 3 left · 1 timed out · 5 open',
      'The goal of 60 % is met ✅.',
      '',
      '__By week__',
      '**16 Nov**: 21 joined · **75 %** (12 of 16) · 3 left · 1 timed out · 5 open',
      '**26 Oct**: 4 joined · **100 %** (4 of 4)',
      'Nobody joined in 6 other weeks.',
      'By variant',
      '**patient**: 4 joined · **100 %** (4 of 4)',
      '**standard**: 21 joined · **75 %** (12 of 16) · 3 left · 1 timed out · 5 open',
    ]);
  });

  test('says so when nobody has joined', () => {
    expect(show(summarise([], 8))).toEqual([
      'Onboarding in the last 8 weeks',
      'Nobody has joined in this time.',
    ]);
  });

  test('gives no rate as long as nobody is through', () => {
    const lines = show(summarise([count('open', 3)], 1));
    expect(lines.slice(0, 3)).toEqual([
      'Onboarding this week',
      '**All**: 3 joined · no rate yet · 3 open',
      'Nobody is through yet. The goal is 60 %.',
    ]);
    expect(lines.join()).not.toMatch(/NaN|Infinity|0 %\*\*/);
  });

  test.each<[string, number, number, string]>([
    ['is met exactly', 60, 40, 'The goal of 60 % is met ✅.'],
    ['is missed by little, and does not look as if it were met', 599, 401, 'The goal of 60 % is not met.'],
  ])('says whether the goal is met when it %s', (_, completed, left, expected) => {
    const lines = show(summarise([count('completed', completed), count('left', left)], 8));
    expect(lines).toContain(expected);
    expect(lines[1]?.includes('**60 %**')).toBe(expected.includes('✅'));
  });

  test.each<[number, string | undefined]>([
    [4, 'These are few: one member more or less changes the rate by 25 points.'],
    [19, 'These are few: one member more or less changes the rate by 5 points.'],
    [20, undefined],
  ])('warns of few members: %i', (completed, expected) => {
    const lines = show(summarise([count('completed', completed)], 8));
    expect(lines.find((line) => line.startsWith('These are few'))).toBe(expected);
  });

  test('fits into a message, however much there is to say', () => {
    const states = ['completed', 'left', 'stopped', 'timed out', 'open'] as const;
    const longName = (number: number) => `v${String(number).padStart(39, '0')}`;
    const counts = states.flatMap((state) =>
      Array.from({ length: 26 }, (_, number) =>
        count(state, 99_999, { week: MONDAY - number * WEEK_MS, variant: longName(number) }),
      ),
    );
    const { embeds = [] } = onboardingReportMessage(summarise(counts, 26), GOAL);
    const descriptions = embeds.map(({ description = '' }) => description);
    for (const description of descriptions) expect(description.length).toBeLessThanOrEqual(DESCRIPTION);
    const texts = embeds.flatMap(({ title = '', description = '', footer }) => [
      title,
      description,
      footer?.text ?? '',
    ]);
    expect(texts.join('').length).toBeLessThanOrEqual(ALL_EMBEDS);
    expect(descriptions[1]).toContain('and 14 other variants');
  });
});
