/** Events as they are looked up: what is to come, all about one, and who goes. */

import type { APIEmbed, APIEmbedField, RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import {
  ATTENDEE_STATES,
  type AttendeePage,
  type AttendeeState,
  attendeesId,
  type EventPage,
  eventListId,
  type ListedEvent,
} from '../domain/event-lists.ts';
import type { RegistrationCounts } from '../domain/event-registrations.ts';
import {
  type CommunityEvent,
  type EventDetails,
  type EventKindName,
  type EventSettings,
  type EventState,
  EXPECTED,
} from '../domain/events.ts';
import { COLORS } from './colors.ts';
import { eventLink } from './event-link.ts';
import { eventKind, eventMoment, placeText } from './events.ts';
import { pageButtons } from './page-buttons.ts';
import { asWritten, cut, mention } from './text.ts';

/** What stands on the buttons to the pages beside one. */
const PAGE_LABELS = { before: 'Back', after: 'On' };

type Message = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'>;

function kindText(name: EventKindName, settings: EventSettings): string {
  const { emoji, label } = eventKind(settings, name);
  return `${emoji} ${label}`;
}

/** What an event is, beside its words. */
function detailFields(details: EventDetails, settings: EventSettings): APIEmbedField[] {
  const { kind, startsAt, endsAt, place, capacity, hostId } = details;
  return [
    { name: 'Begins', value: eventMoment(startsAt) },
    { name: 'Ends', value: eventMoment(endsAt) },
    { name: 'Where', value: placeText(place) },
    { name: 'Kind', value: kindText(kind, settings), inline: true },
    { name: 'Places', value: capacity === null ? 'as many as like' : String(capacity), inline: true },
    ...(hostId === null ? [] : [{ name: 'Host', value: mention(hostId), inline: true }]),
  ];
}

/** An event as an embed: its words, its picture, and what else it is. */
export function detailEmbed(details: EventDetails, settings: EventSettings): APIEmbed {
  const { title, description, picture } = details;
  return {
    title: asWritten(title),
    description: cut(asWritten(description), DISCORD_LIMITS.embedDescription),
    color: COLORS.blue,
    fields: detailFields(details, settings),
    ...(picture !== null && { image: { url: picture } }),
  };
}

/** A page of the events that members can go to. */
export function eventListMessage({ events, page, pages }: EventPage, settings: EventSettings): Message {
  const entries = events.map((event) => entryOf(event, settings)).join('\n\n');
  return {
    embeds: [
      {
        title: 'Events',
        color: COLORS.blue,
        description: cut(entries, DISCORD_LIMITS.embedDescription) || 'Nothing is planned at the moment.',
        ...(pages > 1 && { footer: { text: `${page} / ${pages}` } }),
      },
    ],
    components: pageButtons({ page, pages }, PAGE_LABELS, eventListId),
  };
}

function entryOf(event: ListedEvent, settings: EventSettings): string {
  const { kind, title, startsAt, place, hostId, state } = event;
  const host = hostId === null ? '' : ` · with ${mention(hostId)}`;
  const now = state === 'live' ? '🔴 now · ' : '';
  return [
    `**${asWritten(title)}** · ${kindText(kind, settings)}`,
    `${now}${eventMoment(startsAt)}`,
    `${placeText(place)}${host} · ${countsText(event)}`,
  ].join('\n');
}

function countsText({
  going,
  waiting,
  maybe,
  capacity,
}: RegistrationCounts & Pick<EventDetails, 'capacity'>) {
  return [
    capacity === null ? `${going} going` : `${going} of ${capacity} going`,
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(maybe > 0 ? [`${maybe} maybe`] : []),
  ].join(', ');
}

const STATES: Readonly<Record<EventState, string>> = {
  planned: 'It is about to be announced.',
  open: 'It is announced.',
  live: 'It is on now.',
  over: 'It is over. Those who were there can say what they think of it.',
  closed: 'It is over.',
  cancelled: 'It was called off.',
  refused: 'It could not be made on Discord.',
};

/** All about one event. */
export function eventInfoMessage(event: ListedEvent, settings: EventSettings): Message {
  const embed = detailEmbed(event, settings);
  const fields: APIEmbedField[] = [
    ...(embed.fields ?? []),
    { name: 'Who', value: countsText(event), inline: true },
    ...linkFields(event),
  ];
  return { content: STATES[event.state], embeds: [{ ...embed, fields }] };
}

function linkFields(event: CommunityEvent): APIEmbedField[] {
  const links = linksOf(event);
  return links === '' ? [] : [{ name: 'On Discord', value: links, inline: true }];
}

/** The ways to an event and its thread on Discord, as far as they are there. */
export function linksOf(event: CommunityEvent): string {
  const link = EXPECTED.includes(event.state) ? eventLink(event) : undefined;
  return [
    ...(link === undefined ? [] : [`[the event](${link})`]),
    ...(event.threadId === null ? [] : [`<#${event.threadId}>`]),
  ].join(' · ');
}

const HEADLINES: Readonly<Record<AttendeeState, string>> = {
  attended: 'Were there',
  going: 'Going',
  waiting: 'Waiting for a place',
  maybe: 'Maybe',
};

/** A page of who goes to an event, or was there. */
export function attendeesMessage(
  { title }: Pick<EventDetails, 'title'>,
  { eventId, attendees, counts, page, pages }: AttendeePage,
): Message {
  const sections = ATTENDEE_STATES.flatMap((wanted) => {
    const members = attendees.filter(({ state }) => state === wanted);
    if (members.length === 0) return [];
    const names = members.map(({ memberId }) => mention(memberId)).join(' ');
    return [`**${HEADLINES[wanted]}: ${counts[wanted]}**\n${names}`];
  });
  return {
    embeds: [
      {
        title: asWritten(title),
        color: COLORS.blue,
        description: sections.join('\n\n') || 'Nobody has said that they go.',
        ...(pages > 1 && { footer: { text: `${page} / ${pages}` } }),
      },
    ],
    components: pageButtons({ page, pages }, PAGE_LABELS, (to) => attendeesId(eventId, to)),
  };
}
