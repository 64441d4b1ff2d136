// Where members write.
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { pickCommand } from '../actions/commands.ts';
import { mayUse } from '../actions/permissions.ts';
import { sayTyping, sendDraft } from '../actions/writing.ts';
import { draftOf, updateDraft } from '../store/columns.ts';
import { type PickableCommand, pickableCommands } from '../store/command-entry.ts';
import { type Draft, historyKey } from '../store/state.ts';
import { avatarOf } from '../text/avatar.ts';
import { channelTitle, nameOf } from '../text/names.ts';
import { fileSize } from './attachments.ts';
import { commandForm } from './command-form.ts';
import { neighbour } from './focus.ts';
import { icon } from './icons.ts';
import { startEdit } from './message-toolbar.ts';
import { anchorOf, openOverlay } from './overlay.ts';
import type { View } from './view.ts';

const LONGEST = 2_000;
const COUNT_FROM = 1_800;
const MOST_COMMANDS = 100;

/**
 * Draws the composer of a channel.
 * @param view the column
 * @param channelId the channel; null for direct messages that nobody began
 * @returns the composer, or why one cannot write
 */
export function composer(view: View, channelId: string | null): TemplateResult {
  const refusal = whyNot(view, channelId);
  if (refusal)
    return html`<div class="composer"><p class="composer-refusal">${icon('lock')} ${refusal}</p></div>`;
  const draft = draftOf(view.column);
  return html`
    <div class="composer" @dragover=${(event: Event) => event.preventDefault()} @drop=${(event: DragEvent) => dropped(event, view, draft)}>
      ${typingLine(view, channelId)}
      ${draft.command ? commandForm(view, draft.command) : plainComposer(view, channelId, draft)}
    </div>
  `;
}

function whyNot(view: View, channelId: string | null): string | null {
  const { member, viewer } = view;
  if (!member) return 'You have left. Come back to write.';
  const muted = member.member.communication_disabled_until;
  if (muted && Date.parse(muted) > view.state.now) return 'You are timed out and cannot write for now.';
  if (view.column.place.kind === 'dms') return null;
  if (member.member.pending) return 'Accept the rules above to write here.';
  const channel = channelId ? viewer?.channels?.get(channelId) : undefined;
  if (viewer?.channels && !channel?.canWrite)
    return 'You do not have permission to send messages in this channel.';
  return null;
}

function plainComposer(view: View, channelId: string | null, draft: Draft): TemplateResult {
  const commands = matchingCommands(view, draft.text);
  const { id } = view.column;
  const label =
    view.column.place.kind === 'dms'
      ? 'Message the bot'
      : `Message ${channelTitle(view.guild, channelId ?? '')}`;
  return html`
    ${commands.length > 0 ? commandList(view, commands) : nothing} ${replyLine(view, channelId, draft)} ${filesView(view, draft)}
    <div class="composer-box">
      <label class="composer-tool" title="Attach a file">
        ${icon('attach')}<span class="hidden">Attach a file</span>
        <input type="file" multiple @change=${(event: Event) => chosen(event, view, draft)} />
      </label>
      <textarea
        id="composer-${id}"
        rows="1"
        maxlength=${LONGEST}
        placeholder=${label}
        aria-label=${label}
        aria-autocomplete="list"
        aria-controls=${commands.length > 0 ? `commands-${id}` : nothing}
        aria-activedescendant=${commands.length > 0 ? `command-${id}-${activeCommand}` : nothing}
        .value=${live(draft.text)}
        ?readonly=${draft.sending}
        @input=${(event: Event) => typed(event, view)}
        @keydown=${(event: KeyboardEvent) => keys(event, view, channelId)}
        @paste=${(event: ClipboardEvent) => addFiles(view, draft, event.clipboardData?.files)}
      ></textarea>
      ${draft.text.length > COUNT_FROM ? html`<span class="count">${LONGEST - draft.text.length}</span>` : nothing}
      <button type="button" class="composer-tool" aria-label="Emoji" title="Emoji"
        @click=${(event: Event) => openOverlay({ kind: 'insert-emoji', columnId: id, anchor: anchorOf(event) })}>
        ${icon('smile')}
      </button>
      <button type="button" class="composer-tool send" aria-label="Send" title="Send"
        ?disabled=${draft.text.trim() === '' && draft.files.length === 0} @click=${() => void sendDraft(view.column)}>
        ${icon('send')}
      </button>
    </div>
  `;
}

function typed(event: Event, view: View): void {
  activeCommand = 0;
  updateDraft(view.column.id, { text: (event.target as HTMLTextAreaElement).value });
  sayTyping(view.column);
}

function keys(event: KeyboardEvent, view: View, channelId: string | null): void {
  if (event.isComposing) return;
  // Fingers may be quicker than the drawing of the list.
  const commands = matchingCommands(view, (event.target as HTMLTextAreaElement).value);
  if (commands.length > 0 && commandKeys(event, view, commands)) return;
  const draft = draftOf(view.column);
  if (event.key === 'Escape' && draft.replyTo) updateDraft(view.column.id, { replyTo: null });
  if (event.key === 'ArrowUp' && draft.text === '') editLast(view, channelId);
  if (event.key !== 'Enter' || event.shiftKey) return;
  event.preventDefault();
  void sendDraft(view.column);
}

