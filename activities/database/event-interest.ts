import { eventsWithInterest } from '../../database/event-interest.ts';
import type { EventRef } from '../../domain/events.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { DatabaseContext } from './context.ts';

/** What comparing interest in events needs of the database. */
export function eventInterestInDatabase({ database }: DatabaseContext) {
  return {
    /** The events of which Discord shows who is interested, and to which somebody can still go. */
    eventsWithInterest: (guildId: GuildId): Promise<EventRef[]> =>
      eventsWithInterest(database.em.fork(), guildId),
  };
}
