import { describe, expect, test } from '@jest/globals';
import { SharedReading } from '../../activities/discord/shared-reading.ts';

/** A reading that is answered when the test says so, with how many were begun before it. */
function controlled() {
  const answers: (() => void)[] = [];
  let begun = 0;
  const reading = new SharedReading<string, number>(() => {
    begun += 1;
    const number = begun;
    return new Promise((resolve) => answers.push(() => resolve(number)));
  });
  return { reading, answers, begunSoFar: () => begun };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('a reading that many share', () => {
  test('is one for all who ask before it begins', async () => {
    const { reading, answers, begunSoFar } = controlled();
    const all = [reading.read('guild'), reading.read('guild'), reading.read('guild')];
    await soon();
    answers[0]?.();
    expect(await Promise.all(all)).toEqual([1, 1, 1]);
    expect(begunSoFar()).toBe(1);
  });

  test('is never one that was under way already: those who ask meanwhile share the next', async () => {
    const { reading, answers } = controlled();
    const first = reading.read('guild');
    await soon();
    const later = [reading.read('guild'), reading.read('guild')];
    await soon();
    expect(answers).toHaveLength(1);
    answers[0]?.();
    expect(await first).toBe(1);
    await soon();
    answers[1]?.();
    expect(await Promise.all(later)).toEqual([2, 2]);
  });

  test('waits for others to join it before it begins', async () => {
    let begun = 0;
    let gathered: () => void = () => undefined;
    const reading = new SharedReading<string, number>(
      async () => {
        begun += 1;
        return begun;
      },
      () =>
        new Promise<void>((resolve) => {
          gathered = resolve;
        }),
    );
    const first = reading.read('guild');
    await soon();
    const second = reading.read('guild');
    await soon();
    expect(begun).toBe(0);
    gathered();
    expect(await Promise.all([first, second])).toEqual([1, 1]);
  });

  test('does not wait for that of another thing', async () => {
    const { reading, answers } = controlled();
    void reading.read('one');
    const other = reading.read('other');
    await soon();
    answers[1]?.();
    expect(await other).toBe(2);
  });

  test('that fails does so for all who share it, and the next is tried', async () => {
    let tries = 0;
    const reading = new SharedReading<string, string>(async () => {
      tries += 1;
      if (tries === 1) throw new Error('away');
      return 'there';
    });
    const failed = await Promise.allSettled([reading.read('guild'), reading.read('guild')]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await reading.read('guild')).toBe('there');
  });
});
