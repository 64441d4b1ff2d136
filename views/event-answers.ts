/** What organisers are told of what they ask for: what became of it, or why it is refused. */

import { ButtonStyle, ComponentType, type RESTPostAPIChannelMessageJSONBody } from 'discord-api-types/v10';
import type { EventRefusal } from '../domain/event-drafts.ts';
import { cancelButtonId } from '../domain/event-lists.ts';
import {
  type Announced,
  type ChangeResult,
  type CommunityEvent,
  type EventSettings,
  PLACE_LENGTH,
} from '../domain/events.ts';
import { linksOf } from './event-lists.ts';
import { eventMoment } from './events.ts';
import { asWritten } from './text.ts';
import { timeRefusal } from './times.ts';

type Message = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds' | 'components'>;

/** Why something is refused, and what to do about it. */
export function refusalText(refusal: EventRefusal, settings: EventSettings): string {
  switch (refusal.kind) {
    case 'time':
      return timeRefusal(refusal.time, refusal.text);
    case 'length':
      return LENGTH_REFUSALS[refusal.why];
    case 'no such kind':
      return `There is no such kind of event. Choose one of these: ${kindNames(settings)}.`;
    case 'not an organiser':
      return `Events are planned by ${roleNames(settings)}.`;
    case 'not yours':
      return `Only its host and ${roleNames(settings)} can do that.`;
    default:
      return REFUSALS[refusal.kind];
  }
}

const REFUSALS = {
  'no place': 'Where does it take place? Name either a channel or a link.',
  'two places': 'An event takes place either in a channel or behind a link: name one of the two.',
  'wrong channel': 'Events take place in voice and stage channels. Choose one of these, or give a link.',
  'hidden channel': 'You cannot see that channel. Choose another one.',
  'bad link': `The link must be an address that begins with http:// or https://, with at most ${PLACE_LENGTH} characters.`,
  'bad capacity': 'The capacity must be a whole number, and at least 1.',
  'two capacities': 'Either so many can go, or as many as like: say one of the two.',
  'host is a bot': 'A bot cannot be the host.',
  'host is not here': 'The host has to be a member of this server.',
  'no picture': 'The picture must be a PNG, JPEG, GIF or WebP file of at most 10 MB.',
  'no such event': 'There is no such event. Choose one from those that are offered while you type.',
  over: 'It is over, or was called off: there is nothing left to change.',
  'nothing to change': 'Say what is to change: choose at least one of the options.',
} as const;

const LENGTH_REFUSALS = {
  'not understood': 'I do not understand how long it lasts. Write it like `90m`, `1h30` or `2 hours`.',
  nothing: 'It would end before it starts: it has to last a minute at least.',
  'too long': 'It would last too long: 30 days at most.',
} as const;

/** What became of making an event. */
export function announcedAnswer(event: CommunityEvent, announced: Announced): Message {
  const title = `**${asWritten(event.title)}**`;
  switch (announced.kind) {
    case 'announced': {
      const { scheduledEventId, threadId } = announced;
      const links = linksOf({ ...event, scheduledEventId, threadId, state: 'open' });
      return { content: `${title} is announced, ${eventMoment(event.startsAt)}: ${links}` };
    }
    case 'refused':
      return {
        content: `${title} could not be made: ${announced.reason}. Nothing is left of it; use the command again when that is mended.`,
      };
    case 'cancelled':
      return { content: `${title} was called off before it was announced.` };
  }
}

/** What became of a change. */
export function changeAnswer({ title }: Pick<CommunityEvent, 'title'>, result: ChangeResult): string {
  switch (result.kind) {
    case 'changed':
      return result.isMoved
        ? `**${asWritten(title)}** is moved. Everybody who has registered is told.`
        : `**${asWritten(title)}** is changed.`;
    case 'no change':
      return 'It is like that already.';
    case 'no such event':
      return REFUSALS['no such event'];
    case 'over':
      return REFUSALS.over;
    case 'in the past':
      return 'That time is in the past, or the event has begun already. Nothing is changed.';
    case 'ends before it starts':
      return 'It would end before it starts. Nothing is changed.';
    case 'draft is gone':
      return 'What you wrote is not there any more. Please use the command again.';
    case 'capacity too low':
      return `${result.going} are going already: the capacity cannot be less than that. Nothing is changed.`;
  }
}

/** What the workflow says of a change that it refuses. */
export function changeRefused(reason: string): string {
  return `That cannot be changed: ${reason}.`;
}

/** Asks whether an event is to be called off. */
export function cancelQuestion({
  eventId,
  title,
  startsAt,
}: Pick<CommunityEvent, 'eventId' | 'title' | 'startsAt'>): Message {
  return {
    content: `Call off **${asWritten(title)}**, ${eventMoment(startsAt)}? Everybody who has registered is told.`,
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Danger,
            custom_id: cancelButtonId(eventId),
            label: 'Call it off',
          },
        ],
      },
    ],
  };
}

/** What became of calling it off. */
export function cancelAnswer(
  { title }: Pick<CommunityEvent, 'title'>,
  result: 'cancelled' | 'over',
): Message {
  const content = {
    cancelled: `**${asWritten(title)}** is called off. Everybody who has registered is told.`,
    over: REFUSALS.over,
  }[result];
  return { content };
}

function kindNames({ kinds }: EventSettings): string {
  return kinds.map(({ label }) => label).join(', ');
}

function roleNames({ organisers }: EventSettings): string {
  return organisers.map((name) => `**${asWritten(name)}**`).join(' and ');
}
