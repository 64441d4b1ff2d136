// Writing as a member: messages, edits, reactions, votes, threads.
import type { APIMessage, APIReaction, Snowflake } from 'discord-api-types/v10';
import type { FileUpload } from '../../../control/api.ts';
import { call } from '../control/call.ts';
import { channelOf, draftOf, goTo, updateColumn, updateDraft } from '../store/columns.ts';
import type { Column } from '../store/state.ts';
import { attempt } from './attempt.ts';

/**
 * Sends what was written in a column.
 * @param column the column; its draft is emptied when the message was taken
 */
export async function sendDraft(column: Column): Promise<void> {
  const draft = draftOf(column);
  const channelId = channelOf(column) ?? (await openDirectMessages(column.memberId));
  const content = draft.text.trim();
  if (!channelId || draft.sending || (content === '' && draft.files.length === 0)) return;
  updateDraft(column.id, { sending: true });
  const sent = await attempt(async () => {
    const files = await Promise.all(draft.files.map(upload));
    return call('write', {
      memberId: column.memberId,
      channelId,
      ...(content ? { content } : {}),
      ...(files.length > 0 ? { files } : {}),
      ...(draft.replyTo ? { replyTo: draft.replyTo } : {}),
    });
  });
  updateDraft(column.id, sent ? { text: '', files: [], replyTo: null, sending: false } : { sending: false });
}

async function openDirectMessages(memberId: Snowflake): Promise<Snowflake | undefined> {
  return (await attempt(() => call('openDirectMessage', { memberId })))?.channel.id;
}

/**
 * Reads a file for sending.
 * @param file chosen or dropped by the person
 * @returns it as the control API takes it
 */
export async function upload(file: File): Promise<FileUpload> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // In parts, since a call takes only so many arguments.
  for (let start = 0; start < bytes.length; start += 8_192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  }
  return {
    filename: file.name,
    contentType: file.type || 'application/octet-stream',
    base64: btoa(binary),
  };
}

/**
 * Saves the message that is being edited.
 * @param column the column
 */
export async function saveEdit(column: Column): Promise<void> {
  const { editing, memberId } = column;
  const channelId = channelOf(column);
  if (!editing || !channelId) return;
  const { messageId, text } = editing;
  const saved = await attempt(() =>
    call('editMessage', { memberId, channelId, messageId, content: text.trim() }),
  );
  if (saved)
    updateColumn(column.id, (changed) => {
      changed.editing = null;
    });
}

/**
 * Deletes a message; dismisses it when it is ephemeral.
 * @param memberId who deletes
 * @param channelId where
 * @param messageId what
 */
export async function deleteMessage(
  memberId: Snowflake,
  channelId: Snowflake,
  messageId: Snowflake,
): Promise<void> {
  await attempt(() => call('deleteMessage', { memberId, channelId, messageId }));
}

/**
 * Gives a reaction, or takes it back.
 * @param memberId who reacts
 * @param message to what
 * @param emoji the emoji itself, or `name:id`
 * @param reacted whether the member has reacted with it so far
 */
export async function toggleReaction(
  memberId: Snowflake,
  message: { channel_id: Snowflake; id: Snowflake },
  emoji: string,
  reacted: boolean,
): Promise<void> {
  const input = { memberId, channelId: message.channel_id, messageId: message.id, emoji };
  await attempt(() => call(reacted ? 'unreact' : 'react', input));
}

/**
 * Names an emoji as the API takes it.
 * @param emoji the emoji of a reaction
 * @returns the emoji itself, or `name:id` of a custom one
 */
export function emojiKey(emoji: APIReaction['emoji']): string {
  return emoji.id ? `${emoji.name}:${emoji.id}` : (emoji.name ?? '');
}

/**
 * Votes in a poll.
 * @param memberId who votes
 * @param message the poll's message
 * @param answerIds the answers; none takes the vote back
 */
export async function vote(memberId: Snowflake, message: APIMessage, answerIds: number[]): Promise<void> {
  await attempt(() =>
    call('vote', { memberId, channelId: message.channel_id, messageId: message.id, answerIds }),
  );
}

/**
 * Pins a message, or takes it off the board.
 * @param memberId who does it
 * @param message what
 */
export async function togglePin(memberId: Snowflake, message: APIMessage): Promise<void> {
  const input = { memberId, channelId: message.channel_id, messageId: message.id };
  await attempt(() => call(message.pinned ? 'unpin' : 'pin', input));
}

/**
 * Opens a thread, or a forum's post, and goes there.
 * @param column the column of the member who opens it
 * @param thread its channel, name and (in a forum) first message
 */
export async function openThread(
  column: Column,
  thread: {
    channelId: Snowflake;
    name: string;
    messageId?: Snowflake;
    content?: string;
    tags?: Snowflake[];
  },
): Promise<boolean> {
  const opened = await attempt(() => call('openThread', { memberId: column.memberId, ...thread }));
  if (opened) goTo(column.id, { kind: 'channel', channelId: opened.thread.id });
  return opened !== undefined;
}

let typingSaidAt = 0;
const TYPING_EVERY_MS = 8_000;

/**
 * Tells the others that a member is typing, at most every 8 seconds as Discord's client does.
 * @param column the member's column
 */
export function sayTyping(column: Column): void {
  const channelId = channelOf(column);
  if (!channelId || Date.now() - typingSaidAt < TYPING_EVERY_MS) return;
  typingSaidAt = Date.now();
  void call('startTyping', { memberId: column.memberId, channelId }).catch(() => {
    // A missing "is typing" is not worth a notice.
  });
}
