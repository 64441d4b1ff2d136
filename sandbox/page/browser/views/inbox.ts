// A member's direct messages.
import { html, nothing, type TemplateResult } from 'lit';
import { setDirectMessages } from '../actions/members.ts';
import { dmChannelOf, goTo } from '../store/columns.ts';
import { avatarOf } from '../text/avatar.ts';
import { nameOf } from '../text/names.ts';
import { userPanel } from './user-panel.ts';
import type { View } from './view.ts';

/**
 * Draws the list of those whom the member has direct messages with: in the local Discord, the bot alone.
 * @param view the column
 * @returns the list, and the switch that closes direct messages
 */
export function inbox(view: View): TemplateResult {
  const { guild, column, member } = view;
  const botId = view.state.settings?.botId ?? '';
  const channelId = dmChannelOf(guild, column.memberId);
  const unread = (channelId && view.viewer?.pings.get(channelId)?.size) || 0;
  return html`
    <nav class="sidebar" aria-label="Direct messages">
      <header class="guild-header"><h2>Direct messages</h2></header>
      <div class="sidebar-scroll">
        <button type="button" class="channel current person" aria-current="page" @click=${() => goTo(column.id, { kind: 'dms' })}>
          <span class="presence ${guild.botOnline ? 'online' : 'offline'}">
            <img class="avatar small" src=${avatarOf(guild.users.get(botId))} alt="" />
          </span>
          <span class="channel-name">${nameOf(guild, botId)}</span>
          ${unread > 0 ? html`<span class="badge">${unread}</span>` : nothing}
        </button>
        ${
          member
            ? html`<label class="switch-line">
                <input type="checkbox" role="switch" .checked=${member.dmsOpen}
                  @change=${(event: Event) => void setDirectMessages(column.memberId, (event.target as HTMLInputElement).checked)} />
                <span>Allow direct messages<small>When off, the bot gets Discord's error 50007.</small></span>
              </label>`
            : nothing
        }
      </div>
      ${userPanel(view)}
    </nav>
  `;
}
