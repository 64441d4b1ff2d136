/** What members are answered when they press the buttons below an announcement. */

import type { Registered, Response } from '../domain/event-registrations.ts';
import type { EventId } from '../domain/events.ts';
import { buttonRow, eventButton } from './events.ts';

const SAID: Readonly<Record<Response, string>> = {
  going: '✅ You are going.',
  maybe: '🤔 You may come. It is noted.',
  'not going': 'You are not going. It is noted.',
};

type Standing = Extract<Registered, { wantsReminders: boolean }>;

/** Where a member stands who has pressed, with the button that lets them be told of the event, or stops that. */
export function registeredAnswer(registered: Standing, eventId: EventId) {
  const isOut = registered.kind === 'registered' && registered.state === 'not going';
  return {
    content: sayWhere(registered),
    components: isOut ? [] : [preferenceRow(registered.wantsReminders, eventId)],
  };
}

function sayWhere(registered: Standing): string {
  if (registered.kind === 'registered') return SAID[registered.state];
  return `⏳ All places are taken. You are number ${registered.place} in line: when a place is free, the first one gets it.`;
}

/** What is said to whoever has asked for direct messages, or wants none. */
export function preferenceAnswer(wants: boolean, eventId: EventId) {
  const content = wants
    ? '🔔 You get direct messages about the events to which you go.'
    : '🔕 You get no direct messages about events any more.';
  return { content, components: [preferenceRow(wants, eventId)] };
}

/** What is said of an event to which nobody can go any more. */
export const EVENT_OVER = 'This event is over, or does not take place.';

/** What is said with the file for a calendar. */
export const CALENDAR_FILE = 'Open this file to add the event to your calendar.';

function preferenceRow(wants: boolean, eventId: EventId) {
  return buttonRow([eventButton(wants ? 'stop-reminders' : 'remind', eventId)]);
}
