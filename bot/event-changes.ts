import type { ButtonInteraction, ChatInputCommandInteraction, ModalSubmitInteraction } from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { discardDraft, keepDraft } from '../database/event-drafts.ts';
import { findListedEvent } from '../database/event-lists.ts';
import { setTimeZone, timeZoneOf } from '../database/event-preferences.ts';
import {
  type ChangeDraft,
  type DraftRef,
  type EventRefusal,
  type EventWords,
  endOf,
  isRefusal,
  readWords,
} from '../domain/event-drafts.ts';
import { readEventTime } from '../domain/event-time.ts';
import { type CommunityEvent, type EventId, EXPECTED } from '../domain/events.ts';
import { createdAt, toInteractionId, toMemberId } from '../domain/ids.ts';
import {
  cancelAnswer,
  cancelQuestion,
  changeAnswer,
  changeRefused,
  refusalText,
} from '../views/event-answers.ts';
import { formRefused, wordsForm, wordsProblem } from '../views/event-drafts.ts';
import { type Answer, answer } from './answer.ts';
import type { BotContext } from './context.ts';
import { readDetails, readEventOption, type SaidDetails } from './event-options.ts';
import { refusalToLead } from './event-organisers.ts';
import { requestCancel, requestChange } from './event-workflow.ts';
import { openForm } from './open-form.ts';
import { answerUnlessChanged } from './subcommands.ts';

type Acting = ButtonInteraction | ChatInputCommandInteraction | ModalSubmitInteraction;

/** An event that may be changed, and what is to change. */
interface AskedChange {
  readonly event: CommunityEvent;
  readonly draft: ChangeDraft;
}

/** `/event edit`: at once, or when the form is sent that opens for the words. */
export function editEvent(interaction: ChatInputCommandInteraction, context: BotContext): Promise<void> {
  return interaction.options.getBoolean('text') === true
    ? openForm(interaction, context, () => answerUnlessChanged(() => formFor(interaction, context)))
    : answer(interaction, context, () => answerUnlessChanged(() => changeAtOnce(interaction, context)));
}

/** Changes the words of an event, and what else was said with the command. */
export async function changeWords(
  interaction: ModalSubmitInteraction,
  ref: DraftRef,
  draft: ChangeDraft,
  words: EventWords,
  context: BotContext,
): Promise<Answer> {
  const event = await leadable(interaction, draft.eventId, context);
  if (isRefusal(event)) return refusalText(event.refused, context.config.events);
  const read = readWords(words);
  const at = createdAt(interaction.id);
  if (typeof read === 'string') {
    await keepDraft(context.database.em, ref, { ...draft, ...words }, at);
    return formRefused(ref.draftId, wordsProblem(read));
  }
  return change(interaction, event, ref, { ...draft, ...read }, context);
}

