import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planAmplification, scoreOf, weigh, weightedInteractions } from '../../domain/amplification.ts';
import { type Figures, INTERACTIONS, NO_FIGURES } from '../../domain/engagement.ts';
import { loadConfigWith } from '../support/config.ts';

const settings = {
  weights: { likes: 1, shares: 3, comments: 2, clicks: 1 },
  leastPosts: 3,
  within: '180d',
} as const;
const reading = { platform: 'x', ageMs: 3_600_000 } as const;

const count = fc.nat({ max: 1_000_000 });
const figures: fc.Arbitrary<Figures> = fc.record({
  ...{ impressions: fc.option(count), reach: fc.option(count), likes: fc.option(count) },
  ...{ shares: fc.option(count), comments: fc.option(count), clicks: fc.option(count) },
});
const usual = fc.double({ min: 0, max: 1_000_000, noNaN: true });
const interaction = fc.constantFrom(...INTERACTIONS);

/** Undefined: it has none. */
function scoreWith(of: Figures, usually: number): number | undefined {
  const weighing = weigh({ ...reading, figures: of }, { comparedWith: 10, usual: usually }, settings);
  return weighing.kind === 'weighed' ? weighing.evidence.score : undefined;
}

describe('a score', () => {
  test.each([
    ['as usual', 100, 100, 0.5],
    ['as usual where nothing happens', 0, 0, 0.5],
    ['four times as much', 95, 20, 0.8],
    ['four times as much, where little happens', 35, 5, 0.8],
    ['a quarter', 20, 95, 0.2],
    ['nothing, where much happens', 0, 95, 0.0476],
    ['three likes where nothing happens', 3, 0, 0.6154],
  ])('is known: %s', (_, weighted, usually, score) => {
    expect(scoreOf({ weighted, usual: usually })).toBeCloseTo(score, 4);
  });

  test('is between 0 and 1', () => {
    fc.assert(
      fc.property(usual, usual, (weighted, usually) => {
        const score = scoreOf({ weighted, usual: usually });
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThan(1);
      }),
    );
  });

  test('is 0.5 where it is as usual, and turns around with what is compared', () => {
    fc.assert(
      fc.property(usual, usual, (one, other) => {
        expect(scoreOf({ weighted: one, usual: one })).toBe(0.5);
        const there = scoreOf({ weighted: one, usual: other });
        expect(there + scoreOf({ weighted: other, usual: one })).toBeCloseTo(1, 10);
      }),
    );
  });

  test('grows with each interaction that the platform gives', () => {
    fc.assert(
      fc.property(
        figures,
        interaction,
        usual,
        fc.integer({ min: 1, max: 1_000 }),
        (of, name, usually, more) => {
          const before = scoreWith({ ...of, [name]: of[name] ?? 0 }, usually) ?? 0;
          const after = scoreWith({ ...of, [name]: (of[name] ?? 0) + more }, usually) ?? 0;
          expect(after).toBeGreaterThan(before);
        },
      ),
    );
  });

  test('does not depend on what the platform does not give, whatever that would count, nor on how many have seen it', () => {
    fc.assert(
      fc.property(figures, interaction, count, count, (of, name, weight, seen) => {
        const without = { ...of, [name]: null };
        const weights = { ...settings.weights, [name]: weight };
        expect(weightedInteractions(without, { weights })).toBe(weightedInteractions(without, settings));
        const shown = { ...without, impressions: seen, reach: null };
        expect(weightedInteractions(shown, settings)).toBe(weightedInteractions(without, settings));
      }),
    );
  });
});

describe('interactions', () => {
  test.each([
    ['each by its weight', { likes: 10, shares: 2, comments: 3, clicks: 4 }, 26],
    ['those alone that are given', { likes: 10, shares: 2 }, 16],
    ['none happened, which is not the same as none given', { likes: 0 }, 0],
    ['none are given', { impressions: 1_000 }, null],
  ])('are counted: %s', (_, of, weighted) => {
    expect(weightedInteractions({ ...NO_FIGURES, ...of }, settings)).toBe(weighted);
  });

  test('that weigh nothing are none', () => {
    const weights = { ...settings.weights, likes: 0 };
    expect(weightedInteractions({ ...NO_FIGURES, likes: 10 }, { weights })).toBeNull();
  });
});

describe('a reading', () => {
  const likes = { ...reading, figures: { ...NO_FIGURES, likes: 35, shares: 0, impressions: 900 } };

  test('has a score with all that it rests on', () => {
    expect(weigh(likes, { comparedWith: 3, usual: 5 }, settings)).toEqual({
      kind: 'weighed',
      evidence: {
        ...{ ...reading, score: 0.8, weighted: 35, usual: 5, comparedWith: 3 },
        interactions: { likes: 35, shares: 0 },
      },
    });
  });

  test('has none with too little history, or without anything to weigh', () => {
    expect(weigh(likes, { comparedWith: 2, usual: 5 }, settings)).toEqual({ kind: 'too little history' });
    expect(weigh(likes, { comparedWith: 0, usual: null }, settings)).toEqual({ kind: 'too little history' });
    const nothing = { ...reading, figures: { ...NO_FIGURES, impressions: 900 } };
    expect(weigh(nothing, { comparedWith: 9, usual: 0 }, settings)).toEqual({ kind: 'nothing to weigh' });
  });
});

describe('what is done', () => {
  test('is what the configuration says when it begins', async () => {
    const { engagement } = await loadConfigWith('{}');
    expect(planAmplification(engagement)).toEqual({ pinForMs: 7 * 86_400_000, hasFollowUp: true });
    const none = { ...engagement, amplification: { above: 0.8 } };
    expect(planAmplification(none)).toEqual({ pinForMs: null, hasFollowUp: false });
  });
});
