/** When an event is, as people write it: `next thursday 7pm`, `tomorrow 18:30`, `2026-12-03 19:00`, `in 2 hours`. */

import * as chrono from 'chrono-node';
import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from './time-zones.ts';

/** A moment that one can mean, in ms since 1970, and how to write it so that only this one is meant. */
export interface WrittenMoment {
  readonly at: number;
  readonly written: string;
}

/** What somebody means by a time, or why it cannot be said. */
export type EventTime =
  | { readonly kind: 'moment'; readonly at: number }
  | {
      readonly kind:
        | 'not understood'
        | 'no time of day'
        | 'day or month'
        | 'wrong weekday'
        | 'in the past'
        | 'too far'
        | 'no such time zone';
    }
  /**
   * Where clocks change. `missing`: they skip this time, and show the two instead, before and after. `twice`: they show it twice.
   */
  | { readonly kind: 'missing' | 'twice'; readonly moments: readonly [WrittenMoment, WrittenMoment] };

/** As far ahead as Discord lets events be scheduled. */
const FURTHEST = { years: 5 };

const MINUTE_MS = 60_000;
/** Where no clock on Earth is changed: what chrono-node adds to it is what it was told to add. */
const STEADY = new Date(2001, 0, 15, 12, 0);
/** chrono-node understands them, and events are not held then. */
const BEFORE = /\b(?:last|past|previous|ago|yesterday|earlier)\b/i;
const ISO_DATE = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/;
/** 3/12/2026 is in March or in December, by where one is from. */
const DATE_WITH_SLASHES = /(?<![\d/])(\d{1,2})\/(\d{1,2})(?![\d])/;
/** 3.12.2026 is in December. */
const DATE_WITH_DOTS = /\b\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})\b/;
/** What may stand around what was understood. */
const FILLERS = /\b(?:at|on|the|starting|from)\b|[\s.,;:!]/gi;

/**
 * Reads when something is to be.
 *
 * @param text as somebody has written it
 * @param timeZone in which they mean it, unless they write another: a name such as `Europe/Berlin`
 * @param now in ms since 1970
 */
export function readEventTime(text: string, timeZone: string, now: number): EventTime {
  if (!isTimeZone(timeZone)) return { kind: 'no such time zone' };
  if (BEFORE.test(text)) return { kind: 'in the past' };
  if (isAmbiguous(text)) return { kind: 'day or month' };
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  const parts = understand(text, new Date(today.year, today.month - 1, today.day, 12));
  if (parts === undefined) return { kind: 'not understood' };
  if (isSpan(parts)) return within(now + lengthOf(text), now);
  if (!parts.isCertain('hour')) return { kind: 'no time of day' };
  const clock = clockOf(parts);
  if (clock === undefined || !saysDateOf(text, clock)) return { kind: 'not understood' };
  if (!isOnWeekday(parts, clock)) return { kind: 'wrong weekday' };
  return nextFrom(clock, parts, timeZone, now);
}

/** `at` (ms since 1970) by the clocks of `timeZone`: `Thursday, 3 December 2026, 19:00 (Europe/Berlin)`. */
export function wallClock(at: number, timeZone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const day = time.toPlainDate().toLocaleString('en-GB', { dateStyle: 'full' });
  return `${day}, ${time.toPlainTime().toString({ smallestUnit: 'minute' })} (${timeZone})`;
}

/** The same as people type it: `2026-12-03 19:00`. */
export function shortWallClock(at: number, timeZone: string): string {
  return written(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime());
}

const HOURS = String.raw`(\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hour|hours)`;
const MINUTES = String.raw`(\d+)\s*(?:m|min|mins|minute|minutes)`;
const LENGTHS = [
  { pattern: new RegExp(`^${HOURS}$`, 'i'), units: [60] },
  { pattern: new RegExp(`^${MINUTES}$`, 'i'), units: [1] },
  { pattern: new RegExp(String.raw`^${HOURS}\s*(?:and\s+)?(\d{1,2})(?:\s*m\w*)?$`, 'i'), units: [60, 1] },
  { pattern: /^(\d+(?:[.,]\d+)?)\s*(?:d|day|days)$/i, units: [24 * 60] },
  { pattern: /^(\d{1,2}):(\d{2})(?:\s*h)?$/i, units: [60, 1] },
] as const;

/** An event lasts no longer than this. */
const LONGEST_DAYS = 30;

/** How long something lasts, in ms, or why that cannot be said. */
export type Length =
  | { readonly kind: 'length'; readonly ms: number }
  | { readonly kind: 'not understood' | 'nothing' | 'too long' };

/** Reads how long something lasts: `90m`, `1h30`, `2 hours`, `1.5h`. */
export function readLength(text: string): Length {
  const trimmed = text.trim();
  if (/^-\s*\d/.test(trimmed)) return { kind: 'nothing' };
  for (const { pattern, units } of LENGTHS) {
    const match = pattern.exec(trimmed);
    if (match === null) continue;
    const amounts = match.slice(1).map((amount) => Number(amount.replace(',', '.')));
    const minutes = Math.round(units.reduce((sum, unit, index) => sum + unit * (amounts[index] ?? 0), 0));
    if (minutes <= 0) return { kind: 'nothing' };
    return minutes > LONGEST_DAYS * 24 * 60
      ? { kind: 'too long' }
      : { kind: 'length', ms: minutes * MINUTE_MS };
  }
  return { kind: 'not understood' };
}

