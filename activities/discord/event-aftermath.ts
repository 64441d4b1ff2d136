import { readEventReport } from '../../database/event-report.ts';
import { findEvent } from '../../database/events.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { FeedbackRequest } from '../../domain/event-feedback.ts';
import { type EventRef, eventWorkflowId } from '../../domain/events.ts';
import { feedbackRequest } from '../../views/event-feedback.ts';
import { eventReportMessage } from '../../views/event-report.ts';
import type { DiscordContext } from './context.ts';
import { deliver, deliverToChannel, nonceOf } from './deliver.ts';

const DELETED: Delivery = { kind: 'refused', reason: 'the event was deleted' };

/** What is said on Discord when an event is over. Direct messages are another matter: see `event-notices.ts`. */
export function eventAftermathOnDiscord(context: DiscordContext) {
  const { config, database, directory } = context;
  const settings = config.events;

  return {
    /** Asks in the event's thread for feedback, once for each of the requests. `until` when one can answer, in ms since 1970. */
    async askForFeedback(event: EventRef, which: FeedbackRequest, until: number): Promise<Delivery> {
      const found = await findEvent(database.em.fork(), event);
      if (found === undefined) return DELETED;
      const { threadId: channelId } = found;
      if (channelId === null) return { kind: 'refused', reason: 'the event has no thread' };
      const texts = await directory.textContext(config.links, settings.texts);
      const message = feedbackRequest(which, found, until, settings, texts);
      const key = keyOf(event, `feedback/${which}`);
      return deliver(context, { key, guildId: event.guildId, memberId: null, channelId }, message);
    },

    /** Tells staff what became of an event, once. */
    async reportEvent(event: EventRef): Promise<Delivery> {
      const report = await readEventReport(database.em.fork(), event);
      if (report === undefined) return DELETED;
      const key = keyOf(event, 'report');
      const texts = await directory.textContext(config.links, settings.link);
      const message = eventReportMessage(report, settings, nonceOf(key), texts);
      const intent = { key, guildId: event.guildId, memberId: null };
      return deliverToChannel(context, settings.reportChannel, intent, message);
    },
  };
}

function keyOf(event: EventRef, what: string): string {
  return `${eventWorkflowId(event)}/${what}`;
}
