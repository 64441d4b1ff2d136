// What can be done with a message: a few buttons beside it, and the whole list in a menu.
import type { APIMessage } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { mayIn } from '../actions/permissions.ts';
import { updateColumn, updateDraft } from '../store/columns.ts';
import { nameOf } from '../text/names.ts';
import { type IconName, icon } from './icons.ts';
import { anchorOf, openOverlay } from './overlay.ts';
import { openPicker } from './reactions.ts';
import type { View } from './view.ts';

/**
 * Draws a message's buttons; they are seen while the pointer or the keyboard is on the message.
 * @param message the message
 * @param view the column
 * @returns the toolbar
 */
export function messageToolbar(message: APIMessage, view: View): TemplateResult {
  const mine = message.author.id === view.column.memberId;
  const writes = view.viewer?.channels?.get(message.channel_id)?.canWrite ?? true;
  const reacts = view.column.place.kind === 'dms' || mayIn(view.viewer, message.channel_id, 'AddReactions');
  const name = nameOf(view.guild, message.author.id);
  return html`
    <div class="toolbar" role="toolbar" aria-label="Message of ${name}">
      ${reacts ? tool('smile', 'Add reaction', (event) => openPicker(event, message, view)) : nothing}
      ${writes ? tool('reply', 'Reply', () => startReply(message, view)) : nothing}
      ${mine ? tool('edit', 'Edit', () => startEdit(message, view)) : nothing}
      ${tool('more', 'More', (event) => openMessageMenu(event, message, view))}
    </div>
  `;
}

function tool(name: IconName, label: string, action: (event: Event) => void): TemplateResult {
  return html`<button type="button" class="tool" title=${label} aria-label=${label} @click=${action}>${icon(name)}</button>`;
}

/**
 * Opens a message's menu.
 * @param event the click
 * @param message the message
 * @param view the column
 */
export function openMessageMenu(event: Event, message: APIMessage, view: View): void {
  openOverlay({
    kind: 'message-menu',
    columnId: view.column.id,
    channelId: message.channel_id,
    messageId: message.id,
    anchor: anchorOf(event),
  });
}

/**
 * Begins a reply.
 * @param message to what
 * @param view the column
 */
export function startReply(message: APIMessage, view: View): void {
  updateDraft(view.column.id, { replyTo: message.id });
  focusComposer(view.column.id);
}

/**
 * Puts the keyboard into a column's composer.
 * @param columnId which column
 */
export function focusComposer(columnId: number): void {
  // After the frame in which it appears.
  setTimeout(() => document.querySelector<HTMLElement>(`#composer-${columnId}`)?.focus(), 50);
}

/**
 * Begins to edit a message.
 * @param message one's own
 * @param view the column
 */
export function startEdit(message: APIMessage, view: View): void {
  updateColumn(view.column.id, (column) => {
    column.editing = { messageId: message.id, text: message.content };
  });
  setTimeout(() => document.querySelector<HTMLElement>('.edit textarea')?.focus(), 50);
}
