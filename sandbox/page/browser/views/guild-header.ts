// The guild's name above the channels.
import { html, type TemplateResult } from 'lit';
import { icon } from './icons.ts';
import { openDialog } from './overlay.ts';
import type { View } from './view.ts';

/**
 * Draws the guild's name, and a button that invites people.
 * @param view the column
 * @returns the header
 */
export function guildHeader(view: View): TemplateResult {
  const invite = () => openDialog({ kind: 'invite', columnId: view.column.id, code: null });
  return html`
    <header class="guild-header">
      <h2>${view.guild.guild.name}</h2>
      <button type="button" class="plain-icon" title="Invite people" aria-label="Invite people" @click=${invite}>${icon('join')}</button>
    </header>
  `;
}
