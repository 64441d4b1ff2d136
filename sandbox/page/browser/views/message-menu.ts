// Everything that can be done with a message.
import type { APIMessage } from 'discord-api-types/v10';
import { ApplicationCommandType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { runOnTarget } from '../actions/commands.ts';
import { copy } from '../actions/members.ts';
import { mayIn, mayUse } from '../actions/permissions.ts';
import { deleteMessage, togglePin } from '../actions/writing.ts';
import { historyKey, type Overlay } from '../store/state.ts';
import { nameOf } from '../text/names.ts';
import { plainText } from '../text/plain-text.ts';
import { startEdit, startReply } from './message-toolbar.ts';
import { menuItem, openDialog, openOverlay, popover } from './overlay.ts';
import type { View } from './view.ts';

type MessageMenu = Extract<Overlay, { kind: 'message-menu' }>;

/**
 * Draws a message's menu.
 * @param view the column
 * @param overlay which message
 * @returns the menu; nothing when the message is gone
 */
export function messageMenu(view: View, overlay: MessageMenu): TemplateResult | typeof nothing {
  const history = view.state.histories.get(historyKey(view.column.memberId, overlay.channelId));
  const viewed = history?.messages.find(({ message }) => message.id === overlay.messageId);
  if (!viewed) return nothing;
  const { message } = viewed;
  return popover(
    overlay.anchor,
    `Message of ${nameOf(view.guild, message.author.id)}`,
    'menu',
    viewed.visibleTo ? ephemeralItems(message, view) : ordinaryItems(message, view, overlay),
  );
}

function ephemeralItems(message: APIMessage, view: View): TemplateResult {
  return html`${copyItems(message, view)} ${menuItem('Dismiss message', () => remove(message, view), 'danger')}`;
}

function ordinaryItems(message: APIMessage, view: View, overlay: MessageMenu): TemplateResult {
  const { column, guild } = view;
  const mine = message.author.id === column.memberId;
  const direct = column.place.kind === 'dms';
  const manages = !direct && mayIn(view.viewer, overlay.channelId, 'ManageMessages');
  const pins = !direct && mayIn(view.viewer, overlay.channelId, 'PinMessages');
  const { anchor } = overlay;
  const place = { columnId: column.id, channelId: overlay.channelId, messageId: message.id };
  return html`
    ${menuItem('Add reaction', () => openOverlay({ kind: 'react', ...place, anchor }))}
    ${menuItem('Reply', () => startReply(message, view))}
    ${mine ? menuItem('Edit message', () => startEdit(message, view)) : nothing}
    ${!direct && !message.thread && mayIn(view.viewer, overlay.channelId, 'CreatePublicThreads') ? menuItem('Create thread', () => openDialog({ kind: 'new-thread', ...place })) : nothing}
    ${pins ? menuItem(message.pinned ? 'Unpin message' : 'Pin message', () => void togglePin(column.memberId, message)) : nothing}
    ${menuItem(`Profile of ${nameOf(guild, message.author.id)}`, () => openOverlay({ kind: 'member-menu', columnId: column.id, userId: message.author.id, anchor }))}
    ${appItems(message, view)}
    <hr />
    ${copyItems(message, view)}
    ${mine || manages ? menuItem('Delete message', () => openDialog({ kind: 'delete-message', ...place }), 'danger') : nothing}
  `;
}

function appItems(message: APIMessage, view: View): TemplateResult | typeof nothing {
  const commands = view.guild.commands.filter(
    (command) =>
      command.type === ApplicationCommandType.Message &&
      mayUse(view.guild, view.column.memberId, command.default_member_permissions),
  );
  if (commands.length === 0) return nothing;
  return html`<hr /><p class="menu-title">Apps</p>
    ${commands.map((command) => menuItem(command.name, () => void runOnTarget(view.column, command.id, message.id)))}`;
}

function copyItems(message: APIMessage, view: View): TemplateResult {
  return html`
    ${message.content ? menuItem('Copy text', () => void copy(plainText(view.guild, message.content), 'Text')) : nothing}
    ${menuItem('Copy message ID', () => void copy(message.id, 'Message ID'))}
  `;
}

function remove(message: APIMessage, view: View): void {
  void deleteMessage(view.column.memberId, message.channel_id, message.id);
}
