// The small dialogs.
import { ChannelType, GuildScheduledEventEntityType } from 'discord-api-types/v10';
import { html, nothing, type TemplateResult } from 'lit';
import { attempt } from '../actions/attempt.ts';
import { copy } from '../actions/members.ts';
import { setNickname, setRole } from '../actions/staff.ts';
import { deleteMessage, openThread } from '../actions/writing.ts';
import { call } from '../control/call.ts';
import { channelOf, goTo, updateColumn } from '../store/columns.ts';
import type { Dialog } from '../store/state.ts';
import { state, update } from '../store/store.ts';
import { channelKind, nameOf } from '../text/names.ts';
import { plainText } from '../text/plain-text.ts';
import { messageTime } from '../text/times.ts';
import { firstChannel } from './channel-list.ts';
import { dialogView, field, textIn } from './dialog.ts';
import { closeDialog } from './overlay.ts';
import type { View } from './view.ts';

type Of<Kind extends Dialog['kind']> = Extract<Dialog, { kind: Kind }>;

const cancel = html`<button type="button" class="button secondary" @click=${closeDialog}>Cancel</button>`;
const submit = (label: string, tone = 'primary') =>
  html`<button type="submit" class="button ${tone}">${label}</button>`;

/**
 * Asks whether to delete a message.
 * @param view the column
 * @param dialog which message
 * @returns the dialog
 */
export function deleteDialog(view: View, dialog: Of<'delete-message'>): TemplateResult {
  return dialogView({
    title: 'Delete message',
    content: html`<p>Are you sure you want to delete this message?</p>`,
    actions: html`${cancel} ${submit('Delete', 'danger')}`,
    onClose: closeDialog,
    onSubmit: () => {
      closeDialog();
      void deleteMessage(view.column.memberId, dialog.channelId, dialog.messageId);
    },
  });
}

/**
 * Asks for a new thread, or a forum's new post.
 * @param view the column
 * @param dialog in which channel, from which message
 * @returns the dialog
 */
export function threadDialog(view: View, dialog: Of<'new-thread'>): TemplateResult {
  const channel = view.guild.channels.get(dialog.channelId);
  const forum = channelKind(channel) === 'forum';
  const tags = channel?.type === ChannelType.GuildForum ? channel.available_tags : [];
  return dialogView({
    title: forum ? 'New post' : 'New thread',
    content: html`
      ${field(forum ? 'Title' : 'Name', html`<input name="name" type="text" maxlength="100" required />`)}
      ${dialog.messageId ? nothing : field(forum ? 'Message' : 'First message', html`<textarea name="content" rows="4" maxlength="2000"></textarea>`)}
      ${tags.length > 0 ? html`<fieldset class="choices"><legend class="field-label">Tags</legend>${tags.map((tag) => html`<label><input type="checkbox" name="tags" value=${tag.id} /> ${tag.name}</label>`)}</fieldset>` : nothing}
    `,
    actions: html`${cancel} ${submit(forum ? 'Post' : 'Create')}`,
    onClose: closeDialog,
    onSubmit: async (form) => {
      const content = textIn(form, 'content');
      const chosen = new FormData(form).getAll('tags').map(String);
      const opened = await openThread(view.column, {
        channelId: dialog.channelId,
        name: textIn(form, 'name'),
        ...(dialog.messageId ? { messageId: dialog.messageId } : {}),
        ...(content ? { content } : {}),
        ...(chosen.length > 0 ? { tags: chosen } : {}),
      });
      if (opened) closeDialog();
    },
  });
}

/**
 * Asks for a new event.
 * @param view the column
 * @returns the dialog
 */
export function eventDialog(view: View): TemplateResult {
  const rooms = [...view.guild.channels.values()].filter((channel) =>
    ['voice', 'stage'].includes(channelKind(channel)),
  );
  return dialogView({
    title: 'Create event',
    content: html`
      ${field('Name', html`<input name="name" type="text" maxlength="100" required />`)}
      ${field('Where', html`<select name="channel">${rooms.map((room) => html`<option value=${room.id}>${room.name}</option>`)}</select>`)}
      ${field('Starts', html`<input name="start" type="datetime-local" value=${inAnHour()} required />`)}
      ${field('Description', html`<textarea name="description" rows="3" maxlength="1000"></textarea>`)}
    `,
    actions: html`${cancel} ${submit('Create')}`,
    onClose: closeDialog,
    onSubmit: async (form) => {
      const channelId = textIn(form, 'channel');
      const stage = channelKind(view.guild.channels.get(channelId)) === 'stage';
      const description = textIn(form, 'description');
      const created = await attempt(() =>
        call('createEvent', {
          memberId: view.column.memberId,
          name: textIn(form, 'name'),
          entityType: stage
            ? GuildScheduledEventEntityType.StageInstance
            : GuildScheduledEventEntityType.Voice,
          channelId,
          startsAt: new Date(textIn(form, 'start')).toISOString(),
          ...(description ? { description } : {}),
        }),
      );
      if (created) closeDialog();
    },
  });
}

