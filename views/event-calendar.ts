/** An event as calendars read it: a file by RFC 5545, "Internet Calendaring and Scheduling". */

import { ICalCalendar } from 'ical-generator';
import type { CommunityEvent } from '../domain/events.ts';
import { eventLink } from './event-link.ts';

/**
 * The file for an event. Times are in UTC, which each calendar shows in its own time zone. One that is added again takes the place of the
 * first, if the event has changed since.
 *
 * @param at when it is made, in ms since 1970
 */
export function eventCalendar(event: CommunityEvent, at: number): string {
  const link = eventLink(event);
  const calendar = new ICalCalendar({ prodId: { company: 'TiXL', product: 'TiXL Community' } });
  calendar.createEvent({
    id: `${event.eventId}@${event.guildId}`,
    sequence: event.revision,
    stamp: new Date(at),
    start: new Date(event.startsAt),
    end: new Date(event.endsAt),
    summary: event.title,
    description: event.description,
    location: placeOf(event),
    ...(link !== undefined && { url: link }),
  });
  return calendar.toString();
}

function placeOf({ guildId, place }: CommunityEvent): string {
  return place.kind === 'link' ? place.link : `https://discord.com/channels/${guildId}/${place.channelId}`;
}
