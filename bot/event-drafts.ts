import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { confirmDraft, discardDraft, findDraft, keepDraft } from '../database/event-drafts.ts';
import { setTimeZone, timeZoneOf } from '../database/event-preferences.ts';
import { toMilliseconds } from '../domain/duration.ts';
import {
  type DraftButton,
  type DraftRef,
  type EventRefusal,
  type EventWords,
  eventOfDraft,
  isRefusal,
  type NewEventDraft,
  readWords,
} from '../domain/event-drafts.ts';
import { readEventTime, wallClock } from '../domain/event-time.ts';
import { createdAt, type InteractionId, toInteractionId, toMemberId } from '../domain/ids.ts';
import { announcedAnswer, refusalText } from '../views/event-answers.ts';
import {
  DESCRIPTION_INPUT,
  DISCARDED,
  draftIsGone,
  draftPreview,
  formRefused,
  newEventForm,
  START_INPUT,
  TITLE_INPUT,
  wordsForm,
  wordsProblem,
} from '../views/event-drafts.ts';
import { type Answer, answer, update } from './answer.ts';
import type { BotContext } from './context.ts';
import { changeWords } from './event-changes.ts';
import { problemWithStart, readDetails, readKind } from './event-options.ts';
import { isOrganiser } from './event-organisers.ts';
import { untilAnnounced } from './event-workflow.ts';
import { openForm } from './open-form.ts';
import { answerUnlessChanged } from './subcommands.ts';

type Acting = ButtonInteraction | ChatInputCommandInteraction | ModalSubmitInteraction;

/** Drafts on their way into the database: a form opens before they are there. */
const beingKept = new Map<InteractionId, Promise<unknown>>();

/** `/event create`: what can be refused at once is; otherwise the form opens, and the draft is written down meanwhile. */
export async function beginDraft(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): Promise<void> {
  const draft = await answerUnlessChanged(async () => readNewEvent(interaction, context));
  if (typeof draft === 'string' || isRefusal(draft)) {
    const content = typeof draft === 'string' ? draft : refusalText(draft.refused, context.config.events);
    await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
    return;
  }
  const ref = refOf(interaction, toInteractionId(interaction.id), context);
  const kept = keepNew(ref, draft, context).catch((error: Error) =>
    context.logger.warn({ reason: error.message }, 'the draft of an event could not be kept'),
  );
  beingKept.set(ref.draftId, kept);
  void kept.finally(() => beingKept.delete(ref.draftId));
  await interaction.showModal(newEventForm(ref.draftId, draft));
}

/** Takes the press of a button below a draft. */
export function pressDraftButton(
  interaction: ButtonInteraction,
  button: DraftButton,
  draftId: InteractionId,
  context: BotContext,
): Promise<void> {
  const ref = refOf(interaction, draftId, context);
  switch (button) {
    case 'event-confirm':
      return update(interaction, context, () => confirm(interaction, ref, context));
    case 'event-discard':
      return update(interaction, context, async () => {
        await discardDraft(context.database.em.fork(), ref);
        return DISCARDED;
      });
    case 'event-reword':
    case 'event-draft':
      return openForm(interaction, context, async () => {
        const draft = await findDraft(context.database.em.fork(), ref);
        if (draft === undefined) return context.config.answers.outdated;
        if (draft.for === 'new event') return newEventForm(draftId, draft);
        return wordsForm(draftId, { title: draft.title ?? '', description: draft.description ?? '' });
      });
  }
}

/** Takes the form of a draft. One that was opened from a message answers in the place of that. */
export function submitDraftForm(
  interaction: ModalSubmitInteraction,
  draftId: InteractionId,
  context: BotContext,
): Promise<void> {
  const work = async () => {
    const given = await takeForm(interaction, refOf(interaction, draftId, context), context);
    return typeof given === 'string' ? { content: given } : given;
  };
  return interaction.isFromMessage()
    ? update(interaction, context, work)
    : answer(interaction, context, work);
}

