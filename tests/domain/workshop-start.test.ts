import { describe, expect, test } from '@jest/globals';
import { toDay } from '../../domain/calendar.ts';
import { readWorkshopStart } from '../../domain/workshop-start.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const read = (text: string, day = '2026-11-24') => readWorkshopStart(text, toDay(day), 'Europe/Berlin', NOW);

describe('the start to which a workshop is moved', () => {
  test.each([
    ['20:00', '2026-11-24T19:00:00Z'],
    [' 8:15 ', '2026-11-24T07:15:00Z'],
    ['8pm', '2026-11-24T19:00:00Z'],
    ['8:30 pm', '2026-11-24T19:30:00Z'],
    ['2026-12-01 20:00', '2026-12-01T19:00:00Z'],
    ['tomorrow 18:30', '2026-11-21T17:30:00Z'],
  ])('is on its own day if only a time is given, and else as it is written: %s', (text, expected) => {
    expect(read(text)).toEqual({ kind: 'moment', at: Date.parse(expected) });
  });

  test.each([
    ['24:30', 'not understood'],
    ['soon', 'not understood'],
    ['2026-12-01', 'no time of day'],
    ['2026-11-01 20:00', 'in the past'],
  ])('is none: %s', (text, kind) => {
    expect(read(text)).toMatchObject({ kind });
  });

  test('is asked for again where clocks show it twice', () => {
    expect(read('02:30', '2027-10-31')).toMatchObject({ kind: 'twice' });
  });
});
