/** The buttons of events, and how a press says which. */

import { type EventId, toEventId } from './events.ts';

export const EVENT_BUTTONS = [
  'going',
  'maybe',
  'not-going',
  'calendar',
  'remind',
  'stop-reminders',
  'check-in',
  'feedback',
] as const;
export type EventButton = (typeof EVENT_BUTTONS)[number];

const BUTTON_ID = new RegExp(`^event:(${EVENT_BUTTONS.join('|')}):([a-z0-9-]{1,60})(?::[a-z0-9-]{1,15})?$`);

/**
 * The `custom_id` of a button of an event.
 *
 * @param message which of the event's messages it is below, if another has the same button: a message is found again by its button
 */
export function eventButtonId(button: EventButton, eventId: EventId, message?: string): string {
  return ['event', button, eventId, ...(message === undefined ? [] : [message])].join(':');
}

/** The button and the event that a `custom_id` names, or undefined if it is no button of an event. */
export function parseEventButtonId(
  customId: string,
): { readonly button: EventButton; readonly eventId: EventId } | undefined {
  const [, name, eventId = ''] = BUTTON_ID.exec(customId) ?? [];
  const button = EVENT_BUTTONS.find((candidate) => candidate === name);
  return button === undefined ? undefined : { button, eventId: toEventId(eventId) };
}
