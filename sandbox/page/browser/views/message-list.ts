// The messages of a channel.
import type { APIMessage } from 'discord-api-types/v10';
import { MessageType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ViewedMessage } from '../../../control/api.ts';
import { loadOlder } from '../store/histories.ts';
import { latestOn } from '../store/interactions.ts';
import { type History, historyKey, type StartedInteraction } from '../store/state.ts';
import { markRead } from '../store/viewers.ts';
import { channelById, channelKind, channelTitle, nameOf } from '../text/names.ts';
import { plainText } from '../text/plain-text.ts';
import { dayNumber, longDate } from '../text/times.ts';
import { icon } from './icons.ts';
import { messageView } from './message.ts';
import { openMessageMenu } from './message-toolbar.ts';
import { keepScroll } from './scroll-keeper.ts';
import { isSystemMessage, systemMessageView } from './system-message.ts';
import type { View } from './view.ts';

const JOINED_WITHIN_MS = 7 * 60_000;

/**
 * Draws the messages of a channel, newest at the bottom.
 * @param view the column
 * @param channelId the channel
 * @returns the list
 */
export function messageList(view: View, channelId: string): TemplateResult {
  const history = view.state.histories.get(historyKey(view.column.memberId, channelId));
  const messages = history?.messages ?? [];
  const label = labelOf(view, channelId);
  return html`
    <div
      class="messages"
      tabindex="-1"
      @keydown=${moveBetweenMessages}
      ${keepScroll({
        version: messages,
        onStart: () => history && void loadOlder(history),
        onEnd: () => seen(view, channelId, messages),
      })}
    >
      <ol class="message-rows" aria-label=${label} aria-busy=${history?.loading ?? true}>
        ${beginning(view, channelId, history)}
        ${repeat(
          messages,
          ({ message }) => message.id,
          (viewed, index) => row(viewed, messages[index - 1], view, index === messages.length - 1),
        )}
        ${pendingCommands(view, channelId).map((started) => pendingRow(started, view))}
      </ol>
    </div>
  `;
}

function labelOf(view: View, channelId: string): string {
  if (view.column.place.kind === 'dms') return 'Direct messages';
  return `Messages in ${channelTitle(view.guild, channelId)}`;
}

function seen(view: View, channelId: string, messages: ViewedMessage[]): void {
  const newest = messages.findLast((viewed) => viewed.visibleTo === null) ?? messages.at(-1);
  // What nobody looks at is not read.
  if (newest && !document.hidden) markRead(view.column.memberId, channelId, newest.message.id);
}

function beginning(
  view: View,
  channelId: string,
  history: History | undefined,
): TemplateResult | typeof nothing {
  if (history?.error) return html`<li class="notice problem"><p role="alert">${history.error}</p></li>`;
  if (!history?.loaded) return html`<li class="notice" aria-hidden="true">${skeleton()}</li>`;
  if (!history.complete) return html`<li class="notice">Loading earlier messages…</li>`;
  if (view.column.place.kind === 'dms') return html`<li class="beginning">${dmBeginning(view)}</li>`;
  const channel = channelById(view.guild, channelId);
  const topic = channel && 'topic' in channel ? channel.topic : null;
  const title = channelTitle(view.guild, channelId);
  const thread = channelKind(channel) === 'thread';
  return html`
    <li class="beginning">
      <span class="beginning-icon">${icon(channelKind(channel))}</span>
      <h3>${thread ? title : `Welcome to ${title}!`}</h3>
      <p>${thread ? 'This thread begins here.' : `This is where ${title} begins.`} ${topic ?? ''}</p>
    </li>
  `;
}

function dmBeginning(view: View): TemplateResult {
  const bot = nameOf(view.guild, view.state.settings?.botId ?? '');
  return html`<h3>${bot}</h3><p>This is the beginning of your direct messages with <b>${bot}</b>.</p>`;
}

