/** Events in a test's database, without the workflows that lead them. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { insertEvent, placeColumns } from '../../database/events.ts';
import type { CommunityEvent, EventRef, EventState } from '../../domain/events.ts';
import { type GuildId, toChannelId } from '../../domain/ids.ts';
import { newEvent } from './events.ts';

export const STARTS_AT = Date.parse('2026-11-23T18:00:00Z');
/** Where events take place, unless a test says otherwise. */
export const VOICE_CHANNEL = toChannelId('1500000000000000001');

/** Adds an event of an hour, in the state that it would have by then. */
export async function addEvent(
  em: EntityManager,
  guildId: GuildId,
  changes: Partial<CommunityEvent> = {},
): Promise<CommunityEvent> {
  const event: CommunityEvent = {
    ...newEvent(guildId, STARTS_AT, { hostId: null }),
    ...{ place: { kind: 'channel', channelId: VOICE_CHANNEL } },
    ...{ state: 'open', revision: 0, beganAt: null, endedAt: null },
    ...{ scheduledEventId: null, channelId: null, announcementId: null, threadId: null },
    ...changes,
  };
  await em.fork().transactional((transaction) => insertEvent(transaction, event));
  await em.execute(
    `update events set state = ?, began_at = ?, ended_at = ?, thread_id = ? where guild_id = ? and id = ?`,
    [event.state, toDate(event.beganAt), toDate(event.endedAt), event.threadId, guildId, event.eventId],
  );
  return event;
}

/** Brings an event into a state, or somewhere else. */
export async function changeEventRow(
  em: EntityManager,
  { guildId, eventId }: EventRef,
  { state, place }: { readonly state?: EventState; readonly place?: CommunityEvent['place'] },
): Promise<void> {
  if (state !== undefined)
    await em.execute('update events set state = ? where guild_id = ? and id = ?', [state, guildId, eventId]);
  if (place !== undefined)
    await em.execute('update events set place_channel_id = ?, place_link = ? where guild_id = ? and id = ?', [
      ...placeColumns(place),
      guildId,
      eventId,
    ]);
}

function toDate(time: number | null): Date | null {
  return time === null ? null : new Date(time);
}
