/** What members are told who check in at an event. */

import type { CheckInResult, CheckInTexts } from '../domain/event-attendance.ts';
import type { CommunityEvent } from '../domain/events.ts';
import { eventMoment, placeText } from './events.ts';
import { asWritten, fill, type TextContext } from './text.ts';

/** What is said of each result. */
const SAID: Readonly<Record<Exclude<CheckInResult, 'no such event'>, keyof CheckInTexts>> = {
  done: 'done',
  'done already': 'doneAlready',
  'too early': 'tooEarly',
  over: 'over',
  cancelled: 'cancelled',
  'not needed': 'notNeeded',
};

/** What a member is told, or undefined if there is no such event. */
export function checkInAnswer(
  result: CheckInResult,
  { title, startsAt, place }: Pick<CommunityEvent, 'title' | 'startsAt' | 'place'>,
  texts: CheckInTexts,
  context: TextContext,
): string | undefined {
  if (result === 'no such event') return undefined;
  const values = { title: asWritten(title), when: eventMoment(startsAt), place: placeText(place) };
  return fill(texts[SAID[result]], { ...context, values });
}
