/** What members are told of an event by direct message. */

import {
  type APIButtonComponent,
  ButtonStyle,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { toMilliseconds } from '../domain/duration.ts';
import { eventButtonId } from '../domain/event-buttons.ts';
import {
  type CommunityEvent,
  type EventNotice,
  type EventSettings,
  type EventTexts,
  noticeMark,
} from '../domain/events.ts';
import { eventLink } from './event-link.ts';
import { eventMoment, placeText } from './events.ts';
import type { MarkedMessage } from './marked-message.ts';
import { asWritten, cut, fill, MESSAGE_LENGTH, mention, type TextContext } from './text.ts';

/** What each notice says, and whether it asks for feedback. */
const NOTICES: Readonly<
  Record<EventNotice['kind'], { readonly text: keyof EventTexts; readonly asksForFeedback: boolean }>
> = {
  reminder: { text: 'reminder', asksForFeedback: false },
  moved: { text: 'moved', asksForFeedback: false },
  cancelled: { text: 'cancelled', asksForFeedback: false },
  thanks: { text: 'thanks', asksForFeedback: true },
  'feedback reminder': { text: 'feedbackReminder', asksForFeedback: true },
};

/** A notice as each member whom it concerns gets it, with a button that stops such messages. */
export function eventNoticeMessage(
  event: CommunityEvent,
  notice: EventNotice,
  settings: EventSettings,
  context: TextContext,
): MarkedMessage {
  const { text, asksForFeedback } = NOTICES[notice.kind];
  const mark = noticeMark(notice);
  const feedback: APIButtonComponent = {
    type: ComponentType.Button,
    style: ButtonStyle.Primary,
    custom_id: eventButtonId('feedback', event.eventId, mark),
    label: 'Say what you think',
  };
  const buttons = asksForFeedback ? [feedback] : notice.kind === 'cancelled' ? [] : linksTo(event);
  return directMessage(event, settings, text, mark, buttons, context);
}

/**
 * What a member is told who has moved up.
 *
 * @param mark tells it from another message of the same kind to the same member
 */
export function movedUpMessage(
  event: CommunityEvent,
  settings: EventSettings,
  mark: string,
  context: TextContext,
): MarkedMessage {
  return directMessage(event, settings, 'movedUp', mark, linksTo(event), context);
}

function directMessage(
  event: CommunityEvent,
  settings: EventSettings,
  text: keyof EventTexts,
  mark: string,
  buttons: readonly APIButtonComponent[],
  context: TextContext,
): MarkedMessage {
  const marker = eventButtonId('stop-reminders', event.eventId, mark);
  const stop: APIButtonComponent = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: marker,
    label: 'No direct messages',
  };
  const values = valuesOf(event, settings);
  const body: RESTPostAPIChannelMessageJSONBody = {
    content: cut(fill(settings.texts[text], { ...context, values }), MESSAGE_LENGTH),
    components: [{ type: ComponentType.ActionRow, components: [...buttons, stop] }],
    allowed_mentions: { parse: [] },
  };
  return { marker, body };
}

/** What stands for the placeholders in texts about an event. */
function valuesOf(event: CommunityEvent, { feedback, kinds }: EventSettings): Record<string, string> {
  const { hostId, kind, place, startsAt, title } = event;
  const over = event.endedAt ?? event.endsAt;
  return {
    title: asWritten(title),
    kind: kinds.find(({ name }) => name === kind)?.label ?? kind,
    host: hostId === null ? '' : mention(hostId),
    when: eventMoment(startsAt),
    place: placeText(place),
    until: `<t:${Math.floor((over + toMilliseconds(feedback.openFor)) / 1_000)}:F>`,
  };
}

function linksTo(event: CommunityEvent): APIButtonComponent[] {
  const url = eventLink(event);
  if (url === undefined) return [];
  return [{ type: ComponentType.Button, style: ButtonStyle.Link, url, label: 'Show the event' }];
}