/** The local time as an input for date and time takes it. */
function inAnHour(): string {
  const time = new Date(Date.now() + 3_600_000);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/**
 * Makes an invite.
 * @param view the column
 * @param dialog with the code, once there is one
 * @returns the dialog
 */
export function inviteDialog(view: View, dialog: Of<'invite'>): TemplateResult {
  const { code } = dialog;
  const create = async () => {
    const channelId = channelOf(view.column) ?? firstChannel(view);
    const invite =
      channelId && (await attempt(() => call('createInvite', { memberId: view.column.memberId, channelId })));
    if (invite)
      update(() => {
        state.dialog = { ...dialog, code: invite.code };
      });
  };
  return dialogView({
    title: `Invite people to ${view.guild.guild.name}`,
    note: 'Somebody who joins by this code counts as invited by you.',
    content: code
      ? field('Code', html`<input name="code" type="text" readonly value=${code} />`)
      : html`<p>An invite lasts a day and can be used any number of times.</p>`,
    actions: code ? html`${submit('Copy')}` : html`${cancel} ${submit('Create invite')}`,
    onClose: closeDialog,
    onSubmit: () => void (code ? copy(code, 'Invite') : create()),
  });
}

/**
 * Asks for a nickname.
 * @param view the column
 * @param dialog whose
 * @returns the dialog
 */
export function nicknameDialog(view: View, dialog: Of<'nickname'>): TemplateResult {
  const nick = view.guild.members.get(dialog.userId)?.member.nick ?? '';
  return dialogView({
    title: 'Change nickname',
    content: field(
      'Nickname',
      html`<input name="nickname" type="text" maxlength="32" value=${nick} autocomplete="off" />`,
      'Leave it empty to have none.',
    ),
    actions: html`${cancel} ${submit('Save')}`,
    onClose: closeDialog,
    onSubmit: (form) => {
      closeDialog();
      void setNickname(view.column.memberId, dialog.userId, textIn(form, 'nickname') || null);
    },
  });
}

/**
 * Gives and takes roles.
 * @param view the column
 * @param dialog whose
 * @returns the dialog
 */
export function rolesDialog(view: View, dialog: Of<'roles'>): TemplateResult {
  const { guild, column } = view;
  const held = guild.members.get(dialog.userId)?.member.roles ?? [];
  const roles = [...guild.roles.values()]
    .filter((role) => role.id !== guild.guild.id && !role.managed)
    .sort((a, b) => b.position - a.position);
  const change = (roleId: string) => (event: Event) =>
    void setRole(column.memberId, dialog.userId, roleId, (event.target as HTMLInputElement).checked);
  return dialogView({
    title: `Roles of ${nameOf(guild, dialog.userId)}`,
    content: html`<div class="role-list">${roles.map((role) => html`<label class="check"><input type="checkbox" .checked=${held.includes(role.id)} @change=${change(role.id)} /> ${role.name}</label>`)}</div>`,
    actions: html`${submit('Done')}`,
    onClose: closeDialog,
    onSubmit: closeDialog,
  });
}

/**
 * Shows the pinned messages of a channel.
 * @param view the column
 * @param dialog which channel, with its pins once they are known
 * @returns the dialog
 */
export function pinsDialog(view: View, dialog: Of<'pins'>): TemplateResult {
  if (!dialog.messages) void loadPins(view, dialog);
  const pins = dialog.messages ?? [];
  return dialogView({
    title: 'Pinned messages',
    content: html`
      <ul class="pins">
        ${pins.map(
          ({
            message,
          }) => html`<li><b>${nameOf(view.guild, message.author.id)}</b> <small>${messageTime(message.timestamp, view.state.now)}</small>
            <p>${plainText(view.guild, message.content) || message.embeds[0]?.title}</p>
            <button type="button" class="link" @click=${() => jump(view, dialog.channelId, message.id)}>Jump</button></li>`,
        )}
      </ul>
      ${dialog.messages && pins.length === 0 ? html`<p class="notice">This channel has no pinned messages yet.</p>` : nothing}
    `,
    actions: html`${submit('Close')}`,
    onClose: closeDialog,
    onSubmit: closeDialog,
  });
}

/** The newest hundred messages are looked through: that is what the page can jump to as well. */
async function loadPins(view: View, dialog: Of<'pins'>): Promise<void> {
  const found = await attempt(() =>
    call('getMessages', { channelId: dialog.channelId, as: view.column.memberId, limit: 100 }),
  );
  update(() => {
    if (state.dialog?.kind === 'pins')
      state.dialog = { ...dialog, messages: found?.messages.filter(({ message }) => message.pinned) ?? [] };
  });
}

function jump(view: View, channelId: string, messageId: string): void {
  closeDialog();
  goTo(view.column.id, { kind: 'channel', channelId });
  updateColumn(view.column.id, (column) => {
    column.highlighted = messageId;
  });
  setTimeout(
    () => document.querySelector(`[data-message="${messageId}"]`)?.scrollIntoView({ block: 'center' }),
    100,
  );
  setTimeout(
    () =>
      updateColumn(view.column.id, (column) => {
        column.highlighted = null;
      }),
    2_500,
  );
}
