import {
  type APIThreadChannel,
  RESTJSONErrorCodes,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord-api-types/v10';
import { countRegistrations } from '../../database/event-registrations.ts';
import { findEvent, recordOnDiscord } from '../../database/events.ts';
import { findSent } from '../../database/sent-messages.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type CommunityEvent, type EventRef, eventWorkflowId } from '../../domain/events.ts';
import { type ChannelId, toChannelId } from '../../domain/ids.ts';
import type { Shown } from '../../domain/scheduled-events.ts';
import { eventAnnouncement, type SaidInThread, threadMessage } from '../../views/events.ts';
import type { MarkedMessage } from '../../views/marked-message.ts';
import type { DiscordContext } from './context.ts';
import { deliver, deliverToChannel, nonceOf } from './deliver.ts';
import { ask, type Refusal } from './errors.ts';

const DONE: Shown = { kind: 'done' };
const NO_SUCH_EVENT = { kind: 'refused', reason: 'the event was deleted' } as const;
const NO_THREAD = { kind: 'refused', reason: 'it has no thread' } as const;

/** What became of opening the thread of an event. */
export type ThreadOpened =
  | { readonly kind: 'opened'; readonly threadId: ChannelId }
  | { readonly kind: 'refused'; readonly reason: string };

/** The announcement of an event, and the thread below it. */
export function eventsOnDiscord(context: DiscordContext) {
  const { config, database, directory, logger, rest } = context;
  const settings = config.events;

  return {
    /** Announces an event, once. */
    async announceEvent(event: EventRef): Promise<Delivery> {
      const found = await findEvent(database.em.fork(), event);
      if (found === undefined) return NO_SUCH_EVENT;
      const intent = { key: announcementKey(event), ...ownerOf(found) };
      const sent = await deliverToChannel(context, settings.channel, intent, await announcementOf(found));
      if (sent.kind === 'sent') {
        const { channelId, messageId: announcementId } = sent;
        await recordOnDiscord(database.em.fork(), event, { channelId, announcementId });
      }
      return sent.kind === 'refused' ? { kind: 'refused', reason: whereRefused(sent.reason) } : sent;
    },

    /** Opens the thread below the announcement, once: it has the announcement's id. */
    async openEventThread(event: EventRef): Promise<ThreadOpened> {
      const found = await findEvent(database.em.fork(), event);
      if (found?.channelId == null || found.announcementId === null) return NO_SUCH_EVENT;
      const body = { name: found.title, auto_archive_duration: ThreadAutoArchiveDuration.OneWeek };
      const route = Routes.threads(found.channelId, found.announcementId);
      const result = await ask(() => rest.post(route, { body }));
      if ('refusal' in result && !isThere(result.refusal))
        return refused(result.refusal, 'Create Public Threads');
      const threadId = toChannelId(found.announcementId);
      await recordOnDiscord(database.em.fork(), event, { threadId });
      return { kind: 'opened', threadId };
    },

    /** Shows in the announcement what the event is by now. One that somebody has deleted stays away. */
    async showInAnnouncement(event: EventRef): Promise<Shown> {
      const found = await findEvent(database.em.fork(), event);
      if (found?.channelId == null || found.announcementId === null) return NO_SUCH_EVENT;
      const route = Routes.channelMessage(found.channelId, found.announcementId);
      const { body } = await announcementOf(found);
      const result = await ask(() => rest.patch(route, { body }));
      return 'refusal' in result ? refused(result.refusal) : DONE;
    },

    /** Gives the thread the event's title, if that has changed: a channel can be renamed only twice in ten minutes. */
    async renameEventThread(event: EventRef): Promise<Shown> {
      const found = await findEvent(database.em.fork(), event);
      if (found?.threadId == null) return NO_THREAD;
      const route = Routes.channel(found.threadId);
      const thread = await ask(() => rest.get(route) as Promise<APIThreadChannel>);
      if ('refusal' in thread) return refused(thread.refusal);
      if (thread.answer.name === found.title) return DONE;
      // In an archived thread nothing can be changed.
      const result = await ask(() => rest.patch(route, { body: { name: found.title, archived: false } }));
      return 'refusal' in result ? refused(result.refusal) : DONE;
    },

    /**
     * Says something in the thread, once.
     *
     * @param which tells it from what is said there with the same text at another time
     */
    async sayInEventThread(event: EventRef, said: SaidInThread, which: string): Promise<Delivery> {
      const found = await findEvent(database.em.fork(), event);
      if (found?.threadId == null) return NO_THREAD;
      const key = `${eventWorkflowId(event)}/thread/${said}/${which}`;
      const texts = await directory.textContext(config.links, settings);
      const message = threadMessage(said, found, nonceOf(key), settings, texts);
      return deliver(context, { key, ...ownerOf(found), channelId: found.threadId }, message);
    },

    /** Closes the thread: it is archived, and members write there no more. */
    async closeEventThread(event: EventRef): Promise<Shown> {
      const found = await findEvent(database.em.fork(), event);
      if (found?.threadId == null) return NO_THREAD;
      const route = Routes.channel(found.threadId);
      const thread = await ask(() => rest.get(route) as Promise<APIThreadChannel>);
      if ('refusal' in thread) return refused(thread.refusal);
      if (thread.answer.thread_metadata?.archived === true && thread.answer.thread_metadata.locked === true)
        return DONE;
      // One that has been archived by its silence can be locked only while it is open.
      const result = await ask(async () => {
        if (thread.answer.thread_metadata?.archived === true)
          await rest.patch(route, { body: { archived: false } });
        return rest.patch(route, { body: { archived: true, locked: true } });
      });
      return 'refusal' in result ? refused(result.refusal) : DONE;
    },

    /** Removes the announcement and the thread of an event that does not come about. */
    async removeAnnouncement(event: EventRef): Promise<Shown> {
      const found = await findSent(database.em.fork(), announcementKey(event));
      if (found === undefined) return DONE;
      const thread = await ask(() => rest.delete(Routes.channel(found.messageId)));
      if ('refusal' in thread && !isGone(thread.refusal)) return refused(thread.refusal, 'Manage Threads');
      const route = Routes.channelMessage(found.channelId, found.messageId);
      const message = await ask(() => rest.delete(route));
      return 'refusal' in message && !isGone(message.refusal) ? refused(message.refusal) : DONE;
    },
  };

  async function announcementOf(event: CommunityEvent): Promise<MarkedMessage> {
    const counts = await countRegistrations(database.em.fork(), event);
    const texts = await directory.textContext(config.links, settings);
    return eventAnnouncement(event, counts, settings, texts);
  }

  function whereRefused(reason: string): string {
    return `in #${settings.channel}, where the bot needs View Channel, Send Messages and Embed Links: ${reason}`;
  }

  /** `needed`: the permission that Discord asks for. */
  function refused({ code, reason }: Refusal, needed?: string): { kind: 'refused'; reason: string } {
    logger.warn({ code }, `an event could not be shown: ${reason}`);
    const lacks = code === RESTJSONErrorCodes.MissingPermissions && needed !== undefined;
    return { kind: 'refused', reason: lacks ? `the bot lacks ${needed} in #${settings.channel}` : reason };
  }
}

function announcementKey(event: EventRef): string {
  return `${eventWorkflowId(event)}/announcement`;
}

function ownerOf({ guildId }: CommunityEvent) {
  return { guildId, memberId: null };
}

function isThere({ code }: Refusal): boolean {
  return code === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage;
}

function isGone({ code }: Refusal): boolean {
  return code === RESTJSONErrorCodes.UnknownChannel || code === RESTJSONErrorCodes.UnknownMessage;
}
