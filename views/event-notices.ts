/** What members are told of an event by direct message. */

import { type APIButtonComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10';
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
import { buttonRow, eventButton, eventText } from './events.ts';
import type { MarkedMessage } from './marked-message.ts';
import { type TextContext, timestamp } from './text.ts';

/** What each notice says, and what can be done about it. */
const NOTICES: Readonly<
  Record<
    EventNotice['kind'],
    { readonly text: keyof EventTexts; readonly offers: 'the event' | 'feedback' | 'nothing' }
  >
> = {
  reminder: { text: 'reminder', offers: 'the event' },
  moved: { text: 'moved', offers: 'the event' },
  cancelled: { text: 'cancelled', offers: 'nothing' },
  thanks: { text: 'thanks', offers: 'feedback' },
  'feedback reminder': { text: 'feedbackReminder', offers: 'feedback' },
};

/** A notice as each member whom it concerns gets it, with a button that stops such messages. */
export function eventNoticeMessage(
  event: CommunityEvent,
  notice: EventNotice,
  settings: EventSettings,
  context: TextContext,
): MarkedMessage {
  const { text, offers } = NOTICES[notice.kind];
  const mark = noticeMark(notice);
  const offered = {
    'the event': linksTo(event),
    feedback: [eventButton('feedback', event.eventId, mark)],
    nothing: [],
  }[offers];
  return directMessage(eventText(text, event, settings, withUntil(event, settings, context)), {
    offered,
    event,
    mark,
  });
}

/**
 * What a member is told who has moved up.
 *
 * @param mark tells it from another message of this kind to the same member: digits and small letters
 */
export function movedUpMessage(
  event: CommunityEvent,
  mark: string,
  settings: EventSettings,
  context: TextContext,
): MarkedMessage {
  const content = eventText('movedUp', event, settings, context);
  return directMessage(content, { offered: linksTo(event), event, mark });
}

function directMessage(
  content: string,
  about: {
    readonly offered: readonly APIButtonComponent[];
    readonly event: CommunityEvent;
    readonly mark: string;
  },
): MarkedMessage {
  const { eventId } = about.event;
  const stop = eventButton('stop-reminders', eventId, about.mark);
  return {
    marker: eventButtonId('stop-reminders', eventId, about.mark),
    body: { content, components: [buttonRow([...about.offered, stop])], allowed_mentions: { parse: [] } },
  };
}

/** Until when members can say what they think. */
function withUntil(event: CommunityEvent, { feedback }: EventSettings, context: TextContext): TextContext {
  const until = (event.endedAt ?? event.endsAt) + toMilliseconds(feedback.openFor);
  return { ...context, values: { ...context.values, until: timestamp(until, 'F') } };
}

function linksTo(event: CommunityEvent): APIButtonComponent[] {
  const url = eventLink(event);
  if (url === undefined) return [];
  return [{ type: ComponentType.Button, style: ButtonStyle.Link, url, label: 'Show the event' }];
}
