// Tells a screen reader of new messages where the person is looking.
import type { APIMessage, Snowflake } from 'discord-api-types/v10';
import { nameOf } from '../text/names.ts';
import { plainText } from '../text/plain-text.ts';
import { channelOf, columnById } from './columns.ts';
import type { State } from './state.ts';

/**
 * Announces a message that appears in the active column.
 * @param current the state, changed in place
 * @param message the message
 * @param visibleTo the one member who sees it, or null
 */
export function announceMessage(current: State, message: APIMessage, visibleTo: Snowflake | null): void {
  const column = columnById(current.activeColumn);
  const { guild } = current;
  if (!column || !guild || message.author.id === column.memberId) return;
  if (visibleTo !== null && visibleTo !== column.memberId) return;
  if (channelOf(column) !== message.channel_id) return;
  const title = message.embeds[0]?.title;
  const text = plainText(guild, message.content) || title || 'sent something';
  current.announcement = `${nameOf(guild, message.author.id)}: ${text}`;
}
