import { readEvents } from '../../database/events.ts';
import { addDays } from '../../domain/calendar.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { type CommunityEvent, EXPECTED } from '../../domain/events.ts';
import type { GuildId } from '../../domain/ids.ts';
import { morningNoteKey } from '../../domain/morning-note.ts';
import { dayAt, momentOf } from '../../domain/wall-clock.ts';
import { morningNoteMessage } from '../../views/morning-note.ts';
import type { DiscordContext } from './context.ts';
import { deliver, nonceOf } from './deliver.ts';

/** The note that lists the events of the day. */
export function morningNoteOnDiscord(context: DiscordContext) {
  const { config, database, directory } = context;
  const { channel, timeZone, link, morning } = config.events;

  return {
    /** Posts the note of the day on which `at` is (ms since 1970), once. Without events that are still to be, nothing is posted. */
    async postMorningNote(guildId: GuildId, at: number): Promise<Delivery | { kind: 'no events' }> {
      const events = await eventsOfDay(guildId, at);
      if (events.length === 0) return { kind: 'no events' };
      const place = await directory.channelForMessages(channel);
      if ('kind' in place) return place;
      const key = morningNoteKey(guildId, dayAt(at, timeZone));
      const texts = await directory.textContext(config.links, link);
      const message = morningNoteMessage({ title: morning.title, link, events }, nonceOf(key), texts);
      return deliver(context, { key, guildId, memberId: null, ...place }, message);
    },
  };

  /** The events that begin on the day on which `at` is, in the order of their starts. Those that are over are left out. */
  function eventsOfDay(guildId: GuildId, at: number): Promise<CommunityEvent[]> {
    const day = dayAt(at, timeZone);
    const [from, to] = [day, addDays(day, 1)].map((one) => new Date(momentOf(one, '00:00', timeZone)));
    return readEvents(
      database.em.fork(),
      'guild_id = ? and starts_at >= ? and starts_at < ? and state in (?) order by starts_at, id',
      [guildId, from, to, EXPECTED],
    );
  }
}
