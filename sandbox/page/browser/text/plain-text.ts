// A message as one line of text: for replies, announcements and labels.
import type { Guild } from '../store/state.ts';
import { channelName, nameOf } from './names.ts';

/**
 * Puts names for mentions and drops what marks up.
 * @param guild the guild
 * @param content a message's content
 * @returns one line
 */
export function plainText(guild: Guild, content: string): string {
  return content
    .replace(/<@!?(\d+)>/g, (_, id: string) => `@${nameOf(guild, id)}`)
    .replace(/<@&(\d+)>/g, (_, id: string) => `@${guild.roles.get(id)?.name ?? 'unknown role'}`)
    .replace(/<#(\d+)>/g, (_, id: string) => `#${channelName(guild, id)}`)
    .replace(/<a?:(\w+):\d+>/g, ':$1:')
    .replace(/<t:(-?\d+)(?::\w)?>/g, (_, seconds: string) =>
      new Date(Number(seconds) * 1000).toLocaleString(),
    )
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replace(/[*_~|`]{2,}|^#{1,3} |^> /gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}
