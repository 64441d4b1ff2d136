// One message.
import type { APIMessage } from 'discord-api-types/v10';
import { InteractionType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewedMessage } from '../../../control/api.ts';
import { deleteMessage, saveEdit } from '../actions/writing.ts';
import { goTo, updateColumn } from '../store/columns.ts';
import { avatarOf } from '../text/avatar.ts';
import { isOnlyEmoji, markdown } from '../text/markdown.ts';
import { colorOf, nameOf } from '../text/names.ts';
import { plainText } from '../text/plain-text.ts';
import { messageTime, timeOfDay } from '../text/times.ts';
import { attachmentsView } from './attachments.ts';
import { componentsView } from './components.ts';
import { embedView } from './embed.ts';
import { icon } from './icons.ts';
import { messageToolbar } from './message-toolbar.ts';
import { pollView } from './poll.ts';
import { reactionsView } from './reactions.ts';
import { contextOf, openMember, type View } from './view.ts';

type Drawn = TemplateResult | typeof nothing;

/**
 * Draws a message.
 * @param viewed the message as the member gets it
 * @param view the column
 * @param joined whether it follows another of the same author so closely that neither name nor avatar is repeated
 * @returns the message
 */
export function messageView(viewed: ViewedMessage, view: View, joined: boolean): TemplateResult {
  const { message } = viewed;
  const { guild, state } = view;
  const bot = message.author.bot === true;
  // In direct messages everything is meant for the member, and nothing stands out.
  const highlight = view.column.place.kind !== 'dms' && viewed.pinged.includes(view.column.memberId);
  return html`
    <discord-message
      author=${nameOf(guild, message.author.id)}
      avatar=${avatarOf(message.author)}
      role-color=${colorOf(guild, message.author.id) ?? nothing}
      timestamp=${joined ? timeOfDay(message.timestamp) : messageTime(message.timestamp, state.now)}
      ?bot=${bot}
      ?edited=${message.edited_timestamp !== null}
      ?highlight=${highlight}
      ?message-body-only=${joined}
      class=${viewed.visibleTo ? 'ephemeral' : ''}
      @click=${(event: Event) => authorClicked(event, message, view)}
    >
      ${replyView(message, view)} ${bodyView(message, view)}
      ${message.embeds.map((embed) => embedView(embed, contextOf(view)))}
      ${attachmentsView(message)}
      ${message.poll ? pollView(message, message.poll, view) : nothing} ${componentsView(message, view)}
      ${reactionsView(message, view)} ${threadView(message, view)} ${pinnedView(message)}
      ${ephemeralView(viewed, view)}
    </discord-message>
    ${messageToolbar(message, view)}
  `;
}

/** Name and avatar lie within the component; the same can be reached by keyboard from the message's menu. */
function authorClicked(event: Event, message: APIMessage, view: View): void {
  const [target] = event.composedPath();
  if (!(target instanceof Element)) return;
  const onAuthor = target.matches('.discord-author-username, .discord-author-avatar img');
  if (onAuthor) openMember(view, message.author.id, { currentTarget: target } as unknown as Event);
}

function bodyView(message: APIMessage, view: View): Drawn {
  const { editing } = view.column;
  if (editing?.messageId === message.id) return editView(editing.text, view);
  if (hasFlag(message, MessageFlags.Loading)) {
    return html`<span class="thinking"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${nameOf(view.guild, message.author.id)} is thinking…</span>`;
  }
  if (!message.content) return nothing;
  const large = isOnlyEmoji(message.content) ? 'large-emoji' : '';
  return html`<span class="content ${large}" dir="auto">${markdown(message.content, contextOf(view))}</span>`;
}

function hasFlag(message: APIMessage, flag: MessageFlags): boolean {
  return ((message.flags ?? 0) & flag) !== 0;
}

