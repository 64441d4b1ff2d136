// The strip at the very left: direct messages, and the guild.
import { html, nothing, type TemplateResult } from 'lit';
import { dmChannelOf, goTo } from '../store/columns.ts';
import type { Place } from '../store/state.ts';
import { avatarOf } from '../text/avatar.ts';
import { nameOf } from '../text/names.ts';
import { firstChannel } from './channel-list.ts';
import { icon } from './icons.ts';
import type { View } from './view.ts';

/**
 * Draws the strip.
 * @param view the column
 * @returns a button for the direct messages and one for the guild
 */
export function rail(view: View): TemplateResult {
  const { guild, column } = view;
  const direct = column.place.kind === 'dms';
  const dmId = dmChannelOf(guild, column.memberId);
  const unread = (dmId && view.viewer?.pings.get(dmId)?.size) || 0;
  const mentions = mentionCount(view, dmId);
  const botId = view.state.settings?.botId ?? '';
  return html`
    <nav class="rail" aria-label="Direct messages and server">
      ${railButton({ view, place: { kind: 'dms' }, label: 'Direct messages', count: 0, current: direct, content: icon('home') })}
      ${
        unread > 0 && !direct
          ? railButton({
              view,
              place: { kind: 'dms' },
              label: `${unread} new from ${nameOf(guild, botId)}`,
              count: unread,
              current: false,
              content: html`<img class="avatar rail-avatar" src=${avatarOf(guild.users.get(botId))} alt="" />`,
            })
          : nothing
      }
      <span class="rail-line" aria-hidden="true"></span>
      ${railButton({ view, place: guildPlace(view), label: guild.guild.name, count: mentions, current: !direct, content: initials(guild.guild.name) })}
    </nav>
  `;
}

function mentionCount(view: View, dmId: string | null): number {
  return [...(view.viewer?.pings ?? [])]
    .filter(([channelId]) => channelId !== dmId && view.viewer?.channels?.has(channelId))
    .reduce((sum, [, pings]) => sum + pings.size, 0);
}

function guildPlace(view: View): Place {
  if (view.column.place.kind !== 'dms') return view.column.place;
  const channelId = firstChannel(view);
  return channelId ? { kind: 'channel', channelId } : { kind: 'events' };
}

interface RailButton {
  view: View;
  place: Place;
  label: string;
  count: number;
  current: boolean;
  content: unknown;
}

function railButton({ view, place, label, count, current, content }: RailButton): TemplateResult {
  const badge = count > 0 ? html`<span class="badge">${count > 99 ? '99+' : count}</span>` : nothing;
  return html`
    <button
      type="button"
      class="rail-button ${current ? 'current' : ''}"
      title=${label}
      aria-current=${current ? 'page' : nothing}
      @click=${() => goTo(view.column.id, place)}
    >
      ${content} ${badge} <span class="hidden">${label}${count > 0 ? ', unread' : ''}</span>
    </button>
  `;
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => [...word][0] ?? '')
    .join('')
    .slice(0, 3);
}
