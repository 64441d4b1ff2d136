// Messages that Discord itself writes: somebody joined, something was pinned, a thread was opened.
import type { APIMessage } from 'discord-api-types/v10';
import { MessageType } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import { nameOf } from '../text/names.ts';
import { messageTime } from '../text/times.ts';
import { reactionsView } from './reactions.ts';
import type { View } from './view.ts';

type Kind = 'join' | 'pin' | 'thread' | 'boost' | 'edit' | 'leave';

/** What each says, after the author's name. */
const SYSTEM_MESSAGES: Partial<Record<MessageType, { kind: Kind; text: (message: APIMessage) => string }>> = {
  [MessageType.UserJoin]: { kind: 'join', text: () => 'joined the server.' },
  [MessageType.ChannelPinnedMessage]: { kind: 'pin', text: () => 'pinned a message to this channel.' },
  [MessageType.ThreadCreated]: { kind: 'thread', text: (message) => `started a thread: ${message.content}` },
  [MessageType.GuildBoost]: { kind: 'boost', text: () => 'just boosted the server!' },
  [MessageType.ChannelNameChange]: {
    kind: 'edit',
    text: (message) => `changed the name to ${message.content}`,
  },
  [MessageType.RecipientAdd]: { kind: 'join', text: () => 'was added.' },
  [MessageType.RecipientRemove]: { kind: 'leave', text: () => 'left.' },
  [MessageType.PollResult]: { kind: 'edit', text: () => 'closed a poll.' },
};

/**
 * Tells messages of Discord from those of people.
 * @param message the message
 * @returns whether Discord wrote it
 */
export function isSystemMessage(message: APIMessage): boolean {
  return SYSTEM_MESSAGES[message.type] !== undefined;
}

/**
 * Draws a message of Discord.
 * @param message one for which `isSystemMessage` holds
 * @param view the column
 * @returns the message
 */
export function systemMessageView(message: APIMessage, view: View): TemplateResult {
  const kind = SYSTEM_MESSAGES[message.type];
  return html`
    <discord-system-message type=${kind?.kind ?? 'edit'} timestamp=${messageTime(message.timestamp, view.state.now)}>
      <i>${nameOf(view.guild, message.author.id)}</i> ${kind?.text(message) ?? ''} ${reactionsView(message, view)}
    </discord-system-message>
  `;
}