function editView(text: string, view: View): TemplateResult {
  const { id } = view.column;
  const cancel = () =>
    updateColumn(id, (column) => {
      column.editing = null;
    });
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cancel();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void saveEdit(view.column);
  };
  const typed = (event: Event) =>
    updateColumn(id, (column) => {
      if (column.editing) column.editing.text = (event.target as HTMLTextAreaElement).value;
    });
  return html`
    <span class="edit">
      <textarea aria-label="Edit message" rows="2" .value=${text} autofocus @keydown=${keys} @input=${typed}></textarea>
      <small>Escape to <button type="button" class="link" @click=${cancel}>cancel</button> • Enter to
        <button type="button" class="link" @click=${() => void saveEdit(view.column)}>save</button></small>
    </span>
  `;
}

const COMMAND_ANSWERS = new Set([MessageType.ChatInputCommand, MessageType.ContextMenuCommand]);

function replyView(message: APIMessage, view: View): Drawn {
  const { guild } = view;
  const started = message.interaction_metadata;
  if (started && COMMAND_ANSWERS.has(message.type)) {
    const used = html`used <b>${commandName(message, view)}</b>`;
    return replyLine(started.user.id, used, view, started.type === InteractionType.ApplicationCommand);
  }
  if (message.type !== MessageType.Reply) return nothing;
  const original = message.referenced_message;
  if (!original) return html`<discord-reply slot="reply" deleted></discord-reply>`;
  const text = plainText(guild, original.content) || original.embeds[0]?.title || 'Click to see attachment';
  return replyLine(original.author.id, text, view, false);
}

/** The command that a message answers. Behind a form stands the command that opened it: nobody knows the form by its name. */
function commandName(message: APIMessage, view: View): string {
  const started = message.interaction_metadata;
  const isForm = started?.type === InteractionType.ModalSubmit;
  const id = isForm ? started.triggering_interaction_metadata.id : started?.id;
  const name = (isForm ? undefined : message.interaction?.name) ?? view.state.commandNames.get(id ?? '');
  if (!name) return 'a command';
  const [first] = name.split(' ');
  const slash = view.guild.commands.some((command) => command.type === 1 && command.name === first);
  return slash ? `/${name}` : name;
}

function replyLine(userId: string, text: unknown, view: View, command: boolean): TemplateResult {
  const { guild } = view;
  const user = guild.users.get(userId);
  return html`<discord-reply
    slot="reply"
    author=${nameOf(guild, userId)}
    avatar=${avatarOf(user)}
    role-color=${colorOf(guild, userId) ?? nothing}
    ?bot=${user?.bot ?? false}
    ?command=${command}
    >${text}</discord-reply
  >`;
}

function threadView(message: APIMessage, view: View): Drawn {
  const thread = view.guild.threads.get(message.id) ?? message.thread;
  // A post's first message has the id of its thread, and stands in it.
  if (!thread || thread.id === message.channel_id) return nothing;
  const open = () => goTo(view.column.id, { kind: 'channel', channelId: thread.id });
  const count = 'message_count' in thread ? thread.message_count : undefined;
  return html`
    <button type="button" slot="thread" class="thread-card" @click=${open}>
      ${icon('thread')}<span><b>${thread.name}</b><small>${count ? `${count} messages` : 'See thread'}</small></span>
    </button>
  `;
}

function pinnedView({ pinned }: APIMessage): Drawn {
  if (!pinned) return nothing;
  return html`<div slot="components" class="message-note">${icon('pin')} Pinned</div>`;
}

function ephemeralView(viewed: ViewedMessage, view: View): Drawn {
  if (!viewed.visibleTo) return nothing;
  const { message } = viewed;
  const dismiss = () => void deleteMessage(view.column.memberId, message.channel_id, message.id);
  return html`
    <div slot="components" class="message-note">
      ${icon('eye')} Only you can see this •
      <button type="button" class="link" @click=${dismiss}>Dismiss message</button>
    </div>
  `;
}
