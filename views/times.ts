/** Why a time that somebody has written is refused. */

import type { EventTime, WrittenMoment } from '../domain/event-time.ts';
import { eventMoment } from './events.ts';
import { asWritten, cut } from './text.ts';

/** Somebody can have typed anything. */
const QUOTED_LENGTH = 100;
const EXAMPLES = '`next thursday 7pm`, `tomorrow 18:30`, `2026-12-03 19:00`, `in 2 hours`';

/** Why it cannot be said what somebody means by `written`, and what to write instead. */
export function timeRefusal(time: Exclude<EventTime, { kind: 'moment' }>, written: string): string {
  const text = quoted(written);
  switch (time.kind) {
    case 'not understood':
      return `I do not understand ${text}. Write it like ${EXAMPLES}.`;
    case 'no time of day':
      return `At what time of the day is ${text}? Write it like ${EXAMPLES}.`;
    case 'day or month':
      return `Which number in ${text} is the day, and which the month? Write it like \`2026-12-03\` or \`3 Dec\`.`;
    case 'wrong weekday':
      return `The day of the week and the date in ${text} do not fit together.`;
    case 'in the past':
      return `${text} is in the past.`;
    case 'too far':
      return `${text} is too far ahead: it has to be within the next five years.`;
    case 'no such time zone':
      return `There is no time zone ${text}. Choose one from those that are offered while you type, such as Europe/Berlin.`;
    case 'missing':
      return [
        `${text} does not exist: clocks are put forward over it. Write one of these instead:`,
        ...time.moments.map(choice),
      ].join('\n');
    case 'twice':
      return [
        `${text} exists twice: clocks are put back then. Write which one you mean:`,
        ...time.moments.map(choice),
      ].join('\n');
  }
}

/** What somebody has typed, as it is said back to them. */
export function quoted(written: string): string {
  return `“${cut(asWritten(written), QUOTED_LENGTH)}”`;
}

function choice({ at, written }: WrittenMoment): string {
  return `- \`${written}\`, which is ${eventMoment(at)}`;
}
