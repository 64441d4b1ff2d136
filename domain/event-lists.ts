/** Lists of events, and of who goes to one. */

import type { RegistrationCounts } from './event-registrations.ts';
import { type CommunityEvent, type EventId, type EventState, EXPECTED, toEventId } from './events.ts';
import type { MemberId } from './ids.ts';

/** So many go into one embed, however long their titles and links are. */
export const EVENTS_PER_PAGE = 8;
export const ATTENDEES_PER_PAGE = 60;

/** An event, and how many go. */
export interface ListedEvent extends CommunityEvent, RegistrationCounts {}

/** A page of the events that are to come, the soonest first. Pages count from 1. */
export interface EventPage {
  readonly events: readonly ListedEvent[];
  readonly page: number;
  readonly pages: number;
}

/** What a member is to an event. `attended`: they were there for long enough, or have checked in. */
export type AttendeeState = 'attended' | 'going' | 'waiting' | 'maybe';

/** The order in which they are listed. */
export const ATTENDEE_STATES: readonly AttendeeState[] = ['attended', 'going', 'waiting', 'maybe'];

/** A member who goes to an event, or was there. */
export interface Attendee {
  readonly memberId: MemberId;
  readonly state: AttendeeState;
}

/** A page of who goes to an event, or was there, with how many there are of each. */
export interface AttendeePage {
  readonly eventId: EventId;
  readonly attendees: readonly Attendee[];
  readonly counts: Readonly<Record<AttendeeState, number>>;
  readonly page: number;
  readonly pages: number;
}

/** The states of events that are listed: those which members can go to, or are at. */
export const LISTED: readonly EventState[] = ['open', 'live'];
/** Those that members can look up. */
export const SHOWN: readonly EventState[] = [...LISTED, 'over', 'closed'];
/** Those of which one can say who goes, or was there. */
export const ATTENDED: readonly EventState[] = [...EXPECTED, 'over', 'closed'];

const EVENT_LIST_ID = /^event-list:(\d{1,6})$/;
const ATTENDEES_ID = /^event-attendees:([a-z0-9-]{1,60}):(\d{1,6})$/;
const CANCEL_ID = /^event-cancel:([a-z0-9-]{1,60})$/;

/** The `custom_id` of a button to a page of coming events. */
export function eventListId(page: number): string {
  return `event-list:${page}`;
}

/** The page that a `custom_id` names, or undefined. */
export function parseEventListId(customId: string): number | undefined {
  const page = EVENT_LIST_ID.exec(customId)?.[1];
  return page === undefined ? undefined : Number(page);
}

/** The `custom_id` of a button to a page of those who go to an event. */
export function attendeesId(eventId: EventId, page: number): string {
  return `event-attendees:${eventId}:${page}`;
}

/** The event and the page that a `custom_id` names, or undefined. */
export function parseAttendeesId(
  customId: string,
): { readonly eventId: EventId; readonly page: number } | undefined {
  const [, eventId, page] = ATTENDEES_ID.exec(customId) ?? [];
  return eventId === undefined ? undefined : { eventId: toEventId(eventId), page: Number(page) };
}

/** The `custom_id` of the button that confirms that an event is called off. */
export function cancelButtonId(eventId: EventId): string {
  return `event-cancel:${eventId}`;
}

/** The event that it names, or undefined. */
export function parseCancelButtonId(customId: string): EventId | undefined {
  const eventId = CANCEL_ID.exec(customId)?.[1];
  return eventId === undefined ? undefined : toEventId(eventId);
}
