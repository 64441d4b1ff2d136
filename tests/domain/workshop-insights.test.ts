import { describe, expect, test } from '@jest/globals';
import type { Weekday } from '../../domain/calendar.ts';
import { adviceOn, type HourAttendance } from '../../domain/workshop-insights.ts';
import type { WorkshopSlot } from '../../domain/workshops.ts';

const slot = (weekday: Weekday, at: `${string}:${string}`): WorkshopSlot => ({
  ...{
    name: weekday,
    weekday,
    at,
    kind: 'workshop',
    title: weekday,
    description: '-',
    link: 'https://x.example',
  },
});
const held = (weekday: Weekday, hour: number, events: number, attended: number): HourAttendance => ({
  ...{ weekday, hour, events, attended },
});
const TUESDAY = slot('tuesday', '19:30');
const advise = (hours: readonly HourAttendance[], slots = [TUESDAY]) => adviceOn(slots, { hours })[0];

describe('advice on the time of a workshop', () => {
  test('names the hour at which most come, if it is clearly more', () => {
    const now = held('tuesday', 19, 5, 50);
    const better = held('saturday', 15, 3, 45);
    const hours = [now, held('monday', 18, 3, 40), better];
    expect(advise(hours)).toEqual({ kind: 'better time', slot: TUESDAY, now, better });
  });

  test.each<[string, HourAttendance]>([
    ['few events were then', held('saturday', 15, 2, 200)],
    ['hardly more come', held('saturday', 15, 4, 48)],
    ['fewer come', held('saturday', 15, 9, 45)],
  ])('names no other hour if %s', (_, other) => {
    const now = held('tuesday', 19, 5, 50);
    expect(advise([now, other])).toEqual({ kind: 'no better time', slot: TUESDAY, now });
  });

  test('names no other hour if the difference is less than one member', () => {
    const now = held('tuesday', 19, 5, 5);
    expect(advise([now, held('saturday', 15, 5, 9)])).toMatchObject({ kind: 'no better time' });
  });

  test('names no hour at which another workshop begins', () => {
    const hours = [held('tuesday', 19, 5, 50), held('saturday', 15, 5, 500)];
    expect(advise(hours, [TUESDAY, slot('saturday', '15:00')])).toMatchObject({ kind: 'no better time' });
  });

  test.each([
    [2, [held('tuesday', 19, 2, 99)]],
    [0, [held('saturday', 15, 9, 99)]],
    [0, []],
  ])('says nothing of %i events', (events, hours) => {
    expect(advise(hours)).toEqual({ kind: 'too little to say', slot: TUESDAY, events });
  });
});
