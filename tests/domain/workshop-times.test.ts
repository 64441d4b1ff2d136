import { describe, expect, test } from '@jest/globals';
import { addDays, toDay, WEEKDAYS } from '../../domain/calendar.ts';
import { dayOpenedAt, daysFrom, type WorkshopRules, workshopTimes } from '../../domain/workshop-times.ts';
import type { WorkshopSlot } from '../../domain/workshops.ts';
import { loadConfigWith } from '../support/config.ts';

const config = await loadConfigWith('{}');
const slot = (changes: Partial<WorkshopSlot> = {}): WorkshopSlot => ({
  ...{ name: 'one', weekday: 'tuesday', at: '19:00', kind: 'workshop' },
  ...{ title: 'One', description: 'One', channel: 'Workshop room' },
  ...changes,
});
const rules: WorkshopRules = config;
const iso = (moment: number) => new Date(moment).toISOString();

describe('the times of a workshop', () => {
  test('keep to the clock on the wall, also where it changes between opening and start', () => {
    const { startsAt, endsAt, opensAt } = workshopTimes(slot(), toDay('2026-10-27'), rules);
    expect([opensAt, startsAt, endsAt].map(iso)).toEqual([
      '2026-10-21T17:00:00.000Z',
      '2026-10-27T18:00:00.000Z',
      '2026-10-27T19:30:00.000Z',
    ]);
  });

  test('have the length of the slot, or else of its kind', () => {
    const lengthOf = (changes: Partial<WorkshopSlot>) => {
      const { startsAt, endsAt } = workshopTimes(slot(changes), toDay('2026-11-24'), rules);
      return (endsAt - startsAt) / 60_000;
    };
    expect([lengthOf({}), lengthOf({ kind: 'hackathon' }), lengthOf({ duration: '45m' })]).toEqual([
      90, 1_440, 45,
    ]);
  });
});

describe('the day that opens at a moment', () => {
  const opened = (at: string, openAhead = 6) =>
    dayOpenedAt(slot(), Date.parse(at), { timeZone: 'Europe/Berlin', openAhead });

  test('is so many days ahead', () => {
    expect(opened('2026-11-18T18:00:00Z')).toBe('2026-11-24');
    expect(opened('2026-11-17T18:00:00Z', 14)).toBe('2026-12-01');
  });

  test('is the last one that should be open, whenever somebody lets the schedule do its work by hand', () => {
    const days = WEEKDAYS.map((_, index) => opened(`${addDays(toDay('2026-11-18'), index)}T18:00:00Z`));
    expect(new Set(days)).toEqual(new Set(['2026-11-24']));
    expect(opened('2026-11-25T18:00:00Z')).toBe('2026-12-01');
  });

  test('goes by the days there: at midnight it is tomorrow', () => {
    expect(opened('2026-11-17T23:30:00Z')).toBe('2026-11-24');
  });
});

describe('the days of a slot', () => {
  test('begin with the last one, which may be today', () => {
    const from = (now: string) => daysFrom(slot(), Date.parse(now), 'Europe/Berlin', 2);
    expect(from('2026-11-23T12:00:00Z')).toEqual(['2026-11-17', '2026-11-24']);
    expect(from('2026-11-24T12:00:00Z')).toEqual(['2026-11-24', '2026-12-01']);
  });
});
