// What stands above the messages when the member's situation is not the ordinary one.
import { html, nothing, type TemplateResult } from 'lit';
import { comeBack, passScreening } from '../actions/members.ts';
import { nameOf } from '../text/names.ts';
import { relativeTime } from '../text/times.ts';
import type { View } from './view.ts';

/**
 * Draws the banners that apply.
 * @param view the column
 * @returns a banner for each: has left, has not passed the screening, is timed out, the bot is away
 */
export function banners(view: View): (TemplateResult | typeof nothing)[] {
  return [leftBanner(view), pendingBanner(view), timeoutBanner(view), botBanner(view)];
}

function leftBanner({ guild, column, member }: View): TemplateResult | typeof nothing {
  if (member) return nothing;
  return html`
    <div class="banner" role="status">
      <span><b>${nameOf(guild, column.memberId)}</b> is not in ${guild.guild.name} any more.</span>
      <button type="button" class="button primary" @click=${() => void comeBack(column.memberId)}>Join again</button>
    </div>
  `;
}

function pendingBanner({ column, member }: View): TemplateResult | typeof nothing {
  if (!member?.member.pending) return nothing;
  return html`
    <div class="banner" role="status">
      <span>You must accept the server's rules before you can talk.</span>
      <button type="button" class="button primary" @click=${() => void passScreening(column.memberId)}>Accept the rules</button>
    </div>
  `;
}

function timeoutBanner({ member, state }: View): TemplateResult | typeof nothing {
  const until = member?.member.communication_disabled_until;
  if (!until || Date.parse(until) <= state.now) return nothing;
  return html`<div class="banner" role="status"><span>You are timed out. It ends ${relativeTime(Date.parse(until), state.now)}.</span></div>`;
}

function botBanner({ guild, state }: View): TemplateResult | typeof nothing {
  if (guild.botOnline || state.connection !== 'live') return nothing;
  const bot = nameOf(guild, state.settings?.botId ?? '');
  return html`<div class="banner quiet" role="status"><span><b>${bot}</b> is not connected. Buttons and commands will fail until it is.</span></div>`;
}
