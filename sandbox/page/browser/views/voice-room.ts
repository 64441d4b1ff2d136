// A voice channel from inside: who sits there. There is no sound in the local Discord.
import type { Snowflake } from 'discord-api-types/v10';
import { html, type TemplateResult } from 'lit';
import { sitDown } from '../actions/members.ts';
import { avatarOf } from '../text/avatar.ts';
import { nameOf } from '../text/names.ts';
import { icon } from './icons.ts';
import { openMember, type View } from './view.ts';

/**
 * Draws a voice or stage channel.
 * @param view the column
 * @param channelId the channel
 * @returns who is in it, and the button that joins or leaves
 */
export function voiceRoom(view: View, channelId: Snowflake): TemplateResult {
  const { guild, column } = view;
  const seated = [...guild.voiceStates.values()].filter((voice) => voice.channel_id === channelId);
  const here = guild.voiceStates.get(column.memberId)?.channel_id === channelId;
  const action = here
    ? html`<button type="button" class="button danger" @click=${() => void sitDown(column.memberId, null)}>${icon('leave')} Disconnect</button>`
    : html`<button type="button" class="button success" @click=${() => void sitDown(column.memberId, channelId)}>${icon('voice')} Join voice</button>`;
  return html`
    <section class="voice-room" aria-label="Who is here">
      <ul>
        ${seated.map(
          (
            voice,
          ) => html`<li><button type="button" class="voice-tile" @click=${(event: Event) => openMember(view, voice.user_id, event)}>
            <img class="avatar large" src=${avatarOf(guild.users.get(voice.user_id))} alt="" /><span>${nameOf(guild, voice.user_id)}</span>
          </button></li>`,
        )}
        ${seated.length === 0 ? html`<li class="notice">Nobody is here yet.</li>` : ''}
      </ul>
      ${action}
    </section>
  `;
}
