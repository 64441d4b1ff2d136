// The member who is acted as, below the channels: where they sit, who they are, their settings.
import { html, nothing, type TemplateResult } from 'lit';
import { sitDown } from '../actions/members.ts';
import { avatarOf } from '../text/avatar.ts';
import { channelName, nameOf } from '../text/names.ts';
import { icon } from './icons.ts';
import { openMember, type View } from './view.ts';

/**
 * Draws the panel.
 * @param view the column
 * @returns name and avatar, and where the member sits
 */
export function userPanel(view: View): TemplateResult {
  const { guild, column } = view;
  const user = guild.users.get(column.memberId);
  const seat = guild.voiceStates.get(column.memberId)?.channel_id;
  return html`
    <div class="user-panel">
      ${seat ? seatLine(view, seat) : nothing}
      <button type="button" class="user-card"
        @click=${(event: Event) => openMember(view, column.memberId, event)}>
        <img class="avatar" src=${avatarOf(user)} alt="" />
        <span class="user-names"><span class="hidden">Your profile:</span><b>${nameOf(guild, column.memberId)}</b><small>${user?.username ?? ''}</small></span>
        ${icon('more')}
      </button>
    </div>
  `;
}

function seatLine(view: View, channelId: string): TemplateResult {
  return html`
    <div class="seat-line">
      ${icon('voice')}
      <span><b>Voice connected</b><small>${channelName(view.guild, channelId)}</small></span>
      <button type="button" class="plain-icon" title="Disconnect" aria-label="Disconnect from voice"
        @click=${() => void sitDown(view.column.memberId, null)}>${icon('leave')}</button>
    </div>
  `;
}
