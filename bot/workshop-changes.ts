/** What organisers do to weekly workshops. */

import type { ScheduleHandle } from '@temporalio/client';
import type { ChatInputCommandInteraction } from 'discord.js';
import { moveWorkshop, readWorkshop, skipWorkshop } from '../database/workshops.ts';
import { createdAt, toInteractionId, toMemberId } from '../domain/ids.ts';
import { readWorkshopStart } from '../domain/workshop-start.ts';
import { daysFrom, workshopTimes } from '../domain/workshop-times.ts';
import {
  ALL_SLOTS,
  type WorkshopRequest,
  type WorkshopSlot,
  type WorkshopTimes,
  workshopScheduleId,
} from '../domain/workshops.ts';
import { refusalText } from '../views/event-answers.ts';
import {
  beforeItOpens,
  moveAnswer,
  noSuchDay,
  noSuchSlot,
  pauseAnswer,
  skipAnswer,
} from '../views/workshops.ts';
import { openDueWorkshops } from '../workflows/definitions/workshop.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { AnswerTo } from './subcommands.ts';

/** So many days of a slot ahead can be changed: a year. */
const DAYS_AHEAD = 53;
const DAYS_NAMED = 3;

/** One of a slot's workshops that is still to come. */
interface Workshop {
  readonly slot: WorkshopSlot;
  readonly times: WorkshopTimes;
  readonly isOpen: boolean;
  readonly request: WorkshopRequest;
}

/** Leaves a workshop out. */
export const skip = changing(async ({ slot, request }, _, { database }) =>
  skipAnswer(slot, request.day, await skipWorkshop(database.em, request)),
);

/** Lets a workshop begin at another time. */
export const move = changing(async ({ slot, times, isOpen, request }, interaction, { config, database }) => {
  const now = createdAt(interaction.id);
  const written = interaction.options.getString('start', true);
  const time = readWorkshopStart(written, request.day, config.workshops.timeZone, now);
  if (time.kind !== 'moment') return refusalText({ kind: 'time', time, text: written }, config.events);
  const startsAt = time.at;
  const isDue = times.opensAt <= now;
  if (!isOpen && !isDue && startsAt <= times.opensAt) return beforeItOpens(times.opensAt);
  const result = await moveWorkshop(database.em, request, { startsAt, isDue });
  return moveAnswer(slot, request.day, result, { startsAt, opensAt: times.opensAt, isDue });
});

/** Opens no further events of a slot, or of all. */
export const pause: AnswerTo = (interaction, context) =>
  forSlots(interaction, context, 'pause', (schedule) => setPaused(schedule, true, interaction));

/** Goes on after a pause, and opens what was held back and is still to come. Doing it again changes nothing. */
export const resume: AnswerTo = (interaction, context) =>
  forSlots(interaction, context, 'resume', async (schedule) => {
    await setPaused(schedule, false, interaction);
    await openDueWorkshops(schedule, context.config.workshops, createdAt(interaction.id));
  });

/** Changes the workshop that a command names by its slot and its day, if it is still to come. */
function changing(
  work: (
    workshop: Workshop,
    interaction: ChatInputCommandInteraction,
    context: BotContext,
  ) => Promise<Answer>,
): AnswerTo {
  return async (interaction, context) => {
    const { config, database, environment } = context;
    const { slots, timeZone } = config.workshops;
    const { id, options, user } = interaction;
    const slot = slots.find(({ name }) => name === options.getString('slot', true));
    if (slot === undefined) return noSuchSlot(config.workshops);
    const now = createdAt(id);
    const days = daysFrom(slot, now, timeZone, DAYS_AHEAD);
    const ahead = days.filter((one) => workshopTimes(slot, one, config).startsAt > now);
    const refusal = noSuchDay(slot, ahead.slice(0, DAYS_NAMED));
    const day = days.find((one) => one === options.getString('day', true).trim());
    if (day === undefined) return refusal;
    const workshop = { guildId: environment.DISCORD_GUILD_ID, slot: slot.name, day };
    const times = workshopTimes(slot, day, config);
    const { event, exception } = await readWorkshop(database.em.fork(), workshop);
    if (event === undefined && (exception?.startsAt ?? times.startsAt) <= now) return refusal;
    const request = { ...workshop, staffId: toMemberId(user.id), requestId: toInteractionId(id) };
    return work({ slot, times, isOpen: event !== undefined, request }, interaction, context);
  };
}

/**
 * Pauses a schedule, or lets it go on. By an update: of two patches that come at the same time, which pausing and opening what is due both
 * are, Temporal's scheduler may leave one out.
 */
function setPaused(
  schedule: ScheduleHandle,
  paused: boolean,
  { user }: ChatInputCommandInteraction,
): Promise<void> {
  const note = `by member ${user.id}`;
  return schedule.update(({ state, ...rest }) => ({ ...rest, state: { ...state, paused, note } }));
}

/** Does something to the schedules of the slots that a command names. */
async function forSlots(
  { options }: ChatInputCommandInteraction,
  { client, config, environment }: BotContext,
  action: 'pause' | 'resume',
  work: (schedule: ScheduleHandle) => Promise<void>,
): Promise<Answer> {
  const { slots } = config.workshops;
  const wanted = options.getString('slot', true);
  const chosen = wanted === ALL_SLOTS ? slots : slots.filter(({ name }) => name === wanted);
  if (chosen.length === 0) return noSuchSlot(config.workshops);
  // A schedule that a worker has still to make is an error, after which one is told to try again.
  for (const { name } of chosen)
    await work(client.schedule.getHandle(workshopScheduleId(environment.DISCORD_GUILD_ID, name)));
  return pauseAnswer(chosen, action);
}
