import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ChaosEvent, type ChaosSize, planChaos, SEEDS } from './plan.ts';
import { VICTIMS, type Victim } from './product.ts';

const seeds = fc.nat(SEEDS - 1);
const sizes: fc.Arbitrary<ChaosSize> = fc.record({
  joins: fc.integer({ min: 1, max: 300 }),
  seconds: fc.integer({ min: 1, max: 400 }),
  kills: fc.integer({ min: 0, max: 100 }),
});

/** When each part is killed, in ms. */
function deathsOf(victim: Victim, events: readonly ChaosEvent[]): number[] {
  return events.flatMap((event) =>
    event.do === 'kill' && event.victims.includes(victim) ? [event.atMs] : [],
  );
}

describe('a plan of chaos', () => {
  test('is the same for the same seed, and another for another', () => {
    const size = { joins: 20, seconds: 20, kills: 5 };
    expect(planChaos(1, size)).toEqual(planChaos(1, size));
    expect(planChaos(1, size)).not.toEqual(planChaos(2, size));
  });

  test('lets everybody join once, in time, before they leave, and leave before they come back', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, size) => {
        const events = planChaos(seed, size);
        const storyOf = (member: number) =>
          events.flatMap((event) => ('member' in event && event.member === member ? [event.do] : []));
        for (let member = 0; member < size.joins; member += 1)
          expect(['join', 'join leave', 'join leave return']).toContain(storyOf(member).join(' '));
        const joins = events.flatMap((event) => (event.do === 'join' ? [event] : []));
        expect(joins.map((event) => event.member)).toEqual(joins.map((_, index) => index));
        expect(joins.every(({ atMs }) => atMs <= size.seconds * 1_000)).toBe(true);
      }),
    );
  });

  test('kills no part more than twice within a minute, for a part that dies too often is given up', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, size) => {
        for (const victim of VICTIMS) {
          const deaths = deathsOf(victim, planChaos(seed, size));
          deaths.slice(2).forEach((atMs, index) => {
            expect(atMs - (deaths[index] ?? 0)).toBeGreaterThan(60_000);
          });
        }
      }),
    );
  });

  test('leaves Discord undisturbed in the end', () => {
    fc.assert(
      fc.property(seeds, sizes, (seed, size) => {
        expect(planChaos(seed, size).findLast((event) => event.do === 'disturb')?.faults).toEqual([]);
      }),
    );
  });
});
