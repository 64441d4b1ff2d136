// The channels that a member sees, by category, with who sits in the voice channels.
import type { APIChannel, Snowflake } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { sitDown } from '../actions/members.ts';
import { goTo } from '../store/columns.ts';
import type { Guild } from '../store/state.ts';
import { isUnread } from '../store/viewers.ts';
import { avatarOf } from '../text/avatar.ts';
import { channelKind, nameOf } from '../text/names.ts';
import { guildHeader } from './guild-header.ts';
import { icon } from './icons.ts';
import { userPanel } from './user-panel.ts';
import { openMember, type View } from './view.ts';

const THREADS_SHOWN = 5;

interface Category {
  channel: APIChannel | null;
  channels: APIChannel[];
}

/**
 * Draws the channel list.
 * @param view the column
 * @returns the list with the guild's name above and the member below
 */
export function channelList(view: View): TemplateResult {
  return html`
    <nav class="sidebar" aria-label="Channels">
      ${guildHeader(view)}
      <div class="sidebar-scroll">
        ${eventsEntry(view)}
        ${visibleCategories(view).map((category) => categoryView(category, view))}
        ${view.viewer?.channels?.size === 0 ? html`<p class="sidebar-empty">You see no channels here.</p>` : nothing}
      </div>
      ${userPanel(view)}
    </nav>
  `;
}

/**
 * Finds where a member starts in the guild.
 * @param view the column
 * @returns the first channel that they see, or null
 */
export function firstChannel(view: View): Snowflake | null {
  const channels = visibleCategories(view).flatMap((category) => category.channels);
  return channels.find((channel) => channelKind(channel) === 'text')?.id ?? channels[0]?.id ?? null;
}

function visibleCategories(view: View): Category[] {
  const seen = view.viewer?.channels;
  return categories(view.guild)
    .map(({ channel, channels }) => ({ channel, channels: channels.filter(({ id }) => seen?.has(id)) }))
    .filter(({ channels }) => channels.length > 0);
}

function categories(guild: Guild): Category[] {
  const all = [...guild.channels.values()].sort((a, b) => positionOf(a) - positionOf(b));
  const heads = all.filter((channel) => channelKind(channel) === 'category');
  const rest = all.filter((channel) => channelKind(channel) !== 'category');
  const inside = (head: APIChannel | null) =>
    rest.filter((channel) => parentOf(channel) === (head?.id ?? null));
  return [null, ...heads].map((head) => ({ channel: head, channels: voiceLast(inside(head)) }));
}

/** In each category Discord puts what one can sit in below what one can write in. */
function voiceLast(channels: APIChannel[]): APIChannel[] {
  const isVoice = (channel: APIChannel) => ['voice', 'stage'].includes(channelKind(channel));
  return [...channels.filter((channel) => !isVoice(channel)), ...channels.filter(isVoice)];
}

function positionOf(channel: APIChannel): number {
  return 'position' in channel ? (channel.position ?? 0) : 0;
}

function parentOf(channel: APIChannel): Snowflake | null {
  return 'parent_id' in channel ? (channel.parent_id ?? null) : null;
}

function eventsEntry(view: View): TemplateResult | typeof nothing {
  const count = [...view.guild.events.values()].filter(({ event }) => event.status < 3).length;
  const current = view.column.place.kind === 'events';
  return html`
    <button type="button" class="channel ${current ? 'current' : ''}" aria-current=${current ? 'page' : nothing}
      @click=${() => goTo(view.column.id, { kind: 'events' })}>
      ${icon('calendar')} <span class="channel-name">Events</span> ${count > 0 ? html`<span class="count-chip">${count}</span>` : nothing}
    </button>
    <hr class="sidebar-line" />
  `;
}

function categoryView({ channel, channels }: Category, view: View): TemplateResult {
  const list = html`<ul>${channels.map((inner) => channelEntry(inner, view))}</ul>`;
  if (!channel) return list;
  return html`<details class="category" open><summary>${icon('category')} ${channel.name}</summary>${list}</details>`;
}

function channelEntry(channel: APIChannel, view: View): TemplateResult {
  const kind = channelKind(channel);
  const seats = kind === 'voice' || kind === 'stage' ? seatsOf(channel.id, view) : nothing;
  return html`<li>${channelButton(channel, view)} ${seats} ${threadsOf(channel.id, view)}</li>`;
}

function channelButton(channel: APIChannel, view: View): TemplateResult {
  const { column, state, viewer } = view;
  const kind = channelKind(channel);
  const voice = kind === 'voice' || kind === 'stage';
  const current = column.place.kind === 'channel' && column.place.channelId === channel.id;
  const last = 'last_message_id' in channel ? channel.last_message_id : null;
  const unread = viewer !== undefined && !current && isUnread(state, viewer, channel.id, last);
  const pings = viewer?.pings.get(channel.id)?.size ?? 0;
  const open = () => {
    if (voice && view.guild.voiceStates.get(column.memberId)?.channel_id !== channel.id) {
      void sitDown(column.memberId, channel.id);
    }
    goTo(column.id, { kind: 'channel', channelId: channel.id });
  };
  const badge =
    pings > 0 ? html`<span class="badge">${pings}</span><span class="hidden">mentions</span>` : nothing;
  return html`
    <button
      type="button"
      class="channel ${current ? 'current' : ''} ${unread || pings ? 'unread' : ''}"
      aria-current=${current ? 'page' : nothing}
      @click=${open}
    >
      ${icon(kind)} <span class="channel-name">${channel.name}</span> ${badge}
      <span class="hidden">${kind} channel${unread ? ', unread' : ''}</span>
    </button>
  `;
}

function threadsOf(channelId: Snowflake, view: View): TemplateResult | typeof nothing {
  const { column, guild, viewer } = view;
  const threads = [...guild.threads.values()]
    .filter((thread) => thread.parent_id === channelId && !thread.thread_metadata?.archived)
    .filter((thread) => viewer?.channels?.has(thread.id))
    .slice(-THREADS_SHOWN);
  // A forum's posts are listed in the forum itself.
  if (threads.length === 0 || channelKind(guild.channels.get(channelId)) === 'forum') return nothing;
  return html`<ul class="threads">
    ${threads.map((thread) => {
      const current = column.place.kind === 'channel' && column.place.channelId === thread.id;
      return html`<li><button type="button" class="channel thread ${current ? 'current' : ''}" aria-current=${current ? 'page' : nothing}
        @click=${() => goTo(column.id, { kind: 'channel', channelId: thread.id })}><span class="channel-name">${thread.name}</span></button></li>`;
    })}
  </ul>`;
}

function seatsOf(channelId: Snowflake, view: View): TemplateResult | typeof nothing {
  const seated = [...view.guild.voiceStates.values()].filter((voice) => voice.channel_id === channelId);
  if (seated.length === 0) return nothing;
  return html`
    <ul class="seats" aria-label="In this voice channel">
      ${seated.map(
        (
          voice,
        ) => html`<li><button type="button" class="seat" @click=${(event: Event) => openMember(view, voice.user_id, event)}>
          <img class="avatar small" src=${avatarOf(view.guild.users.get(voice.user_id))} alt="" />
          <span>${nameOf(view.guild, voice.user_id)}</span>
        </button></li>`,
      )}
    </ul>
  `;
}