function editLast(view: View, channelId: string | null): void {
  const history = view.state.histories.get(historyKey(view.column.memberId, channelId ?? ''));
  const last = history?.messages.findLast(({ message }) => message.author.id === view.column.memberId);
  if (last) startEdit(last.message, view);
}

// Commands: a slash at the very beginning opens the list.
let activeCommand = 0;

function matchingCommands(view: View, text: string): PickableCommand[] {
  if (!text.startsWith('/') || text.includes('\n')) return [];
  const search = text.slice(1).trim().toLowerCase();
  return pickableCommands(view.guild.commands)
    .filter(({ command }) => mayUse(view.guild, view.column.memberId, command.default_member_permissions))
    .filter(({ command }) => view.column.place.kind !== 'dms' || inDirectMessages(command))
    .filter(({ name }) => name.includes(search))
    .slice(0, MOST_COMMANDS);
}

/** Context 1 is the bot's direct messages (documentation, "Interaction Context Types"). */
function inDirectMessages(command: PickableCommand['command']): boolean {
  return command.contexts?.includes(1) ?? command.guild_id === undefined;
}

function commandKeys(event: KeyboardEvent, view: View, commands: PickableCommand[]): boolean {
  const target = neighbour(event.key, activeCommand, commands.length);
  if (target !== null) {
    event.preventDefault();
    activeCommand = target;
    updateDraft(view.column.id, {});
    return true;
  }
  const picked = commands[activeCommand];
  if ((event.key !== 'Enter' && event.key !== 'Tab') || !picked) return false;
  event.preventDefault();
  pick(view, picked);
  return true;
}

function pick(view: View, picked: PickableCommand): void {
  activeCommand = 0;
  pickCommand(view.column, picked);
  setTimeout(
    () =>
      document
        .querySelector<HTMLElement>(`#command-form-${view.column.id} :is(input, select, button)`)
        ?.focus(),
    50,
  );
}

function commandList(view: View, commands: PickableCommand[]): TemplateResult {
  const { id } = view.column;
  const bot = view.guild.users.get(view.state.settings?.botId ?? '');
  return html`
    <div class="command-list">
      <p class="command-list-title"><img class="avatar tiny" src=${avatarOf(bot)} alt="" /> Commands</p>
      <ul id="commands-${id}" role="listbox" aria-label="Commands">
        ${commands.map(
          (picked, index) => html`
            <li id="command-${id}-${index}" role="option" aria-selected=${index === activeCommand}
              class=${index === activeCommand ? 'active' : ''}
              @mousedown=${(event: Event) => event.preventDefault()} @click=${() => pick(view, picked)}>
              <span class="command-name">/${picked.name}
                ${picked.options.filter((option) => option.required).map((option) => html`<span class="option-name">${option.name}</span>`)}</span>
              <small>${picked.description}</small>
            </li>
          `,
        )}
      </ul>
    </div>
  `;
}

function replyLine(view: View, channelId: string | null, draft: Draft): TemplateResult | typeof nothing {
  if (!draft.replyTo) return nothing;
  const history = view.state.histories.get(historyKey(view.column.memberId, channelId ?? ''));
  const original = history?.messages.find(({ message }) => message.id === draft.replyTo);
  const name = original ? nameOf(view.guild, original.message.author.id) : 'a message';
  return html`
    <div class="composer-line">
      <span>Replying to <b>${name}</b></span>
      <button type="button" class="plain-icon" aria-label="Do not reply" @click=${() => updateDraft(view.column.id, { replyTo: null })}>${icon('close')}</button>
    </div>
  `;
}

function filesView(view: View, draft: Draft): TemplateResult | typeof nothing {
  if (draft.files.length === 0) return nothing;
  return html`
    <ul class="composer-files" aria-label="Files">
      ${draft.files.map(
        (file) => html`
          <li>
            ${icon('file')}<span>${file.name} <small>${fileSize(file.size)}</small></span>
            <button type="button" class="plain-icon" aria-label="Remove ${file.name}"
              @click=${() => updateDraft(view.column.id, { files: draft.files.filter((other) => other !== file) })}>
              ${icon('close')}
            </button>
          </li>
        `,
      )}
    </ul>
  `;
}

function chosen(event: Event, view: View, draft: Draft): void {
  const input = event.target as HTMLInputElement;
  addFiles(view, draft, input.files);
  input.value = '';
}

function dropped(event: DragEvent, view: View, draft: Draft): void {
  event.preventDefault();
  addFiles(view, draft, event.dataTransfer?.files);
}

function addFiles(view: View, draft: Draft, files: FileList | null | undefined): void {
  if (files?.length) updateDraft(view.column.id, { files: [...draft.files, ...files].slice(0, 10) });
}

function typingLine(view: View, channelId: string | null): TemplateResult {
  const now = Date.now();
  const names = [...view.state.typing]
    .filter(([key, until]) => key.startsWith(`${channelId}/`) && until > now)
    .map(([key]) => key.split('/')[1] ?? '')
    .filter((userId) => userId !== view.column.memberId)
    .map((userId) => nameOf(view.guild, userId));
  const text =
    names.length > 3
      ? 'Several people are typing…'
      : `${names.join(', ')} ${names.length > 1 ? 'are' : 'is'} typing…`;
  return html`<p class="typing">${names.length > 0 ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span> ${text}` : nothing}</p>`;
}
