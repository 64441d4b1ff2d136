import { type APIUser, Routes } from 'discord-api-types/v10';
import { compareInterest } from '../../database/event-interest.ts';
import { findEvent } from '../../database/events.ts';
import type { EventRef } from '../../domain/events.ts';
import { toMemberId } from '../../domain/ids.ts';
import type { DiscordContext } from './context.ts';
import { ask } from './errors.ts';

/** Discord gives no more at a time ("Get Guild Scheduled Event Users"). */
const PAGE = 100;

/** How what is known of interest in events is kept in step with Discord. */
export function eventInterestOnDiscord({ database, rest }: DiscordContext) {
  return {
    /**
     * Compares who of those with ids greater than `after` is interested in an event. An event that is not on Discord any more has
     * nothing to compare.
     *
     * @param at when the comparison began, in ms since 1970: what was heard since counts more
     * @returns how much had been missed, and after whom to go on if that were not all
     */
    async compareInterest(
      event: EventRef,
      after: string,
      at: number,
    ): Promise<{ missed: number; next?: string }> {
      const found = await findEvent(database.em.fork(), event);
      if (found?.scheduledEventId == null) return { missed: 0 };
      const route = Routes.guildScheduledEventUsers(event.guildId, found.scheduledEventId);
      const query = new URLSearchParams({ limit: String(PAGE), after });
      const result = await ask(
        () => rest.get(route, { query }) as Promise<{ user: Pick<APIUser, 'id' | 'bot'> }[]>,
      );
      if ('refusal' in result) return { missed: 0 };
      const users = result.answer.map(({ user }) => user);
      const next = users.length < PAGE ? undefined : users.at(-1)?.id;
      const members = users.filter(({ bot }) => bot !== true).map(({ id }) => toMemberId(id));
      const page = { members, after, ...(next !== undefined && { upTo: next }) };
      const missed = await compareInterest(database.em, event, page, at);
      return { missed, ...(next !== undefined && { next }) };
    },
  };
}
