// One member's Discord: strip, channels, messages, members. How much of it stands side by side is decided by the
// width of the column (styles/column.css), so that a phone and a third of a desktop are the same.
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { channelOf, closeColumn, updateColumn } from '../store/columns.ts';
import { placeKey } from '../store/state.ts';
import { update } from '../store/store.ts';
import { avatarOf } from '../text/avatar.ts';
import { channelById, channelKind, nameOf } from '../text/names.ts';
import { banners } from './banners.ts';
import { channelHeader } from './channel-header.ts';
import { channelList } from './channel-list.ts';
import { composer } from './composer.ts';
import { eventsView } from './events.ts';
import { forumView } from './forum.ts';
import { icon } from './icons.ts';
import { inbox } from './inbox.ts';
import { memberList } from './member-list.ts';
import { messageList } from './message-list.ts';
import { anchorOf, openOverlay } from './overlay.ts';
import { rail } from './rail.ts';
import type { View } from './view.ts';
import { voiceRoom } from './voice-room.ts';

/**
 * Draws a column.
 * @param view the column
 * @returns the whole of it
 */
export function columnView(view: View): TemplateResult {
  const { column, state, guild } = view;
  const direct = column.place.kind === 'dms';
  const name = nameOf(guild, column.memberId);
  const classes = [
    'column',
    column.drawer ? `drawer-${column.drawer}` : '',
    column.membersShown && !direct ? 'with-members' : '',
  ];
  return html`
    <section class=${classes.join(' ')} aria-label="Discord as ${name} sees it" @focusin=${() => activate(view)}
      @keydown=${(event: KeyboardEvent) => closeDrawer(event, view)}>
      ${columnBar(view)}
      <div class="column-body">
        <div class="left">${rail(view)} ${direct ? inbox(view) : channelList(view)}</div>
        <main class="middle" id="main-${column.id}">
          ${channelHeader(view)} ${banners(view)} ${keyed(`${column.memberId}/${placeKey(column.place)}`, placeView(view))}
        </main>
        ${direct ? nothing : html`<div class="right">${memberList(view)}</div>`}
        ${column.drawer ? html`<button type="button" class="drawer-backdrop" aria-label="Close" @click=${() => setDrawer(view, null)}></button>` : nothing}
        ${state.connection === 'away' ? html`<p class="away-notice" role="status">${icon('warn')} The local Discord is not there. Trying to reach it…</p>` : nothing}
      </div>
    </section>
  `;
}

function activate(view: View): void {
  if (view.state.activeColumn === view.column.id) return;
  update((state) => {
    state.activeColumn = view.column.id;
  });
}

function setDrawer(view: View, drawer: 'channels' | 'members' | null): void {
  updateColumn(view.column.id, (column) => {
    column.drawer = drawer;
  });
}

function closeDrawer(event: KeyboardEvent, view: View): void {
  if (event.key === 'Escape' && view.column.drawer) setDrawer(view, null);
}

/** Not a part of Discord: here one chooses as whom one looks at it. */
function columnBar(view: View): TemplateResult {
  const { column, guild, state } = view;
  const name = nameOf(guild, column.memberId);
  const choose = (event: Event, columnId: number | 'new') =>
    openOverlay({ kind: 'switch-member', columnId, anchor: anchorOf(event), search: '' });
  return html`
    <div class="column-bar">
      <button type="button" class="acting-as" aria-haspopup="dialog" aria-label="Acting as ${name}. Switch member" @click=${(event: Event) => choose(event, column.id)}>
        <span class="acting-label">Acting as</span>
        <img class="avatar small" src=${avatarOf(guild.users.get(column.memberId))} alt="" />
        <b>${name}</b>${icon('down')}
      </button>
      <span class="spring"></span>
      <button type="button" class="bar-button" title="Open another member beside" aria-label="Side by side: open another member" @click=${(event: Event) => choose(event, 'new')}>${icon('columns')}<span class="bar-text">Side by side</span></button>
      ${state.columns.length > 1 ? html`<button type="button" class="bar-button" title="Close this column" aria-label="Close the column of ${name}" @click=${() => closeColumn(column.id)}>${icon('close')}</button>` : nothing}
    </div>
  `;
}

function placeView(view: View): TemplateResult {
  const { column, guild } = view;
  if (column.place.kind === 'events') return eventsView(view);
  const channelId = channelOf(column);
  if (column.place.kind === 'dms' && !channelId) return html`${noMessagesYet(view)} ${composer(view, null)}`;
  if (!channelId) return html`<p class="notice">Choose a channel.</p>`;
  const channel = channelById(guild, channelId);
  if (!channel) return html`<p class="notice">This channel is not there any more.</p>`;
  if (column.place.kind === 'channel' && view.viewer?.channels && !view.viewer.channels.has(channelId)) {
    return html`<p class="notice big">${icon('lock')} ${nameOf(guild, column.memberId)} does not see this channel.</p>`;
  }
  const kind = channelKind(channel);
  if (kind === 'forum') return forumView(view, channelId);
  const room = kind === 'voice' || kind === 'stage' ? voiceRoom(view, channelId) : nothing;
  return html`${room} ${messageList(view, channelId)} ${composer(view, channelId)}`;
}

function noMessagesYet(view: View): TemplateResult {
  const bot = nameOf(view.guild, view.state.settings?.botId ?? '');
  return html`<div class="messages"><p class="notice big">${icon('dm')} No direct messages yet. When ${bot} writes to ${nameOf(view.guild, view.column.memberId)}, it appears here.</p></div>`;
}
