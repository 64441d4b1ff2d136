import {
  type APIMessage,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';

/**
 * A message with a mark that stays in it, by which it can be found again in its channel: a button's `custom_id`, or the
 * end of an embed's address. Discord shows no nonce in the history, and forgets it after a few minutes.
 */
export interface MarkedMessage {
  readonly marker: string;
  readonly body: RESTPostAPIChannelMessageJSONBody;
  readonly files?: readonly TextFile[];
}

/** A file that is attached to a message. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Whether `message` carries `marker`. */
export function carriesMarker(message: Pick<APIMessage, 'embeds' | 'components'>, marker: string): boolean {
  const inEmbed = message.embeds.some(({ url }) => url?.endsWith(`#${marker}`));
  return inEmbed || customIds(message.components ?? []).includes(marker);
}

function customIds(components: NonNullable<APIMessage['components']>): string[] {
  return components
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((component) => ('custom_id' in component ? [component.custom_id] : []));
}
