/** Texts of the configuration in which channels and links are filled in. */

import type { ChannelId } from '../domain/ids.ts';
import { fillTemplate, placeholdersIn } from '../domain/template.ts';

/** What texts can lead to. */
export interface Places {
  /** Addresses by the names that texts have for them. */
  readonly links: Readonly<Record<string, string>>;
  /** The channels that texts name, as far as the guild has them. */
  readonly channels: ReadonlyMap<string, ChannelId>;
}

/** The names of the channels that `text` mentions. */
export function channelsIn(text: string): string[] {
  return placeholdersIn(text)
    .filter(({ kind }) => kind === 'channel')
    .map(({ name }) => name);
}

/** `text` with its channels and links filled in. */
export function fillPlaces(text: string, places: Places): string {
  return fillTemplate(text, ({ kind, name }) =>
    kind === 'channel' ? channelLink(name, places) : (places.links[name] ?? ''),
  );
}

/** A link to the channel with this name. One that the guild lacks stays readable. */
export function channelLink(name: string, { channels }: Places): string {
  const id = channels.get(name);
  return id === undefined ? `#${name}` : `<#${id}>`;
}
