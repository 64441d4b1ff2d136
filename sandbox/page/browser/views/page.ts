// The whole page.
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { repeat } from 'lit/directives/repeat.js';
import { columnById } from '../store/columns.ts';
import type { Guild, State } from '../store/state.ts';
import { columnView } from './column.ts';
import {
  deleteDialog,
  eventDialog,
  inviteDialog,
  nicknameDialog,
  pinsDialog,
  rolesDialog,
  threadDialog,
} from './dialogs.ts';
import { emojiPicker } from './emoji-picker.ts';
import { firstSteps } from './first-steps.ts';
import { joinDialog } from './join-dialog.ts';
import { memberMenu } from './member-menu.ts';
import { memberSwitcher } from './member-switcher.ts';
import { messageMenu } from './message-menu.ts';
import { modalView } from './modal.ts';
import { staffPanel } from './staff-panel.ts';
import { toastsView } from './toasts.ts';
import { topBar } from './top-bar.ts';
import { viewOf } from './view.ts';

/**
 * Draws the page.
 * @param state what there is to draw
 * @returns the page
 */
export function page(state: State): TemplateResult {
  const { guild } = state;
  return html`
    ${topBar(state)} ${firstSteps(state)}
    <div class="desk">
      <div class="columns">${guild ? columns(state, guild) : waiting(state)}</div>
      ${guild ? staffPanel(state, guild) : nothing}
    </div>
    ${guild ? overlay(state, guild) : nothing} ${guild ? keyed(state.dialog?.kind, dialog(state, guild)) : nothing}
    ${guild ? modal(state, guild) : nothing} ${toastsView(state.toasts)}
    <p class="hidden" aria-live="polite">${state.announcement}</p>
  `;
}

function columns(state: State, guild: Guild): unknown {
  return repeat(
    state.columns,
    ({ id }) => id,
    (column) => columnView(viewOf(state, guild, column)),
  );
}

function waiting(state: State): TemplateResult {
  const text =
    state.connection === 'away' ? 'The local Discord is not there. Trying to reach it…' : 'Connecting…';
  return html`<p class="notice big" role="status">${text}</p>`;
}

function overlay(state: State, guild: Guild): TemplateResult | typeof nothing {
  const { overlay: open } = state;
  if (!open) return nothing;
  if (open.kind === 'switch-member') return memberSwitcher(state, guild, open);
  if (open.kind === 'react' || open.kind === 'insert-emoji') return emojiPicker(open);
  const column = columnById(open.columnId);
  if (!column) return nothing;
  const view = viewOf(state, guild, column);
  return open.kind === 'message-menu' ? messageMenu(view, open) : memberMenu(view, open);
}

function dialog(state: State, guild: Guild): TemplateResult | typeof nothing {
  const { dialog: open } = state;
  if (!open) return nothing;
  if (open.kind === 'join') return joinDialog(guild);
  const column = columnById(open.columnId);
  if (!column) return nothing;
  const view = viewOf(state, guild, column);
  switch (open.kind) {
    case 'delete-message':
      return deleteDialog(view, open);
    case 'new-thread':
      return threadDialog(view, open);
    case 'new-event':
      return eventDialog(view);
    case 'invite':
      return inviteDialog(view, open);
    case 'nickname':
      return nicknameDialog(view, open);
    case 'roles':
      return rolesDialog(view, open);
    case 'pins':
      return pinsDialog(view, open);
  }
}

function modal(state: State, guild: Guild): TemplateResult | typeof nothing {
  const [open] = state.modals;
  if (!open) return nothing;
  // Keyed: what was typed into one modal must not stand in the next.
  return html`${keyed(open.interactionId, modalView(open, guild, state.settings?.botId ?? ''))}`;
}
