import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type BurstRules,
  type BurstState,
  type CountedJoin,
  countJoin,
  NO_BURST,
} from '../../domain/burst.ts';

const rules: BurstRules = { windowMs: 60_000, raidAbove: 4, calmMs: 600_000 };
const START = 1_763_800_000_000;
const AT_START = { now: START, joinedAt: START };

/**
 * Lets members join at these times, in ms after the start.
 *
 * @param lateMs how much later they are counted
 */
function joinAt(times: readonly number[], from: BurstState = NO_BURST, lateMs = 0): CountedJoin[] {
  let state = from;
  return times.map((time) => {
    const joinedAt = START + time;
    const counted = countJoin(state, { joinedAt, now: joinedAt + lateMs }, rules);
    state = counted.state;
    return counted;
  });
}

const greetings = (joins: readonly CountedJoin[]) => joins.map(({ greeting }) => greeting);

describe('in a burst', () => {
  test('the first is welcomed at once, and those within the window after it are gathered', () => {
    expect(greetings(joinAt([0, 1, 59_999]))).toEqual(['alone', 'gathered', 'gathered']);
  });

  test('the first after the window is welcomed at once again', () => {
    expect(greetings(joinAt([0, 10, 60_000, 60_001]))).toEqual(['alone', 'gathered', 'alone', 'gathered']);
  });

  test('one welcome is ordered for each window in which somebody is gathered', () => {
    const joins = joinAt([0, 1, 2, 60_000, 60_001]);
    expect(joins.map(({ beginsGathering }) => beginsGathering)).toEqual([false, true, false, false, true]);
    expect(joins.map(({ state }) => state.window.number)).toEqual([1, 1, 1, 2, 2]);
  });

  test('nobody is added to a welcome that is being sent, however late we hear of the join', () => {
    const [, second] = joinAt([0, 1]);
    if (second === undefined) throw new Error('nobody has joined');
    const closed = { ...second.state, window: { ...second.state.window, isClosed: true } };
    expect(greetings(joinAt([2, 3], closed))).toEqual(['alone', 'gathered']);
  });

  test('without a window everybody is welcomed at once', () => {
    const counted = countJoin(NO_BURST, AT_START, { ...rules, windowMs: 0 });
    expect(countJoin(counted.state, AT_START, { ...rules, windowMs: 0 }).greeting).toBe('alone');
  });
});

describe('when too many join', () => {
  test('tips are held back, and it is told once', () => {
    const joins = joinAt([0, 1, 2, 3, 4, 5]);
    expect(joins.map(({ beginsRaid }) => beginsRaid)).toEqual([false, false, false, false, true, false]);
    expect(joins.at(-1)?.state.tipsHeldUntil).toBe(START + 5 + rules.calmMs);
    expect(joins.at(-1)?.state.raid).toEqual({ number: 1, joins: 6 });
  });

  test('another crowd puts the end off, and is told of only after it was calm', () => {
    const crowd = (from: number) => [0, 1, 2, 3, 4].map((time) => from + time);
    const state = joinAt(crowd(0)).at(-1)?.state;
    const soon = joinAt(crowd(300_000), state);
    expect(soon.some(({ beginsRaid }) => beginsRaid)).toBe(false);
    expect(soon.at(-1)?.state.tipsHeldUntil).toBe(START + 300_004 + rules.calmMs);
    const later = joinAt(crowd(1_000_000), soon.at(-1)?.state);
    expect(later.filter(({ beginsRaid }) => beginsRaid)).toHaveLength(1);
    expect(later.at(-1)?.state.raid).toEqual({ number: 2, joins: 5 });
  });

  test('it is calm when nobody has joined for a while, however late they are counted', () => {
    const late = joinAt([0, 1, 2, 3, 4, 5], NO_BURST, 60_000);
    expect(late.at(-1)?.state.tipsHeldUntil).toBe(START + 5 + rules.calmMs);
  });

  test('members who joined long ago, while the bot was away, are gathered and are no raid', () => {
    const found = joinAt([0, 1, 2, 3, 4, 5], NO_BURST, rules.calmMs + 6);
    expect(greetings(found)).toEqual(['alone', ...Array(5).fill('gathered')]);
    expect(found.some(({ beginsRaid }) => beginsRaid)).toBe(false);
    expect(found.at(-1)?.state.tipsHeldUntil).toBe(0);
  });

  test('a few more are counted, and do not put the end off', () => {
    const state = joinAt([0, 1, 2, 3, 4]).at(-1)?.state;
    const [one] = joinAt([200_000], state);
    expect(one?.state.tipsHeldUntil).toBe(state?.tipsHeldUntil);
    expect(one?.state.raid.joins).toBe(6);
  });
});

test('whenever members join, each is welcomed once, and every gathered one belongs to a welcome that was ordered', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 60 });
  fc.assert(
    fc.property(gaps, (between) => {
      let time = 0;
      const joins = joinAt(
        between.map((gap) => {
          time += gap;
          return time;
        }),
      );
      const windowsOf = (wanted: (join: CountedJoin) => boolean) =>
        joins.filter(wanted).map(({ state }) => state.window.number);
      const ordered = windowsOf(({ beginsGathering }) => beginsGathering);
      expect(new Set(ordered).size).toBe(ordered.length);
      expect(new Set(windowsOf(({ greeting }) => greeting === 'gathered'))).toEqual(new Set(ordered));
      const alone = windowsOf(({ greeting }) => greeting === 'alone');
      expect(alone).toEqual(alone.map((_, index) => index + 1));
    }),
  );
});
