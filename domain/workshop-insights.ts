/** At which times of the week members come to events, and what follows from it for workshops. */

import { byTimeOfWeek, isSameHour, type WeekHour } from './week-hours.ts';
import type { WorkshopSlot } from './workshops.ts';

/** The events that began in an hour of the week, and how many attended all of them together. */
export interface HourAttendance extends WeekHour {
  readonly events: number;
  readonly attended: number;
}

/** What is known of attendance. */
export interface Attendance {
  readonly hours: readonly HourAttendance[];
  readonly events: number;
  /** How many different members attended one of them. */
  readonly people: number;
  /** When the first of them began, in ms since 1970. */
  readonly since: number | null;
}

/** Of fewer events than this at an hour nothing is said. */
export const ENOUGH_EVENTS = 3;
/** A time is suggested if so many times as many come on average: less may be chance. */
export const CLEARLY_MORE = 1.25;
/** How far back events are looked at, in days. */
export const INSIGHT_DAYS = 365;

/** What attendance says of the time of a slot. */
export type Advice =
  | { readonly kind: 'too little to say'; readonly slot: WorkshopSlot; readonly events: number }
  | { readonly kind: 'no better time'; readonly slot: WorkshopSlot; readonly now: HourAttendance }
  | {
      readonly kind: 'better time';
      readonly slot: WorkshopSlot;
      readonly now: HourAttendance;
      readonly better: HourAttendance;
    };

/** How many attended on average. */
export function averageOf({ events, attended }: Pick<HourAttendance, 'events' | 'attended'>): number {
  return events === 0 ? 0 : attended / events;
}

/** Whether an hour has had enough events for something to be said of it. */
export function saysSomething({ events }: Pick<HourAttendance, 'events'>): boolean {
  return events >= ENOUGH_EVENTS;
}

/** The hour of the week in which a slot begins. */
export function hourOf({ weekday, at }: Pick<WorkshopSlot, 'weekday' | 'at'>): WeekHour {
  return { weekday, hour: Number.parseInt(at, 10) };
}

/** What to say of each slot: the best hour that no other slot has, if clearly more come then. */
export function adviceOn(slots: readonly WorkshopSlot[], { hours }: Pick<Attendance, 'hours'>): Advice[] {
  const taken = slots.map(hourOf);
  const free = hours
    .filter((hour) => saysSomething(hour) && !taken.some((one) => isSameHour(one, hour)))
    .sort((one, other) => averageOf(other) - averageOf(one) || byTimeOfWeek(one, other));
  return slots.map((slot) => {
    const now = hours.find((hour) => isSameHour(hour, hourOf(slot)));
    if (now === undefined || !saysSomething(now))
      return { kind: 'too little to say', slot, events: now?.events ?? 0 };
    const [better] = free;
    return better !== undefined && isClearlyMore(better, now)
      ? { kind: 'better time', slot, now, better }
      : { kind: 'no better time', slot, now };
  });
}

/** Also where so few come that a quarter more is less than one member. */
function isClearlyMore(better: HourAttendance, now: HourAttendance): boolean {
  const [many, few] = [averageOf(better), averageOf(now)];
  return many >= few * CLEARLY_MORE && many - few >= 1;
}