function skeleton(): TemplateResult[] {
  return [52, 74, 40].map(
    (width) =>
      html`<svg class="skeleton" viewBox="0 0 100 12" preserveAspectRatio="xMinYMid"><circle cx="5" cy="6" r="4" /><rect x="12" y="2" width=${width / 3} height="3" rx="1.5" /><rect x="12" y="7" width=${width} height="3" rx="1.5" /></svg>`,
  );
}

function row(
  viewed: ViewedMessage,
  previous: ViewedMessage | undefined,
  view: View,
  newest: boolean,
): TemplateResult {
  const { message } = viewed;
  const newDay = !previous || day(previous.message) !== day(message);
  const joined = !newDay && viewed.visibleTo === previous?.visibleTo && follows(message, previous.message);
  const { column, guild, state } = view;
  const depends = [
    viewed,
    newDay,
    joined,
    newest,
    guild.revision,
    state.now,
    column.editing?.messageId === message.id ? column.editing.text : null,
    latestOn(column.id, message.id)?.state,
    state.openSelect?.key.startsWith(`${column.id}/${message.id}/`) ? state.openSelect : null,
    column.highlighted === message.id,
    view.viewer?.channels,
    column.memberId,
    guild.threads.get(message.id),
    state.commandNames.get(message.interaction_metadata?.id ?? ''),
    state.settings,
  ];
  return html`${guard(depends, () => drawRow(viewed, view, { newDay, joined, newest }))}`;
}

function drawRow(
  viewed: ViewedMessage,
  view: View,
  { newDay, joined, newest }: { newDay: boolean; joined: boolean; newest: boolean },
): TemplateResult {
  const { message } = viewed;
  const menu = (event: Event) => {
    event.preventDefault();
    openMessageMenu(event, message, view);
  };
  return html`
    <li>
      ${newDay ? html`<p class="day"><span>${longDate(message.timestamp)}</span></p>` : nothing}
      <div
        class="message-row ${joined ? 'joined' : ''} ${view.column.highlighted === message.id ? 'highlighted' : ''}"
        role="article"
        data-message=${message.id}
        tabindex=${newest ? 0 : -1}
        aria-label="${nameOf(view.guild, message.author.id)}: ${summary(message, view)}"
        @contextmenu=${menu}
      >
        ${isSystemMessage(message) ? systemMessageView(message, view) : messageView(viewed, view, joined)}
      </div>
    </li>
  `;
}

const LONGEST_SUMMARY = 200;

function summary(message: APIMessage, view: View): string {
  const text = plainText(view.guild, message.content) || message.embeds[0]?.title || '';
  return text.slice(0, LONGEST_SUMMARY);
}

function day(message: APIMessage): number {
  return dayNumber(new Date(message.timestamp));
}

function follows(message: APIMessage, previous: APIMessage | undefined): boolean {
  if (!previous || isSystemMessage(previous) || isSystemMessage(message)) return false;
  if (message.type === MessageType.Reply || message.interaction_metadata) return false;
  const between = Date.parse(message.timestamp) - Date.parse(previous.timestamp);
  return previous.author.id === message.author.id && between < JOINED_WITHIN_MS;
}

/** One message is in the order of the Tab key; the arrow keys lead to the others. */
function moveBetweenMessages(event: KeyboardEvent): void {
  const current = event.target;
  if (!(current instanceof HTMLElement) || !current.matches('.message-row')) return;
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.message-row')];
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  rows[rows.indexOf(current) + step]?.focus();
}

/** Commands whose answer is not a message yet. */
function pendingCommands(view: View, channelId: string): StartedInteraction[] {
  return [...view.state.interactions.values()].filter(
    ({ columnId, component, state }) =>
      columnId === view.column.id &&
      component === null &&
      state.channelId === channelId &&
      (state.outcome.state === 'waiting' || state.outcome.state === 'failed'),
  );
}

function pendingRow({ state }: StartedInteraction, view: View): TemplateResult {
  const bot = nameOf(view.guild, view.state.settings?.botId ?? '');
  if (state.outcome.state === 'failed') {
    return html`<li class="pending failed">${icon('warn')} <span role="alert">The application did not respond</span> <small>Only you can see this</small></li>`;
  }
  return html`<li class="pending"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> Sending to ${bot}…</li>`;
}
