/** Sending, editing, deleting and pinning messages. */

import {
  type APIMessageInteractionMetadata,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  type Snowflake,
} from 'discord-api-types/v10';
import { DiscordError, ensure, found } from '../rules/errors.ts';
import { formError } from '../rules/form.ts';
import { findMentions } from '../rules/mentions.ts';
import {
  checkMessageParts,
  type MessageEditForm,
  type MessageForm,
  withNested,
} from '../rules/message-form.ts';
import { ensureChannelPermissions, hasInChannel } from '../rules/permissions.ts';
import { newMessage } from '../state/new-records.ts';
import type { ChannelRecord, MessageRecord } from '../state/records.ts';
import { snowflakeTime } from '../state/snowflake.ts';
import type { World } from '../state/world.ts';
import { keepAttachments, resolveAttachmentUrls, type UploadedFile } from './attachments.ts';
import { receivedComponents } from './components.ts';
import { withServerFields } from './embeds.ts';
import { newPoll } from './polls.ts';
import { tellCreated, tellUpdated } from './tell.ts';
import { countThreadMessage, ensureThreadOpen } from './threads.ts';

/** Who writes, and on which occasion. */
export interface Writer {
  userId: Snowflake;
  webhook?: MessageRecord['webhook'];
  interaction?: APIMessageInteractionMetadata | null;
  /** The one member who will see the message. */
  visibleTo?: Snowflake | null;
  type?: MessageType;
  /** The id that the message must have: a forum post's first message has that of the post. */
  id?: Snowflake;
  /** What the message refers to without being a reply that somebody chose. */
  reference?: MessageRecord['reference'];
  /** An answer to an interaction needs no permission to write in the channel. */
  permitted?: boolean;
}

/** A sent message, and whether it had been sent before (then nothing happened now). */
export interface Sent {
  message: MessageRecord;
  nonce: string | number | null;
}

const settableFlags =
  MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;

/** Types in which one can write. */
const textTypes = new Set([0, 1, 2, 5, 10, 11, 12, 13]);

/**
 * Sends a message.
 * @throws DiscordError for everything that Discord refuses.
 */
export function sendMessage(
  world: World,
  writer: Writer,
  channel: ChannelRecord,
  form: MessageForm,
  files: UploadedFile[] = [],
): Sent {
  ensureMayWrite(world, writer, channel, form, files);
  const known = findByNonce(world, writer.userId, channel.id, form);
  if (known !== null) return { message: known, nonce: form.nonce ?? null };
  const reference = writer.reference ?? resolveReference(world, writer, channel, form);
  const message = newMessage(writer.id ?? world.newId(), channel.id, writer.userId, {
    type: writer.type ?? (reference === null ? MessageType.Default : MessageType.Reply),
    content: (form.content ?? '').trim(),
    embeds: (form.embeds ?? []).map(withServerFields),
    components: receivedComponents(world, form.components ?? []),
    flags: (form.flags ?? 0) & settableFlags,
    tts: form.tts ?? false,
    reference,
    poll: form.poll === undefined ? null : newPoll(world, form.poll),
    webhook: writer.webhook ?? null,
    interaction: writer.interaction ?? null,
    visibleTo: writer.visibleTo ?? null,
  });
  if (message.visibleTo !== null) message.flags |= MessageFlags.Ephemeral;
  checkMessageParts({
    content: message.content,
    embeds: message.embeds,
    components: form.components ?? [],
    flags: message.flags,
    poll: message.poll,
    stickers: form.sticker_ids ?? [],
    attachments: files,
  });
  message.attachments = keepAttachments(world, channel.id, files, form.attachments ?? []);
  resolveAttachmentUrls(message);
  applyMentions(world, message, channel, form.allowed_mentions);
  store(world, message, channel, form);
  return { message, nonce: form.nonce ?? null };
}

function ensureMayWrite(
  world: World,
  writer: Writer,
  channel: ChannelRecord,
  form: MessageForm,
  files: UploadedFile[],
): void {
  if (writer.permitted !== true) {
    ensureChannelPermissions(world, writer.userId, channel, []);
    ensure(textTypes.has(channel.type), 'nonTextChannel');
    ensureChannelPermissions(world, writer.userId, channel, [
      channel.kind === 'thread' ? 'SendMessagesInThreads' : 'SendMessages',
    ]);
    if (files.length > 0) ensureChannelPermissions(world, writer.userId, channel, ['AttachFiles']);
    if (form.poll !== undefined) ensureChannelPermissions(world, writer.userId, channel, ['SendPolls']);
    if (form.tts) ensureChannelPermissions(world, writer.userId, channel, ['SendTTSMessages']);
  }
  if (channel.kind === 'dm') ensureDmAccepted(world, writer, channel.userId);
  if (channel.kind === 'thread') ensureThreadOpen(world, writer.userId, channel);
  if (writer.permitted !== true) ensureSlowmodeOver(world, writer.userId, channel);
}