/** `/event cancel`: asks once more. */
export async function askToCancel(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<Answer> {
  const event = await leadable(interaction, readEventOption(interaction), context);
  return isRefusal(event) ? refusalText(event.refused, context.config.events) : cancelQuestion(event);
}

/** Calls an event off, for whoever has confirmed it. */
export async function cancelConfirmed(
  interaction: ButtonInteraction,
  eventId: EventId,
  context: BotContext,
): Promise<Answer> {
  const event = await leadable(interaction, eventId, context);
  if (isRefusal(event)) return refusalText(event.refused, context.config.events);
  const by = toMemberId(interaction.user.id);
  return cancelAnswer(event, await requestCancel(event, by, interaction.id, context));
}

async function formFor(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<APIModalInteractionResponseCallbackData | string> {
  const asked = await readChange(interaction, context);
  if (isRefusal(asked)) return refusalText(asked.refused, context.config.events);
  const { title, description } = asked.event;
  const ref = refOf(interaction, context);
  await keepDraft(
    context.database.em,
    ref,
    { ...asked.draft, title, description },
    createdAt(interaction.id),
  );
  return wordsForm(ref.draftId, { title, description });
}

async function changeAtOnce(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const asked = await readChange(interaction, context);
  const { events } = context.config;
  if (isRefusal(asked)) return refusalText(asked.refused, events);
  const { event, draft } = asked;
  if (Object.keys(draft.change).length === 0 && draft.picture === undefined)
    return refusalText({ kind: 'nothing to change' }, events);
  return change(interaction, event, refOf(interaction, context), draft, context);
}

/** Words and pictures wait in the draft until the workflow takes them: they must not pass through Temporal. */
async function change(
  { id, user }: Acting,
  event: CommunityEvent,
  ref: DraftRef,
  draft: ChangeDraft,
  context: BotContext,
): Promise<Answer> {
  const { title, picture } = draft;
  const hasDraft = title !== undefined || picture !== undefined;
  if (hasDraft) await keepDraft(context.database.em, ref, draft, createdAt(id));
  const asked = {
    by: toMemberId(user.id),
    ...draft.change,
    ...(hasDraft && { draftId: ref.draftId }),
  };
  const result = await requestChange(event, asked, id, context);
  if (typeof result === 'string') return changeRefused(result);
  if (hasDraft) await discardDraft(context.database.em.fork(), ref);
  return changeAnswer(event, result);
}

async function readChange(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<AskedChange | { readonly refused: EventRefusal }> {
  const event = await leadable(interaction, readEventOption(interaction), context);
  if (isRefusal(event)) return event;
  const details = readDetails(interaction);
  if (isRefusal(details)) return details;
  const times = await readTimes(interaction, event, details, context);
  if (isRefusal(times)) return times;
  const { place, capacity, hostId, picture } = details;
  const change = {
    ...times,
    ...(place !== undefined && { place }),
    ...(capacity !== undefined && { capacity }),
    ...(hostId !== undefined && { hostId }),
  };
  return {
    event,
    draft: { for: 'change', eventId: event.eventId, change, ...(picture !== undefined && { picture }) },
  };
}

/** When it begins and ends, as far as that changes. What is moved lasts as long as before. */
async function readTimes(
  interaction: ChatInputCommandInteraction,
  event: CommunityEvent,
  { lengthMs, timeZone }: SaidDetails,
  { config, database, environment }: BotContext,
): Promise<ChangeDraft['change'] | { readonly refused: EventRefusal }> {
  const guildId = environment.DISCORD_GUILD_ID;
  const memberId = toMemberId(interaction.user.id);
  if (timeZone !== undefined) await setTimeZone(database.em.fork(), guildId, memberId, timeZone);
  const text = interaction.options.getString('start');
  const length = lengthMs === undefined ? {} : { lengthMs };
  if (text === null) return lengthMs === undefined ? {} : { endsAt: endOf(event, length) };
  const zone =
    timeZone ?? (await timeZoneOf(database.em.fork(), guildId, memberId)) ?? config.events.timeZone;
  const time = readEventTime(text, zone, createdAt(interaction.id));
  if (time.kind !== 'moment') return { refused: { kind: 'time', time, text } };
  return { startsAt: time.at, endsAt: endOf(event, { startsAt: time.at, ...length }) };
}

/** The event, if whoever acts may change it and it is not over. */
async function leadable(
  interaction: Acting,
  eventId: EventId | undefined,
  context: BotContext,
): Promise<CommunityEvent | { readonly refused: EventRefusal }> {
  const { database, environment } = context;
  const event =
    eventId === undefined
      ? undefined
      : await findListedEvent(database.em.fork(), { guildId: environment.DISCORD_GUILD_ID, eventId });
  if (event === undefined) return { refused: { kind: 'no such event' } };
  const refused = refusalToLead(interaction, event, context);
  if (refused !== undefined) return { refused };
  return EXPECTED.includes(event.state) ? event : { refused: { kind: 'over' } };
}

function refOf(interaction: Acting, { environment }: BotContext): DraftRef {
  return {
    guildId: environment.DISCORD_GUILD_ID,
    draftId: toInteractionId(interaction.id),
    memberId: toMemberId(interaction.user.id),
  };
}