function readNewEvent(
  interaction: ChatInputCommandInteraction,
  context: BotContext,
): NewEventDraft | { readonly refused: EventRefusal } {
  const { events } = context.config;
  const refuse = (refused: EventRefusal) => ({ refused });
  if (!isOrganiser(interaction, context)) return refuse({ kind: 'not an organiser' });
  const kind = readKind(interaction, events);
  if (kind === undefined) return refuse({ kind: 'no such kind' });
  const details = readDetails(interaction);
  if (isRefusal(details)) return details;
  const { place, timeZone } = details;
  if (place === undefined) return refuse({ kind: 'no place' });
  const start = { text: interaction.options.getString('start', true), at: createdAt(interaction.id) };
  const problem = problemWithStart(start.text, timeZone, events, start.at);
  if (problem !== undefined) return refuse(problem);
  return {
    for: 'new event',
    ...{ kind: kind.name, place, start, title: '', description: '', startsAt: null },
    lengthMs: details.lengthMs ?? toMilliseconds(kind.duration),
    timeZone: timeZone ?? null,
    capacity: details.capacity ?? null,
    hostId: details.hostId ?? toMemberId(interaction.user.id),
    picture: details.picture ?? null,
  };
}

async function keepNew(ref: DraftRef, draft: NewEventDraft, { database }: BotContext): Promise<void> {
  await keepDraft(database.em, ref, draft, createdAt(ref.draftId));
  if (draft.timeZone !== null)
    await setTimeZone(database.em.fork(), ref.guildId, ref.memberId, draft.timeZone);
}

async function takeForm(
  interaction: ModalSubmitInteraction,
  ref: DraftRef,
  context: BotContext,
): Promise<Answer> {
  const words = wordsOf(interaction);
  await beingKept.get(ref.draftId);
  const draft = await findDraft(context.database.em.fork(), ref);
  if (draft === undefined) return draftIsGone(words);
  return draft.for === 'change'
    ? changeWords(interaction, ref, draft, words, context)
    : takeNew(interaction, ref, withForm(draft, words, interaction), context);
}

function wordsOf({ fields }: ModalSubmitInteraction): EventWords {
  return {
    title: fields.getTextInputValue(TITLE_INPUT),
    description: fields.getTextInputValue(DESCRIPTION_INPUT),
  };
}

/** A start that was written anew counts from now: `tomorrow` is another day by then. */
function withForm(
  draft: NewEventDraft,
  words: EventWords,
  { id, fields }: ModalSubmitInteraction,
): NewEventDraft {
  const text = fields.getTextInputValue(START_INPUT);
  const start = text === draft.start.text ? draft.start : { text, at: createdAt(id) };
  return { ...draft, ...words, start, startsAt: null };
}

/** Keeps what was written, whatever it is, so that the form opens with it again. */
async function takeNew(
  { id }: ModalSubmitInteraction,
  ref: DraftRef,
  draft: NewEventDraft,
  context: BotContext,
): Promise<Answer> {
  const { config, database } = context;
  const { events } = config;
  const keep = (kept: NewEventDraft) => keepDraft(database.em, ref, kept, createdAt(id));
  const refuse = async (why: string) => {
    await keep(draft);
    return formRefused(ref.draftId, why);
  };
  const words = readWords(draft);
  if (typeof words === 'string') return refuse(wordsProblem(words));
  const timeZone =
    draft.timeZone ?? (await timeZoneOf(database.em.fork(), ref.guildId, ref.memberId)) ?? events.timeZone;
  const { text, at } = draft.start;
  const time = readEventTime(text, timeZone, at);
  if (time.kind !== 'moment') return refuse(refusalText({ kind: 'time', time, text }, events));
  const understood: NewEventDraft = { ...draft, ...words, startsAt: time.at };
  const event = eventOfDraft(ref, understood);
  if (event === undefined) return refuse(wordsProblem('title'));
  await keep(understood);
  return draftPreview(ref.draftId, event, wallClock(time.at, timeZone), events);
}

/** The event is there once this is written down, whether or not Temporal can be reached: the order for its workflow is, too. */
async function confirm(interaction: ButtonInteraction, ref: DraftRef, context: BotContext): Promise<Answer> {
  const { config, database } = context;
  if (!isOrganiser(interaction, context)) return refusalText({ kind: 'not an organiser' }, config.events);
  const confirmed = await confirmDraft(database.em, ref, createdAt(interaction.id));
  switch (confirmed.kind) {
    case 'confirmed': {
      const { event } = confirmed;
      return announcedAnswer(event, await untilAnnounced(event, interaction.id, context));
    }
    case 'in the past':
      return formRefused(ref.draftId, 'Its start is over by now. Write another one.');
    case 'draft is gone':
    case 'not ready':
      return config.answers.outdated;
  }
}

function refOf({ user }: Acting, draftId: InteractionId, { environment }: BotContext): DraftRef {
  return { guildId: environment.DISCORD_GUILD_ID, draftId, memberId: toMemberId(user.id) };
}