function ensureDmAccepted(world: World, writer: Writer, recipientId: Snowflake): void {
  // An answer to an interaction in the direct messages comes through in any case.
  if (writer.userId !== world.botId || writer.permitted === true) return;
  const recipient = found(world.users.get(recipientId), 'unknownUser');
  ensure(world.members.has(recipientId), 'noMutualGuild');
  ensure(recipient.dmsOpen && !recipient.bot, 'cannotSendToUser');
}

function ensureSlowmodeOver(world: World, userId: Snowflake, channel: ChannelRecord): void {
  if (channel.kind === 'dm' || channel.rateLimitPerUser === 0 || world.users.get(userId)?.bot) return;
  if (hasInChannel(world, userId, channel, 'ManageMessages')) return;
  if (hasInChannel(world, userId, channel, 'ManageChannels')) return;
  const period = channel.rateLimitPerUser * 1000;
  for (const message of world.messages.newestFirst(channel.id)) {
    const waited = world.now() - snowflakeTime(message.id);
    if (waited >= period) return;
    if (message.authorId === userId)
      throw new DiscordError('slowmode', { retryAfter: (period - waited) / 1000 });
  }
}

function nonceKey(authorId: Snowflake, channelId: Snowflake, nonce: string | number): string {
  return `${authorId}/${channelId}/${nonce}`;
}

function findByNonce(
  world: World,
  authorId: Snowflake,
  channelId: Snowflake,
  form: MessageForm,
): MessageRecord | null {
  if (form.nonce === undefined || form.enforce_nonce !== true) return null;
  const known = world.nonces.get(nonceKey(authorId, channelId, form.nonce));
  if (known === undefined || known.at + world.limits.nonceMs <= world.now()) return null;
  return world.messages.get(channelId, known.messageId) ?? null;
}

function rememberNonce(world: World, message: MessageRecord, form: MessageForm): void {
  if (form.nonce === undefined) return;
  // Times only grow in the order of insertion, so what is over stands at the front.
  for (const [key, { at }] of world.nonces.entries()) {
    if (at + world.limits.nonceMs > world.now()) break;
    world.nonces.delete(key);
  }
  const key = nonceKey(message.authorId, message.channelId, form.nonce);
  world.nonces.delete(key);
  world.nonces.set(key, { messageId: message.id, at: world.now() });
}

