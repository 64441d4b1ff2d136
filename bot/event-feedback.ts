import { setTimeout as pause } from 'node:timers/promises';
import { type ButtonInteraction, ComponentType, type ModalSubmitInteraction } from 'discord.js';
import { prepareFeedback, recordFeedback } from '../database/event-feedback.ts';
import { parseEventButtonId } from '../domain/event-buttons.ts';
import {
  type FeedbackAnswer,
  type FeedbackResult,
  parseFeedbackFormId,
  type Rating,
  type Ratings,
  type Remark,
  readRating,
  readRemark,
} from '../domain/event-feedback.ts';
import type { EventId, EventRef } from '../domain/events.ts';
import { createdAt, toMemberId } from '../domain/ids.ts';
import { feedbackAnswer, feedbackForm } from '../views/event-feedback.ts';
import { type Answer, answer } from './answer.ts';
import { textContext } from './channels.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';

/** A form has to open at once: what the database has not said by then is not waited for. */
const WAIT_MS = 250;

/** Members say in a form what they think of an event: in its thread, or in direct messages. */
export const eventFeedback: BotFeature = {
  use(interaction, context) {
    const pressed = parseEventButtonId(interaction.customId);
    if (pressed?.button !== 'feedback' || !interaction.isButton()) return undefined;
    return openForm(interaction, refOf(pressed.eventId, context), context);
  },

  submit(interaction, context) {
    const eventId = parseFeedbackFormId(interaction.customId);
    if (eventId === undefined) return undefined;
    return answer(interaction, context, () => noteAnswer(interaction, refOf(eventId, context), context));
  },
};

function refOf(eventId: EventId, { environment }: BotContext): EventRef {
  return { guildId: environment.DISCORD_GUILD_ID, eventId };
}

/** Whoever cannot answer is told before they have written anything, if the database says so in time. */
async function openForm(interaction: ButtonInteraction, event: EventRef, context: BotContext): Promise<void> {
  const memberId = toMemberId(interaction.user.id);
  const em = context.database.em.fork();
  const prepared = await inTime(prepareFeedback(em, event, memberId, createdAt(interaction.id)));
  if (prepared === undefined || prepared.kind === 'open') {
    await interaction.showModal(
      feedbackForm(event.eventId, context.config.events.feedback, prepared?.earlier),
    );
    return;
  }
  await answer(interaction, context, async () => sayResult(prepared, interaction, context));
}

/** What `work` gives, or undefined if it fails or takes too long. */
async function inTime<Result>(work: Promise<Result>): Promise<Result | undefined> {
  const done = new AbortController();
  const late = pause(WAIT_MS, undefined, { signal: done.signal });
  try {
    return await Promise.race([work, late]);
  } catch {
    return undefined;
  } finally {
    done.abort();
  }
}

async function noteAnswer(
  interaction: ModalSubmitInteraction,
  event: EventRef,
  context: BotContext,
): Promise<Answer> {
  const given = readForm(interaction);
  if (given === undefined) return context.config.events.feedback.answers.notRated;
  const memberId = toMemberId(interaction.user.id);
  const feedback = { ...event, ...given, memberId, at: createdAt(interaction.id) };
  return sayResult(await recordFeedback(context.database.em, feedback), interaction, context);
}

function sayResult(
  result: FeedbackResult,
  { client }: Pick<ButtonInteraction, 'client'>,
  context: BotContext,
): Answer {
  const { answers, events } = context.config;
  const texts = textContext(client, context, events.feedback.answers);
  return feedbackAnswer(result, events.feedback, texts) ?? answers.outdated;
}

/** What was filled in, or undefined if a rating is missing. Whoever sends what no form of ours has is not trusted to be complete. */
function readForm({ fields }: ModalSubmitInteraction): FeedbackAnswer | undefined {
  const ratingOf = (name: Rating) => {
    const field = fields.fields.get(name);
    return field?.type === ComponentType.StringSelect ? readRating(field.values[0]) : undefined;
  };
  const remarkOf = (name: Remark) => {
    const field = fields.fields.get(name);
    return field?.type === ComponentType.TextInput ? readRemark(field.value) : null;
  };
  const ratings = completeRatings(ratingOf('overall'), ratingOf('content'), ratingOf('engagement'));
  return ratings && { ratings, improvements: remarkOf('improvements'), topics: remarkOf('topics') };
}

function completeRatings(
  overall: number | undefined,
  content: number | undefined,
  engagement: number | undefined,
): Ratings | undefined {
  if (overall === undefined || content === undefined || engagement === undefined) return undefined;
  return { overall, content, engagement };
}
