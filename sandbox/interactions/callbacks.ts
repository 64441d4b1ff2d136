/** The first answer to an interaction (Discord docs, "Create Interaction Response"), and the messages after it. */

import {
  InteractionType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  type Snowflake,
  InteractionResponseType as Type,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type { UploadedFile } from '../actions/attachments.ts';
import { removeMessage } from '../actions/message-history.ts';
import { editMessage, sendMessage, type Writer } from '../actions/messages.ts';
import { tellCreated } from '../actions/tell.ts';
import { modalForm } from '../rules/components.ts';
import { type DiscordError, ensure, found } from '../rules/errors.ts';
import { checkForm, formError } from '../rules/form.ts';
import {
  type MessageEditForm,
  type MessageForm,
  messageEditForm,
  messageForm,
} from '../rules/message-form.ts';
import { list, text } from '../rules/scalars.ts';
import { newMessage } from '../state/new-records.ts';
import type { MessageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { InteractionDesk } from './desk.ts';
import type { InteractionRecord } from './records.ts';

const choiceValue = z.union([text(1, 100), z.number()]);
const choicesForm = z.object({
  choices: list(z.object({ name: text(1, 100), value: choiceValue }), 25),
});

/** The body of a callback; what `data` must be depends on the type. */
export const callbackForm = z.object({ type: z.int(), data: z.unknown().optional() });
export type CallbackForm = z.output<typeof callbackForm>;

/** Which first answers each kind of interaction allows. */
const allowedTypes: Record<InteractionType, readonly Type[]> = {
  [InteractionType.Ping]: [Type.Pong],
  [InteractionType.ApplicationCommand]: [
    Type.ChannelMessageWithSource,
    Type.DeferredChannelMessageWithSource,
    Type.Modal,
  ],
  [InteractionType.MessageComponent]: [
    Type.ChannelMessageWithSource,
    Type.DeferredChannelMessageWithSource,
    Type.DeferredMessageUpdate,
    Type.UpdateMessage,
    Type.Modal,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [Type.ApplicationCommandAutocompleteResult],
  [InteractionType.ModalSubmit]: [
    Type.ChannelMessageWithSource,
    Type.DeferredChannelMessageWithSource,
    Type.DeferredMessageUpdate,
    Type.UpdateMessage,
  ],
};

/** Types that change the message that a component is on. */
const updatingTypes: readonly Type[] = [Type.DeferredMessageUpdate, Type.UpdateMessage];

/**
 * Takes the first answer.
 * @returns the message that it made or changed, when it did
 * @throws DiscordError 50035, 50006
 */
export function answerInteraction(
  world: World,
  desk: InteractionDesk,
  record: InteractionRecord,
  form: CallbackForm,
  files: UploadedFile[],
): MessageRecord | null {
  const type = allowedTypes[record.type].find((allowed) => allowed === form.type);
  const hasSource = record.sourceMessageId !== null;
  if (type === undefined || (updatingTypes.includes(type) && !hasSource)) throw wrongType(record, hasSource);
  switch (type) {
    case Type.ChannelMessageWithSource:
      return answerByMessage(world, desk, record, checkData(messageForm, form.data), files);
    case Type.DeferredChannelMessageWithSource:
      return deferMessage(world, desk, record, checkData(messageEditForm, form.data ?? {}));
    case Type.DeferredMessageUpdate:
      desk.answer(record, { state: 'deferred', update: true, ephemeral: false }, record.sourceMessageId);
      return sourceMessage(world, record);
    case Type.UpdateMessage: {
      const message = updateSource(world, record, checkData(messageEditForm, form.data ?? {}), files);
      desk.answer(record, { state: 'updated' }, message.id);
      return message;
    }
    case Type.Modal:
      desk.answer(record, { state: 'modal', modal: checkData(modalForm, form.data) }, null);
      return null;
    case Type.ApplicationCommandAutocompleteResult:
      desk.answer(record, { state: 'choices', choices: checkData(choicesForm, form.data).choices }, null);
      return null;
    default:
      throw wrongType(record, hasSource);
  }
}

function wrongType(record: InteractionRecord, hasSource: boolean): DiscordError {
  const allowed = allowedTypes[record.type].filter((type) => hasSource || !updatingTypes.includes(type));
  return formError(['type'], 'BASE_TYPE_CHOICES', `Value must be one of {${allowed.join(', ')}}.`);
}

/** Checks `data`; what is wrong is named below `data`. */
function checkData<S extends z.ZodType>(schema: S, data: unknown): z.output<S> {
  return checkForm(schema, data, ['data']);
}

function writerOf(world: World, record: InteractionRecord, ephemeral: boolean): Writer {
  const source = sourceMessage(world, record);
  const reply = source !== null && source.visibleTo === null;
  return {
    userId: world.botId,
    webhook: { id: world.identity.applicationId, applicationId: world.identity.applicationId, name: null },
    interaction: record.metadata,
    visibleTo: ephemeral ? record.userId : null,
    type: reply ? MessageType.Reply : messageTypes[record.type],
    reference: reply
      ? { type: MessageReferenceType.Default, message_id: source.id, channel_id: source.channelId }
      : null,
    permitted: true,
  };
}

const messageTypes: Record<InteractionType, MessageType> = {
  [InteractionType.Ping]: MessageType.Default,
  [InteractionType.ApplicationCommand]: MessageType.ChatInputCommand,
  [InteractionType.ApplicationCommandAutocomplete]: MessageType.Default,
  [InteractionType.MessageComponent]: MessageType.Default,
  [InteractionType.ModalSubmit]: MessageType.ChatInputCommand,
};

function sourceMessage(world: World, record: InteractionRecord): MessageRecord | null {
  if (record.sourceMessageId === null) return null;
  return world.messages.get(record.channelId, record.sourceMessageId) ?? null;
}

function channelOf(world: World, record: InteractionRecord) {
  return found(world.channels.get(record.channelId), 'unknownChannel');
}

function isEphemeral(form: { flags?: number | undefined }): boolean {
  return ((form.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
}

function answerByMessage(
  world: World,
  desk: InteractionDesk,
  record: InteractionRecord,
  form: MessageForm,
  files: UploadedFile[],
): MessageRecord {
  const { message } = sendMessage(
    world,
    writerOf(world, record, isEphemeral(form)),
    channelOf(world, record),
    form,
    files,
  );
  desk.answer(record, { state: 'answered' }, message.id);
  return message;
}

/** "Thinking...": a message with the flag `LOADING`, which the real answer replaces. */
function deferMessage(
  world: World,
  desk: InteractionDesk,
  record: InteractionRecord,
  form: MessageEditForm,
): MessageRecord {
  const ephemeral = isEphemeral(form);
  const writer = writerOf(world, record, ephemeral);
  const message = newMessage(world.newId(), record.channelId, world.botId, {
    type: writer.type ?? MessageType.Default,
    reference: writer.reference ?? null,
    webhook: writer.webhook ?? null,
    interaction: record.metadata,
    visibleTo: writer.visibleTo ?? null,
    flags: MessageFlags.Loading | (ephemeral ? MessageFlags.Ephemeral : 0),
  });
  world.messages.add(message);
  tellCreated(world, message);
  desk.answer(record, { state: 'deferred', update: false, ephemeral }, message.id);
  return message;
}

function updateSource(
  world: World,
  record: InteractionRecord,
  form: MessageEditForm,
  files: UploadedFile[],
): MessageRecord {
  return editMessage(world, world.botId, found(sourceMessage(world, record), 'unknownMessage'), form, files);
}

/**
 * Sends a message after the first answer. The first one after "thinking" is that answer.
 * @throws DiscordError as for any message
 */
export function sendFollowUp(
  world: World,
  desk: InteractionDesk,
  record: InteractionRecord,
  form: MessageForm,
  files: UploadedFile[],
): MessageRecord {
  if (record.progress.state === 'deferred' && !record.progress.update)
    return editOriginal(world, desk, record, editOf(form), files);
  const writer = writerOf(world, record, isEphemeral(form));
  const original = record.originalId;
  const { message } = sendMessage(
    world,
    {
      ...writer,
      type: MessageType.Reply,
      reference:
        original === null
          ? null
          : { type: MessageReferenceType.Default, message_id: original, channel_id: record.channelId },
      interaction:
        original === null ? record.metadata : { ...record.metadata, original_response_message_id: original },
    },
    channelOf(world, record),
    form,
    files,
  );
  record.followUpIds.push(message.id);
  desk.tell(record);
  return message;
}

function editOf(form: MessageForm): MessageEditForm {
  const { content, embeds, allowed_mentions, components, attachments, flags } = form;
  return { content, embeds, allowed_mentions, components, attachments, flags };
}

/**
 * The message of an interaction that an id or `@original` names.
 * @throws DiscordError 10008
 */
export function messageOf(
  world: World,
  record: InteractionRecord,
  id: Snowflake | '@original',
): MessageRecord {
  const wanted = id === '@original' ? record.originalId : id;
  const own = wanted !== null && (wanted === record.originalId || record.followUpIds.includes(wanted));
  ensure(own, 'unknownMessage');
  return found(world.messages.get(record.channelId, wanted), 'unknownMessage');
}

/** Changes a message of the interaction. */
export function editMessageOf(
  world: World,
  desk: InteractionDesk,
  record: InteractionRecord,
  id: Snowflake | '@original',
  form: MessageEditForm,
  files: UploadedFile[],
): MessageRecord {
  const message = messageOf(world, record, id);
  if (message.id === record.originalId) return editOriginal(world, desk, record, form, files);
  return editMessage(world, world.botId, message, form, files);
}

function editOriginal(
  world: World,
  desk: InteractionDesk,
  record: InteractionRecord,
  form: MessageEditForm,
  files: UploadedFile[],
): MessageRecord {
  const message = editMessage(world, world.botId, messageOf(world, record, '@original'), form, files);
  if (record.progress.state === 'deferred')
    desk.advance(record, { state: record.progress.update ? 'updated' : 'answered' });
  else desk.tell(record);
  return message;
}

/** Deletes a message of the interaction. */
export function deleteMessageOf(
  world: World,
  desk: InteractionDesk,
  record: InteractionRecord,
  id: Snowflake | '@original',
): void {
  removeMessage(world, messageOf(world, record, id));
  desk.tell(record);
}