function resolveReference(
  world: World,
  writer: Writer,
  channel: ChannelRecord,
  form: MessageForm,
): MessageRecord['reference'] {
  const wanted = form.message_reference;
  if (wanted?.message_id === undefined) return null;
  if (channel.kind !== 'dm' && !writer.permitted)
    ensure(hasInChannel(world, writer.userId, channel, 'ReadMessageHistory'), 'messageHasNoReply');
  const isHere = wanted.channel_id === undefined || wanted.channel_id === channel.id;
  const referenced = isHere ? world.messages.get(channel.id, wanted.message_id) : undefined;
  if (referenced === undefined || referenced.visibleTo !== null) {
    if (wanted.fail_if_not_exists === false) return null;
    throw formError(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  }
  if (isSystemMessage(referenced))
    throw formError(
      ['message_reference'],
      'REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE',
      'Cannot reply to a system message',
    );
  return {
    type: MessageReferenceType.Default,
    message_id: referenced.id,
    channel_id: channel.id,
    ...(channel.kind === 'dm' ? {} : { guild_id: world.guild.id }),
  };
}

/** Whether Discord itself wrote the message ("Anna joined", "Ben pinned a message"). */
export function isSystemMessage(message: MessageRecord): boolean {
  const written = [
    MessageType.Default,
    MessageType.Reply,
    MessageType.ChatInputCommand,
    MessageType.ContextMenuCommand,
    MessageType.ThreadStarterMessage,
  ];
  return !written.includes(message.type);
}

function applyMentions(
  world: World,
  message: MessageRecord,
  channel: ChannelRecord,
  allowed: MessageForm['allowed_mentions'],
): void {
  const displays = message.components.flatMap((component) =>
    [...withNested({ ...component })].map(({ content }) => (typeof content === 'string' ? content : '')),
  );
  const repliedTo =
    message.type === MessageType.Reply &&
    message.interaction === null &&
    message.reference?.message_id !== undefined
      ? (world.messages.records.get(message.reference.message_id)?.authorId ?? null)
      : null;
  const mentions = findMentions(world, {
    authorId: message.authorId,
    channel,
    text: [message.content, ...displays].join('\n'),
    allowed,
    repliedTo,
  });
  message.mentions = mentions.users;
  message.mentionRoles = mentions.roles;
  message.mentionEveryone = mentions.everyone;
  message.pinged = message.visibleTo === null ? mentions.pinged : [];
}

function store(world: World, message: MessageRecord, channel: ChannelRecord, form: MessageForm): void {
  world.messages.add(message);
  rememberNonce(world, message, form);
  if (message.visibleTo === null) {
    channel.lastMessageId = message.id;
    world.channels.set(channel.id, channel);
    if (channel.kind === 'thread') countThreadMessage(world, channel.id, message.authorId);
  }
  tellCreated(world, message, form.nonce ?? null);
}

/**
 * A message that somebody can see.
 * @throws DiscordError 10008 when there is none; ephemeral messages are found by nobody but their one viewer.
 */
export function findMessage(
  world: World,
  viewerId: Snowflake,
  channel: ChannelRecord,
  messageId: Snowflake,
): MessageRecord {
  const message = found(world.messages.get(channel.id, messageId), 'unknownMessage');
  ensure(message.visibleTo === null || message.visibleTo === viewerId, 'unknownMessage');
  return message;
}

/**
 * Changes what a message says. Fields that are absent stay as they are.
 * @throws DiscordError 50005 for somebody else's message, 50021 for Discord's own.
 */
export function editMessage(
  world: World,
  editorId: Snowflake,
  message: MessageRecord,
  form: MessageEditForm,
  files: UploadedFile[] = [],
  byItsWebhook = false,
): MessageRecord {
  const channel = found(world.channels.get(message.channelId), 'unknownChannel');
  ensure(!isSystemMessage(message), 'systemMessage');
  const isOwn = byItsWebhook || (message.authorId === editorId && !message.webhook?.name);
  if (!isOwn) {
    ensure(onlyFlags(form) && hasInChannel(world, editorId, channel, 'ManageMessages'), 'notYourMessage');
  }
  const changed = changedParts(world, message, form);
  checkMessageParts({
    content: changed.content,
    embeds: changed.embeds,
    components: form.components ?? [],
    flags: changed.flags,
    poll: message.poll,
    stickers: [],
    attachments: [
      ...changed.attachments,
      ...files,
      ...(form.components === undefined ? changed.components : []),
    ],
  });
  // The answer that replaces "thinking" counts as written, not as edited.
  const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
  Object.assign(message, { ...changed, flags: changed.flags & ~MessageFlags.Loading });
  message.attachments = [
    ...changed.attachments,
    ...keepAttachments(world, channel.id, files, form.attachments ?? []),
  ];
  resolveAttachmentUrls(message);
  if (!onlyFlags(form) && !wasLoading) message.editedAt = world.isoNow();
  const { pinged } = message;
  applyMentions(world, message, channel, form.allowed_mentions);
  message.pinged = pinged;
  tellUpdated(world, message);
  return message;
}

function onlyFlags(form: MessageEditForm): boolean {
  return Object.entries(form).every(([field, value]) => field === 'flags' || value === undefined);
}

function changedParts(world: World, message: MessageRecord, form: MessageEditForm) {
  const kept = form.attachments?.map(({ id }) => id);
  const flags = form.flags === undefined ? message.flags : withSettableFlags(message.flags, form.flags);
  return {
    content: form.content === undefined ? message.content : (form.content ?? '').trim(),
    embeds: form.embeds === undefined ? message.embeds : (form.embeds ?? []).map(withServerFields),
    components:
      form.components === undefined ? message.components : receivedComponents(world, form.components ?? []),
    attachments:
      form.attachments === undefined
        ? message.attachments
        : message.attachments.filter(({ id }) => kept?.includes(id)),
    flags,
  };
}

/** An edit sets or clears the suppression of embeds, and may turn components v2 on, but never off. */
function withSettableFlags(before: number, wanted: number): number {
  const suppressed = (before & ~MessageFlags.SuppressEmbeds) | (wanted & MessageFlags.SuppressEmbeds);
  return suppressed | (wanted & MessageFlags.IsComponentsV2);
}
