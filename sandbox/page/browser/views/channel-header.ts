// The line above the messages: where one is, and what can be shown beside.
import type { APIChannel } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { channelOf, updateColumn } from '../store/columns.ts';
import { channelById, channelKind, nameOf } from '../text/names.ts';
import { type IconName, icon } from './icons.ts';
import { openDialog } from './overlay.ts';
import type { View } from './view.ts';

/**
 * Draws the line.
 * @param view the column
 * @returns name, topic, and buttons for pins, threads and members
 */
export function channelHeader(view: View): TemplateResult {
  const { column } = view;
  const channelId = column.place.kind === 'channel' ? channelOf(column) : null;
  const channel = channelId ? channelById(view.guild, channelId) : undefined;
  const { sign, name } = titleOf(view, channel);
  const topic = channel && 'topic' in channel ? channel.topic : null;
  return html`
    <header class="channel-header">
      <button type="button" class="plain-icon only-narrow" aria-label="Show channels" @click=${() => drawer(view, 'channels')}>${icon('menu')}</button>
      ${icon(sign)}
      <h2>${name}</h2>
      ${topic ? html`<p class="topic" title=${topic}>${topic}</p>` : html`<span class="spring"></span>`}
      ${channel && canHoldThreads(channel) ? headerButton('thread', 'New thread', () => openDialog({ kind: 'new-thread', columnId: column.id, channelId: channel.id, messageId: null })) : nothing}
      ${channel ? headerButton('pin', 'Pinned messages', () => openDialog({ kind: 'pins', columnId: column.id, channelId: channel.id, messages: null })) : nothing}
      ${column.place.kind === 'dms' ? nothing : membersButton(view)}
    </header>
  `;
}

function titleOf(view: View, channel: APIChannel | undefined): { sign: IconName; name: string } {
  if (view.column.place.kind === 'dms')
    return { sign: 'dm', name: nameOf(view.guild, view.state.settings?.botId ?? '') };
  if (view.column.place.kind === 'events') return { sign: 'calendar', name: 'Events' };
  return { sign: channelKind(channel), name: channel?.name ?? 'Unknown channel' };
}

function canHoldThreads(channel: APIChannel): boolean {
  return ['text', 'announcement'].includes(channelKind(channel));
}

function headerButton(name: IconName, label: string, action: () => void): TemplateResult {
  return html`<button type="button" class="plain-icon" title=${label} aria-label=${label} @click=${action}>${icon(name)}</button>`;
}

/** Where there is room the members stand beside the messages; elsewhere they slide in. */
function membersButton(view: View): TemplateResult {
  const { column } = view;
  return html`
    <button type="button" class="plain-icon only-wide" title="Members" aria-label="Member list" aria-pressed=${column.membersShown}
      @click=${() =>
        updateColumn(column.id, (changed) => {
          changed.membersShown = !changed.membersShown;
        })}>${icon('members')}</button>
    <button type="button" class="plain-icon only-not-wide" title="Members" aria-label="Show members" @click=${() => drawer(view, 'members')}>${icon('members')}</button>
  `;
}

function drawer(view: View, which: 'channels' | 'members'): void {
  updateColumn(view.column.id, (column) => {
    column.drawer = column.drawer === which ? null : which;
  });
}
