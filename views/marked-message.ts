import {
  type APIMessage,
  ComponentType,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';

/**
 * A message with a mark that stays in it, by which it can be found again in its channel: a button's `custom_id`, the
 * end of an embed's address, or, where it has neither, all of its text. Discord shows no nonce in the history, and forgets it
 * after a few minutes.
 */
export interface MarkedMessage {
  readonly marker: string;
  readonly body: RESTPostAPIChannelMessageJSONBody;
  readonly files?: readonly TextFile[];
  /** Pictures, videos and documents. */
  readonly media?: readonly ByteFile[];
}

/** A file that is attached to a message. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** The same, of which the bytes are known. */
export interface ByteFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Whether `message` carries `marker`. */
export function carriesMarker(
  message: Pick<APIMessage, 'embeds' | 'components'> & Partial<Pick<APIMessage, 'content' | 'author'>>,
  marker: string,
): boolean {
  const inEmbed = message.embeds.some(({ url }) => url?.endsWith(`#${marker}`));
  const isText = message.author?.bot === true && message.content === marker;
  return inEmbed || isText || customIds(message.components ?? []).includes(marker);
}

function customIds(components: NonNullable<APIMessage['components']>): string[] {
  return components
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((component) => ('custom_id' in component ? [component.custom_id] : []));
}
