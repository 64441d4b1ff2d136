/** Which days a report is about, and which it is compared with. Not for workflows: it loads a library for time zones. */

import { addDays, type Day, isDay, toDay } from './calendar.ts';
import { daysIn, type Period, type Span } from './reports.ts';
import { dayAt, momentOf } from './wall-clock.ts';

/** With how many spans of the same length before it a report's own is compared. */
const SPANS_BEFORE = 8;

const WEEK_DAYS = 7;
const MOST_DAYS = 366;
/** When Discord began: earlier nobody can have posted anything there. */
const FIRST_DAY = toDay('2015-05-13');
const EXAMPLE = '2026-11-16';

/** The whole days from `from` to `to`, by the clocks of `timeZone`: a day there may have 23 or 25 hours. */
export function spanOf(from: Day, to: Day, timeZone: string): Span {
  const startsAt = momentOf(from, '00:00', timeZone);
  return { from, to, startsAt, endsAt: momentOf(addDays(to, 1), '00:00', timeZone) };
}

/** The seven whole days before the one on which `at` is (ms since 1970). */
export function weekBefore(at: number, timeZone: string): Span {
  const today = dayAt(at, timeZone);
  return spanOf(addDays(today, -WEEK_DAYS), addDays(today, -1), timeZone);
}

/** A period of whole days, and after it the spans of as many days before it, the latest first. */
export function spansUpTo({ startsAt, endsAt }: Period, timeZone: string): [Span, ...Span[]] {
  const from = dayAt(startsAt, timeZone);
  const to = dayAt(endsAt - 1, timeZone);
  const days = daysIn({ from, to });
  const before = Array.from({ length: SPANS_BEFORE }, (_, index) => {
    const back = -days * (index + 1);
    return spanOf(addDays(from, back), addDays(to, back), timeZone);
  });
  return [{ from, to, startsAt, endsAt }, ...before];
}

/** The days that somebody names; what is left out is undefined. */
export interface WrittenPeriod {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Why a report cannot be made on the days that somebody names. */
export type PeriodRefusal =
  | { readonly kind: 'no such day'; readonly option: keyof WrittenPeriod; readonly text: string }
  | { readonly kind: 'ends before it begins'; readonly from: Day; readonly to: Day }
  | {
      readonly kind: 'in the future';
      readonly option: keyof WrittenPeriod;
      readonly day: Day;
      readonly today: Day;
    }
  | { readonly kind: 'too long'; readonly days: number }
  | { readonly kind: 'too early'; readonly option: keyof WrittenPeriod; readonly day: Day };

/** The days that a report is to be about, or why it cannot be. */
export type ReadPeriod =
  | { readonly kind: 'span'; readonly span: Span }
  | { readonly kind: 'refused'; readonly refusal: PeriodRefusal };

/**
 * Reads for which days somebody wants a report. Without both it is the last seven whole days; without a last day all up to yesterday;
 * without a first one the seven up to the last. Today can be named: then it is about what there is so far.
 *
 * @param now in ms since 1970
 */
export function readReportPeriod(written: WrittenPeriod, now: number, timeZone: string): ReadPeriod {
  for (const option of ['from', 'to'] as const) {
    const text = written[option]?.trim();
    if (text !== undefined && !isDay(text)) return refuse({ kind: 'no such day', option, text });
  }
  const today = dayAt(now, timeZone);
  const first = dayOf(written.from);
  const to = dayOf(written.to) ?? (first === today ? today : addDays(today, -1));
  // Before the year 0 there are no days to count back to.
  if (to < FIRST_DAY) return refuse({ kind: 'too early', option: 'to', day: to });
  const from = first ?? addDays(to, 1 - WEEK_DAYS);
  const refusal = refusalOf(from, to, today);
  return refusal === undefined ? { kind: 'span', span: spanOf(from, to, timeZone) } : refuse(refusal);
}

function dayOf(text: string | undefined): Day | undefined {
  return text === undefined ? undefined : toDay(text.trim());
}

function refusalOf(from: Day, to: Day, today: Day): PeriodRefusal | undefined {
  if (to > today) return { kind: 'in the future', option: 'to', day: to, today };
  if (from > today) return { kind: 'in the future', option: 'from', day: from, today };
  if (from > to) return { kind: 'ends before it begins', from, to };
  if (from < FIRST_DAY) return { kind: 'too early', option: 'from', day: from };
  const days = daysIn({ from, to });
  return days > MOST_DAYS ? { kind: 'too long', days } : undefined;
}

/** Why there is no report on these days, and what to do. */
export function periodRefusalText(refusal: PeriodRefusal): string {
  switch (refusal.kind) {
    case 'no such day':
      return `${refusal.option}: "${refusal.text}" is no day that there is. Write it like ${EXAMPLE}.`;
    case 'ends before it begins':
      return `to: ${refusal.to} is before ${refusal.from}, the first day. Exchange the two.`;
    case 'in the future':
      return `${refusal.option}: ${refusal.day} is in the future. Today is ${refusal.today}.`;
    case 'too long':
      return `from: up to the last day these are ${refusal.days} days. A report is about ${MOST_DAYS} at most.`;
    case 'too early':
      return `${refusal.option}: ${refusal.day} is before ${FIRST_DAY}, when Discord began. Name a later day.`;
  }
}

function refuse(refusal: PeriodRefusal): ReadPeriod {
  return { kind: 'refused', refusal };
}
