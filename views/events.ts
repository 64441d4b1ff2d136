/** What an event looks like on Discord: its announcement, and what is said below it in its thread. */

import {
  type APIButtonComponent,
  type APIEmbed,
  type APIEmbedField,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { EmbedColor } from '../domain/embed.ts';
import { type EventButton, eventButtonId } from '../domain/event-buttons.ts';
import type { RegistrationCounts } from '../domain/event-registrations.ts';
import type {
  CommunityEvent,
  EventKind,
  EventKindName,
  EventPlace,
  EventSettings,
  EventState,
  EventTexts,
} from '../domain/events.ts';
import { COLORS } from './colors.ts';
import type { MarkedMessage } from './marked-message.ts';
import { asWritten, cut, fill, mention, type TextContext, timestamp } from './text.ts';

/** Whose event it is if it has no host. */
const NO_HOST = 'the community';

/** How an event's button looks. */
type ButtonLook = readonly [
  style: Exclude<ButtonStyle, ButtonStyle.Link | ButtonStyle.Premium>,
  label: string,
];

const BUTTONS: Readonly<Record<EventButton, ButtonLook>> = {
  going: [ButtonStyle.Success, 'Going'],
  maybe: [ButtonStyle.Secondary, 'Maybe'],
  'not-going': [ButtonStyle.Secondary, 'Not going'],
  calendar: [ButtonStyle.Secondary, 'Add to calendar'],
  remind: [ButtonStyle.Primary, 'Remind me'],
  'stop-reminders': [ButtonStyle.Secondary, 'No more reminders'],
  'check-in': [ButtonStyle.Primary, 'Check in'],
  feedback: [ButtonStyle.Primary, 'Give feedback'],
};

const COLOR: Readonly<Record<EventState, EmbedColor>> = {
  planned: 'blue',
  open: 'blue',
  live: 'green',
  over: 'grey',
  closed: 'grey',
  cancelled: 'red',
  refused: 'red',
};

/** The texts of messages that stand in the thread, and the colour of each. */
const SAID_IN_THREAD = { reminder: 'gold', begun: 'green', moved: 'blue', cancelled: 'red' } as const;
export type SaidInThread = keyof typeof SAID_IN_THREAD;

/** A moment as everybody reads it in their own time zone, and how far away it is. `at` in ms since 1970. */
export function eventMoment(at: number): string {
  return `${timestamp(at, 'F')} (${timestamp(at, 'R')})`;
}

/** Where members meet, as it stands in a message. */
export function placeText(place: EventPlace): string {
  return place.kind === 'channel' ? `<#${place.channelId}>` : asWritten(place.link);
}

/** The configured kind, or one that shows its name if it is configured no more. */
export function eventKind({ kinds }: EventSettings, name: EventKindName): Pick<EventKind, 'emoji' | 'label'> {
  return kinds.find((kind) => kind.name === name) ?? { emoji: '📅', label: name };
}

/** What fills in the texts about an event. */
function eventValues(event: CommunityEvent, settings: EventSettings): Record<string, string> {
  return {
    title: asWritten(event.title),
    kind: eventKind(settings, event.kind).label,
    host: hostText(event),
    when: eventMoment(event.startsAt),
    place: placeText(event.place),
  };
}

/** One of the configured texts, about an event. */
export function eventText(
  text: keyof EventTexts,
  event: CommunityEvent,
  settings: EventSettings,
  context: TextContext,
): string {
  const values = { ...context.values, ...eventValues(event, settings) };
  return cut(fill(settings.texts[text], { ...context, values }), DISCORD_LIMITS.message);
}

/**
 * The announcement of an event: what it is, who goes, and the buttons to say so. When it is over or called off it has none.
 * Only its host is notified.
 */
export function eventAnnouncement(
  event: CommunityEvent,
  counts: RegistrationCounts,
  settings: EventSettings,
  context: TextContext,
): MarkedMessage {
  const text = event.state === 'cancelled' ? 'cancelled' : 'announced';
  return {
    marker: eventButtonId('going', event.eventId),
    body: {
      content: eventText(text, event, settings, context),
      embeds: [announcementEmbed(event, counts, settings, context)],
      components: announcementButtons(event),
      allowed_mentions: { parse: [], users: event.hostId === null ? [] : [event.hostId] },
    },
  };
}

/**
 * What is said in the thread of an event.
 *
 * @param mark by which the message is found again
 */
export function threadMessage(
  said: SaidInThread,
  event: CommunityEvent,
  mark: string,
  settings: EventSettings,
  context: TextContext,
): MarkedMessage {
  const { eventId, place } = event;
  const checkIn = said === 'begun' && place.kind === 'link';
  return {
    marker: mark,
    body: {
      content: eventText(said, event, settings, context),
      embeds: [
        {
          title: headline(event, settings),
          url: `${fill(settings.link, context)}#${mark}`,
          color: COLORS[SAID_IN_THREAD[said]],
          fields: whenAndWhere(event),
        },
      ],
      components: checkIn ? [buttonRow([eventButton('check-in', eventId, said)])] : [],
      allowed_mentions: { parse: [] },
    },
  };
}

/** A button of an event; see `eventButtonId`. */
export function eventButton(
  button: EventButton,
  eventId: CommunityEvent['eventId'],
  message?: string,
): APIButtonComponent {
  const [style, label] = BUTTONS[button];
  return { type: ComponentType.Button, style, label, custom_id: eventButtonId(button, eventId, message) };
}

/** A row of buttons below a message. */
export function buttonRow(components: APIButtonComponent[]) {
  return { type: ComponentType.ActionRow as const, components };
}

function announcementButtons({
  eventId,
  state,
  place,
}: CommunityEvent): NonNullable<RESTPostAPIChannelMessageJSONBody['components']> {
  const names: readonly EventButton[] = ['going', 'maybe', 'not-going', 'calendar'];
  switch (state) {
    case 'planned':
    case 'open':
      return [buttonRow(names.map((name) => eventButton(name, eventId)))];
    case 'live': {
      const live = place.kind === 'link' ? [...names, 'check-in' as const] : names;
      return [buttonRow(live.map((name) => eventButton(name, eventId)))];
    }
    default:
      return [];
  }
}

function announcementEmbed(
  event: CommunityEvent,
  counts: RegistrationCounts,
  settings: EventSettings,
  context: TextContext,
): APIEmbed {
  const { description, state, picture } = event;
  return {
    title: headline(event, settings),
    url: fill(settings.link, context),
    color: COLORS[COLOR[state]],
    ...(description !== '' && { description: cut(asWritten(description), DISCORD_LIMITS.embedDescription) }),
    fields: [
      ...whenAndWhere(event),
      field('Until', timestamp(event.endsAt, 'F')),
      field('Kind', eventKind(settings, event.kind).label),
      field('Host', hostText(event)),
      ...registrationFields(event, counts),
    ],
    ...(picture !== null && { image: { url: picture } }),
  };
}

function headline(event: CommunityEvent, settings: EventSettings): string {
  return cut(`${eventKind(settings, event.kind).emoji} ${asWritten(event.title)}`, DISCORD_LIMITS.embedTitle);
}

function whenAndWhere({ startsAt, place }: CommunityEvent): APIEmbedField[] {
  return [field('When', eventMoment(startsAt)), field('Where', placeText(place))];
}

function registrationFields({ capacity }: CommunityEvent, counts: RegistrationCounts): APIEmbedField[] {
  const going = capacity === null ? `${counts.going}` : `${counts.going} of ${capacity}`;
  return [
    field('Going', going),
    ...(counts.waiting > 0 ? [field('Waiting', `${counts.waiting}`)] : []),
    field('Maybe', `${counts.maybe}`),
  ];
}

function field(name: string, value: string): APIEmbedField {
  return { name, value, inline: true };
}

function hostText({ hostId }: CommunityEvent): string {
  return hostId === null ? NO_HOST : mention(hostId);
}
