import { describe, expect, test } from '@jest/globals';
import { toDay } from '../../domain/calendar.ts';
import { readWorkshopStart } from '../../domain/workshop-start.ts';

const read = (text: string) => {
  const moment = readWorkshopStart(text, toDay('2026-11-24'), 'Europe/Berlin');
  return moment === undefined ? undefined : new Date(moment).toISOString();
};

describe('the start to which a workshop is moved', () => {
  test.each([
    ['20:00', '2026-11-24T19:00:00.000Z'],
    [' 8:15 ', '2026-11-24T07:15:00.000Z'],
    ['2026-12-01 20:00', '2026-12-01T19:00:00.000Z'],
    ['2026-07-01T20:00', '2026-07-01T18:00:00.000Z'],
  ])('is read: %s', (text, expected) => expect(read(text)).toBe(expected));

  test.each(['24:00', '20:60', '2026-02-30 20:00', '2026-12-01', 'now', '', '20:00 or so'])(
    'is not understood: %s',
    (text) => expect(read(text)).toBeUndefined(),
  );
});
