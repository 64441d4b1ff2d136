/** What members are answered when they press the buttons below an announcement. */

import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { eventButtonId } from '../domain/event-buttons.ts';
import type { Registered, Response } from '../domain/event-registrations.ts';
import type { EventId } from '../domain/events.ts';

const SAID: Readonly<Record<Response, string>> = {
  going: '✅ You are going.',
  maybe: '🤔 You may come. It is noted.',
  'not going': 'You are not going. It is noted.',
};

/** Where a member stands who has pressed, with the button that lets them be told of the event, or stops that. */
export function registeredAnswer(
  registered: Exclude<Registered, { kind: 'no such event' | 'over' }>,
  eventId: EventId,
) {
  const isOut = registered.kind === 'registered' && registered.state === 'not going';
  return {
    content: sayWhere(registered),
    components: isOut ? [] : [preferenceRow(registered.wantsReminders, eventId)],
  };
}

function sayWhere(registered: Exclude<Registered, { kind: 'no such event' | 'over' }>): string {
  if (registered.kind === 'registered' && registered.state !== 'waiting') return SAID[registered.state];
  const place = registered.kind === 'waiting' ? ` You are number ${registered.place} in line.` : '';
  return `⏳ All places are taken.${place} When one is free, the first in line gets it.`;
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
  const button: APIButtonComponent = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: eventButtonId(wants ? 'stop-reminders' : 'remind', eventId),
    label: wants ? 'No direct messages' : 'Remind me by direct message',
  };
  return { type: ComponentType.ActionRow as const, components: [button] };
}
