/** The posts of a month: planned, published, and those that wait for somebody. */

import { addDays, type Day, type TimeOfDay, toDay, weekAround } from './calendar.ts';
import type { Platform } from './platforms.ts';
import { DECIDABLE, type DeliveryState, type PostId, type PostState } from './posts.ts';

declare const brand: unique symbol;
/** A month: `2026-11`. */
export type Month = string & { readonly [brand]: 'month' };

/** From January on, as people write them. */
const MONTH_NAMES = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october'],
  ...['november', 'december'],
] as const;
const MONTHS_IN_YEAR = 12;

const MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;
const YEAR_AND_NUMBER = /^(20\d\d)-(\d{1,2})$/;
const NAME_AND_YEAR = /^([a-z]{3,9})(?:\s+(20\d\d))?$/;

/** The month that `day` is in. @throws TypeError if it is not in this century */
export function monthOf(day: Day): Month {
  const month = day.slice(0, 7);
  if (!isMonth(month)) throw new TypeError(`"${month}" is not a month such as 2026-11`);
  return month;
}

/** The month that is so many after `month`, or before it if `months` is negative; undefined outside of this century. */
export function addMonths(month: Month, months: number): Month | undefined {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * MONTHS_IN_YEAR + number - 1 + months;
  return monthFrom(Math.floor(index / MONTHS_IN_YEAR), (index % MONTHS_IN_YEAR) + 1);
}

/**
 * Reads which month somebody means: `2026-11`, `november`, `nov 2026`. A name without a year means the month of that name that is
 * nearest to `today`, of two that are as near the one to come. undefined: there is no such month.
 */
export function readMonth(typed: string, today: Day): Month | undefined {
  const text = typed.trim().toLowerCase();
  const [, year, number] = YEAR_AND_NUMBER.exec(text) ?? [];
  if (year !== undefined && number !== undefined) return monthFrom(Number(year), Number(number));
  const [, name, named] = NAME_AND_YEAR.exec(text) ?? [];
  const index = MONTH_NAMES.findIndex((one) => name !== undefined && one.startsWith(name));
  if (index === -1) return undefined;
  return named === undefined ? nearestTo(monthOf(today), index) : monthFrom(Number(named), index + 1);
}

/** A month as people read it: `November 2026`. */
export function monthText(month: Month): string {
  const parts = { month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', parts).format(Date.parse(firstDayOf(month)));
}

/** The first day of a month. */
export function firstDayOf(month: Month): Day {
  return toDay(`${month}-01`);
}

/** The weeks that have a day of the month in them, each from Monday on. Days of the months beside it are undefined. */
export function weeksOf(month: Month): (Day | undefined)[][] {
  const first = firstDayOf(month);
  const mondays = Array.from({ length: 6 }, (_, week) => addDays(first, week * 7));
  return mondays
    .map((day) => weekAround(day).map((one) => (one.startsWith(month) ? one : undefined)))
    .filter((week) => week.some((day) => day !== undefined));
}

const CALENDAR_ID = /^post-calendar:(\d{4}-\d{2})$/;

/** The `custom_id` of a button to the calendar of a month. */
export function postCalendarId(month: Month): string {
  return `post-calendar:${month}`;
}

/** The month that a `custom_id` names, or undefined. */
export function parsePostCalendarId(customId: string): Month | undefined {
  const month = CALENDAR_ID.exec(customId)?.[1] ?? '';
  return isMonth(month) ? month : undefined;
}

/**
 * How a post stands in a calendar. `not approved`: it has a time and waits for approval, or is still being written. `planned`: it is approved,
 * or on its way. `failed`: on one of its platforms it failed, or waits for a person, an account or the end of a limit.
 */
export const CALENDAR_STATES = ['not approved', 'planned', 'published', 'failed'] as const;
export type CalendarState = (typeof CALENDAR_STATES)[number];

/** A post in a calendar. */
export interface CalendarEntry {
  readonly postId: PostId;
  readonly title: string;
  /** When it was published first, or else when it is to be, was first tried, or was made, in ms since 1970. */
  readonly at: number;
  /** The same by the clocks of the calendar. */
  readonly day: Day;
  readonly time: TimeOfDay;
  readonly state: CalendarState;
  /** Where it goes. */
  readonly platforms: readonly Platform[];
}

/** Where a post stands on a platform that needs somebody, or did: these are shown as failed. */
export const FAILED_OR_WAITING: readonly DeliveryState[] = [...DECIDABLE, 'abandoned'];

/** How a post stands in a calendar; undefined: it does not stand there, since nothing of it was or will be published. */
export function calendarStateOf(
  state: PostState,
  deliveries: readonly DeliveryState[],
): CalendarState | undefined {
  if (deliveries.some((one) => FAILED_OR_WAITING.includes(one))) return 'failed';
  if (deliveries.includes('published')) return 'published';
  switch (state) {
    case 'draft':
    case 'proposed':
      return 'not approved';
    case 'scheduled':
    case 'publishing':
      return 'planned';
    case 'settled':
    case 'cancelled':
    case 'expired':
      return undefined;
  }
}

function isMonth(text: string): text is Month {
  return MONTH.test(text);
}

function monthFrom(year: number, number: number): Month | undefined {
  const month = `${year}-${String(number).padStart(2, '0')}`;
  return isMonth(month) ? month : undefined;
}

/** @param index of the name, from 0 for January */
function nearestTo(month: Month, index: number): Month | undefined {
  const ahead = (index - (Number(month.slice(5)) - 1) + MONTHS_IN_YEAR) % MONTHS_IN_YEAR;
  return addMonths(month, ahead <= MONTHS_IN_YEAR / 2 ? ahead : ahead - MONTHS_IN_YEAR);
}
