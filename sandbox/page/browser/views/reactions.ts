// Reactions below a message.
import type { APIMessage, APIReaction } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { emojiKey, toggleReaction } from '../actions/writing.ts';
import { icon } from './icons.ts';
import { anchorOf, openOverlay } from './overlay.ts';
import type { View } from './view.ts';

/**
 * Draws a message's reactions.
 * @param message the message
 * @param view the column
 * @returns a button for each emoji, and one that adds another
 */
export function reactionsView(message: APIMessage, view: View): TemplateResult | typeof nothing {
  const reactions = message.reactions ?? [];
  if (reactions.length === 0) return nothing;
  return html`
    <div slot="reactions" class="reactions" role="group" aria-label="Reactions">
      ${reactions.map((reaction) => reactionView(reaction, message, view))}
      <button
        type="button"
        class="reaction add"
        aria-label="Add reaction"
        @click=${(event: Event) => openPicker(event, message, view)}
      >
        ${icon('smile')}
      </button>
    </div>
  `;
}

function reactionView(reaction: APIReaction, message: APIMessage, view: View): TemplateResult {
  const emoji = emojiKey(reaction.emoji);
  const shown = reaction.emoji.id ? `:${reaction.emoji.name}:` : reaction.emoji.name;
  const people = reaction.count === 1 ? '1 reaction' : `${reaction.count} reactions`;
  return html`
    <button
      type="button"
      class="reaction ${reaction.me ? 'mine' : ''}"
      aria-pressed=${reaction.me}
      aria-label="${shown}, ${people}"
      @click=${() => void toggleReaction(view.column.memberId, message, emoji, reaction.me)}
    >
      <span class="emoji">${shown}</span> <span class="count">${reaction.count}</span>
    </button>
  `;
}

/**
 * Opens the emoji picker for a reaction.
 * @param event the click
 * @param message what to react to
 * @param view the column
 */
export function openPicker(event: Event, message: APIMessage, view: View): void {
  openOverlay({
    kind: 'react',
    columnId: view.column.id,
    channelId: message.channel_id,
    messageId: message.id,
    anchor: anchorOf(event),
  });
}