function isAmbiguous(text: string): boolean {
  const [, one, other] = DATE_WITH_SLASHES.exec(text) ?? [];
  return one !== undefined && one !== other && Number(one) <= 12 && Number(other) <= 12;
}

/** The parts of the one time in `text`, as clocks show it, or undefined if there is none, another, or anything else. */
function understand(text: string, noonToday: Date): chrono.ParsedComponents | undefined {
  const parser = DATE_WITH_DOTS.test(text) ? chrono.en.GB : chrono.en.casual;
  const [found, ...others] = parser.parse(text, noonToday);
  if (found === undefined || others.length > 0 || found.end) return undefined;
  const rest = text.slice(0, found.index) + text.slice(found.index + found.text.length);
  return rest.replace(FILLERS, '') === '' ? found.start : undefined;
}

/** Whether it is meant from now on, such as `in 2 hours`: no clock has to be looked at. */
function isSpan(parts: chrono.ParsedComponents): boolean {
  return parts.tags().has('result/relativeDateAndTime') || parts.tags().has('casualReference/now');
}

/** How far `text` is from now, in ms. */
function lengthOf(text: string): number {
  const { start } = chrono.en.casual.parse(text, STEADY)[0] ?? {};
  if (start === undefined) return 0;
  const [then, from] = [plainOf(start), Temporal.PlainDateTime.from('2001-01-15T12:00')];
  return then.since(from).total('milliseconds');
}

function plainOf(parts: chrono.ParsedComponents): Temporal.PlainDateTime {
  const part = (name: chrono.Component) => parts.get(name) ?? 0;
  return Temporal.PlainDateTime.from(
    {
      ...{ year: part('year'), month: part('month'), day: part('day') },
      ...{ hour: part('hour'), minute: part('minute'), second: part('second') },
    },
    { overflow: 'reject' },
  );
}

/** What clocks show, to the minute, or undefined if no day has that. */
function clockOf(parts: chrono.ParsedComponents): Temporal.PlainDateTime | undefined {
  try {
    return plainOf(parts).round({ smallestUnit: 'minute', roundingMode: 'floor' });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** chrono-node takes the second number of 2026-13-03 for the day. */
function saysDateOf(text: string, clock: Temporal.PlainDateTime): boolean {
  const [date, year, month, day] = ISO_DATE.exec(text) ?? [];
  if (date === undefined) return true;
  return Number(year) === clock.year && Number(month) === clock.month && Number(day) === clock.day;
}

function isOnWeekday(parts: chrono.ParsedComponents, clock: Temporal.PlainDateTime): boolean {
  if (!parts.isCertain('weekday') || !parts.isCertain('day')) return true;
  return parts.get('weekday') === clock.dayOfWeek % 7;
}

/** If it is over and its day was not named in full, the next one like it is meant. */
function nextFrom(
  clock: Temporal.PlainDateTime,
  parts: chrono.ParsedComponents,
  timeZone: string,
  now: number,
): EventTime {
  const offset = parts.isCertain('timezoneOffset') ? parts.get('timezoneOffset') : null;
  const time = momentOf(clock, offset, timeZone, now);
  const again = time.kind === 'in the past' ? repetitionOf(parts) : undefined;
  return again === undefined ? time : momentOf(clock.add(again), offset, timeZone, now);
}

function repetitionOf(parts: chrono.ParsedComponents): Temporal.DurationLike | undefined {
  if (parts.isCertain('day') || parts.isCertain('month'))
    return parts.isCertain('year') ? undefined : { years: 1 };
  return parts.isCertain('weekday') ? { weeks: 1 } : { days: 1 };
}

/** @param offset of the clock from UTC in minutes, if somebody has said so */
function momentOf(
  clock: Temporal.PlainDateTime,
  offset: number | null,
  timeZone: string,
  now: number,
): EventTime {
  if (offset !== null) return within(inUtc(clock) - offset * MINUTE_MS, now);
  const earlier = clock.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = clock.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.equals(later)) return within(earlier.epochMilliseconds, now);
  const span = within(later.epochMilliseconds, now);
  if (span.kind !== 'moment') return span;
  const kind = earlier.toPlainDateTime().equals(clock) ? 'twice' : 'missing';
  return { kind, moments: [toWritten(earlier), toWritten(later)] };
}

function inUtc(clock: Temporal.PlainDateTime): number {
  return clock.toZonedDateTime('UTC').epochMilliseconds;
}

function within(at: number, now: number): EventTime {
  const minute = Math.ceil(at / MINUTE_MS) * MINUTE_MS;
  if (minute <= now) return { kind: 'in the past' };
  const furthest = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').add(FURTHEST);
  return minute > furthest.epochMilliseconds ? { kind: 'too far' } : { kind: 'moment', at: minute };
}

function toWritten(time: Temporal.ZonedDateTime): WrittenMoment {
  return { at: time.epochMilliseconds, written: `${written(time.toPlainDateTime())} UTC${time.offset}` };
}

function written(clock: Temporal.PlainDateTime): string {
  return clock.toString({ smallestUnit: 'minute' }).replace('T', ' ');
}
