import { Routes } from 'discord-api-types/v10';
import { wantsDirectMessages } from '../../database/event-preferences.ts';
import { findRegistration, takeDueRegistrations } from '../../database/event-registrations.ts';
import { findEvent } from '../../database/events.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type EventRef, EXPECTED, eventWorkflowId } from '../../domain/events.ts';
import { movedUpMessage } from '../../views/event-notices.ts';
import { eventAnnouncement } from '../../views/events.ts';
import type { EventPlaceInput } from '../../workflows/definitions/event-registrations.ts';
import type { DiscordContext } from './context.ts';
import { deliver } from './deliver.ts';
import { channelForDirectMessages } from './direct-messages.ts';
import { ask } from './errors.ts';

const BASE = 36;

/** What follows on Discord when members say that they go. */
export function eventRegistrationsOnDiscord(context: DiscordContext) {
  const { config, database, directory, rest } = context;

  return {
    /** Says in the announcement of an event how many go by now. One that somebody has deleted stays away. */
    async showRegistrations(event: EventRef): Promise<Delivery> {
      const em = database.em.fork();
      const counts = await takeDueRegistrations(em, event);
      const found = await findEvent(em, event);
      if (found?.channelId == null || found.announcementId === null) return refused('it is not announced');
      const { channelId, announcementId: messageId } = found;
      const texts = await directory.textContext(config.links, config.events);
      const { body } = eventAnnouncement(found, counts, config.events, texts);
      const result = await ask(() => rest.patch(Routes.channelMessage(channelId, messageId), { body }));
      return 'refusal' in result ? refused(result.refusal.reason) : { kind: 'sent', channelId, messageId };
    },

    /** Tells a member who has waited that they have a place, once, unless they want no direct messages. */
    async tellMovedUp({ event, memberId, placeInLine }: EventPlaceInput): Promise<Delivery> {
      const { guildId } = event;
      const em = database.em.fork();
      const found = await findEvent(em, event);
      const registration = await findRegistration(em, event, memberId);
      if (found === undefined || !EXPECTED.includes(found.state)) return refused('the event is over');
      if (registration?.state !== 'going') return refused('the member does not go any more');
      if ((await wantsDirectMessages(em, guildId, memberId)) === false)
        return refused('the member wants no direct messages');
      const place = await channelForDirectMessages(context, { guildId, memberId });
      if ('kind' in place) return place;
      const key = `${eventWorkflowId(event)}/place/${memberId}/${placeInLine}`;
      const mark = `p${BigInt(placeInLine).toString(BASE)}`;
      const texts = await directory.textContext(config.links, config.events.texts);
      const message = movedUpMessage(found, mark, config.events, texts);
      return deliver(context, { key, guildId, memberId, ...place }, message);
    },
  };
}

function refused(reason: string): Delivery {
  return { kind: 'refused', reason };
}
