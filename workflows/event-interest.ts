/** Makes up for what was not heard of who is interested in Discord's events: it counts as going. */

import type { GuildId } from '../domain/ids.ts';
import { database, discord } from './activities.ts';
import type { EventInterestResult } from './definitions/event-interest.ts';

const BEFORE_ALL = '0';

export async function eventInterest({
  guildId,
}: {
  readonly guildId: GuildId;
}): Promise<EventInterestResult> {
  const { scheduledEvents } = discord(guildId, 'catchUp');
  const events = await database.eventsWithInterest(guildId);
  let missed = 0;
  for (const event of events) {
    const at = Date.now();
    for (let after: string | undefined = BEFORE_ALL; after !== undefined; ) {
      const summary = `${event.eventId}, after ${after}`;
      const page: Awaited<ReturnType<typeof scheduledEvents.compareInterest>> =
        await scheduledEvents.compareInterest.executeWithOptions({ summary }, [event, after, at]);
      missed += page.missed;
      after = page.next;
    }
  }
  return { events: events.length, missed };
}
