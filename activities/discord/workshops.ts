import type { EventPlace } from '../../domain/events.ts';
import type { DiscordContext } from './context.ts';

/** Where the members of a workshop meet, or why that is not known. */
export type WorkshopPlace =
  | { readonly kind: 'found'; readonly place: EventPlace }
  | { readonly kind: 'not configured' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What weekly workshops ask of Discord. */
export function workshopsOnDiscord({ config, directory }: DiscordContext) {
  return {
    /** Where members meet for the slot with this name: its channel by the id that it has now, or its link. */
    async findWorkshopPlace(slot: string): Promise<WorkshopPlace> {
      const settings = config.workshops.slots.find(({ name }) => name === slot);
      if (settings === undefined) return { kind: 'not configured' };
      const { channel, link } = settings;
      if (channel === undefined) return { kind: 'found', place: { kind: 'link', link: link ?? '' } };
      // A channel may have been made anew since the list was read. Of a dead one nobody would hear before the event is refused for good.
      directory.forget();
      const found = await directory.channelForTalking(channel);
      return 'kind' in found ? found : { kind: 'found', place: { kind: 'channel', ...found } };
    },
  };
}
