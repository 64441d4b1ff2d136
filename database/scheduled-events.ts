/** Which event of ours stands behind one of Discord's. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { EventRef, ScheduledEventId } from '../domain/events.ts';
import type { GuildId } from '../domain/ids.ts';

/** The event that Discord shows by this scheduled event, or undefined if it is none of ours. */
export async function findEventShownBy(
  em: EntityManager,
  guildId: GuildId,
  scheduledEventId: ScheduledEventId,
): Promise<EventRef | undefined> {
  const [event]: EventRef[] = await em
    .fork()
    .execute(
      `select guild_id as "guildId", id as "eventId" from events where guild_id = ? and scheduled_event_id = ?`,
      [guildId, scheduledEventId],
    );
  return event;
}

/** The events that Discord shows, and that are not over. */
export function eventsShown(em: EntityManager, guildId: GuildId): Promise<EventRef[]> {
  return em.fork().execute(
    `select guild_id as "guildId", id as "eventId" from events
     where guild_id = ? and state in ('open', 'live') and scheduled_event_id is not null order by starts_at, id`,
    [guildId],
  );
}
