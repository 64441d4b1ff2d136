import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextReminder } from '../../domain/event-reminders.ts';

const MINUTE_MS = 60_000;
const remindersMs = [1_440, 60, 15].map((minutes) => minutes * MINUTE_MS);
const startsAt = Date.parse('2026-11-26T19:00:00Z');
const due = (minutes: number) => ({
  ...{ beforeMs: minutes * MINUTE_MS, startsAt, at: startsAt - minutes * MINUTE_MS },
});

describe('the next reminder', () => {
  test.each([
    ['long before', 2_000, [], due(1_440)],
    ['half an hour before', 30, [], due(15)],
    ['at its own time', 15, [], due(15)],
    ['too late for any', 10, [], undefined],
    ['after the first', 2_000, [due(1_440)], due(60)],
    ['after all', 2_000, [due(1_440), due(60), due(15)], undefined],
    ['of another start', 2_000, [{ ...due(1_440), startsAt: startsAt - 1 }], due(1_440)],
  ])('of a start that is known %s', (_, minutes, done, next) => {
    expect(nextReminder({ remindersMs }, startsAt, startsAt - minutes * MINUTE_MS, done)).toEqual(next);
  });

  test('comes for each that is due after the start was known, once, the earliest first', () => {
    const minutes = fc.integer({ min: 0, max: 3_000 });
    fc.assert(
      fc.property(fc.uniqueArray(minutes, { maxLength: 5 }), minutes, (reminders, known) => {
        const plan = { remindersMs: reminders.map((one) => one * MINUTE_MS) };
        const done: ReturnType<typeof due>[] = [];
        for (;;) {
          const next = nextReminder(plan, startsAt, startsAt - known * MINUTE_MS, done);
          if (next === undefined) break;
          done.push(next);
        }
        const wanted = reminders.filter((one) => one <= known).sort((one, other) => other - one);
        expect(done).toEqual(wanted.map(due));
      }),
    );
  });
});
