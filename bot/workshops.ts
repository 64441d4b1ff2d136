import { ScheduleNotFoundError } from '@temporalio/client';
import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import { readAttendance } from '../database/workshop-insights.ts';
import { readWorkshops } from '../database/workshops.ts';
import { dayText } from '../domain/calendar.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { createdAt } from '../domain/ids.ts';
import { dayAt } from '../domain/wall-clock.ts';
import { INSIGHT_DAYS } from '../domain/workshop-insights.ts';
import { daysFrom, workshopTimes } from '../domain/workshop-times.ts';
import { ALL_SLOTS, type WorkshopSlot, workshopEventId, workshopScheduleId } from '../domain/workshops.ts';
import { WORKSHOPS_COMMAND } from '../views/commands/workshops.ts';
import { attendancePicture } from '../views/pictures/workshop-insights.ts';
import {
  INSIGHTS_PICTURE,
  insightsDescription,
  insightsMessage,
  toInsightsPicture,
} from '../views/workshop-insights.ts';
import { endOf, type ListedWorkshop, workshopWeekMessage } from '../views/workshops.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { BotFeature, CommandHandler } from './feature.ts';
import { organisersOnly } from './organisers-only.ts';
import { runSubcommand } from './subcommands.ts';
import { move, pause, resume, skip } from './workshop-changes.ts';

const DAY_MS = 86_400_000;
/** How many of a slot's days are offered while one is typed. */
const DAYS_OFFERED = 8;

const FOR_ORGANISERS = { skip, move, pause, resume };

const ofMembers: CommandHandler = { run: runSubcommand({ week, insights }) };
const ofOrganisers = organisersOnly({ run: runSubcommand(FOR_ORGANISERS), complete: offer });

/** `/workshops`: everybody sees the coming week, organisers change it. What Discord is told of it is in `views/commands`. */
export const workshops: BotFeature = {
  commands: {
    [WORKSHOPS_COMMAND.name]: {
      ...ofOrganisers,
      run(interaction, context) {
        const isForOrganisers = Object.hasOwn(FOR_ORGANISERS, interaction.options.getSubcommand(false) ?? '');
        return (isForOrganisers ? ofOrganisers : ofMembers).run(interaction, context);
      },
    },
  },
};

async function week(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const now = createdAt(interaction.id);
  const listed = await Promise.all(
    context.config.workshops.slots.map((slot) => comingWorkshops(slot, now, context)),
  );
  return workshopWeekMessage(listed.flat(), now);
}

/** The next workshop of a slot, and the last one too if it was moved and is still to come, or is on. */
async function comingWorkshops(
  slot: WorkshopSlot,
  now: number,
  context: BotContext,
): Promise<ListedWorkshop[]> {
  const { config, database, environment } = context;
  const { timeZone } = config.workshops;
  const days = daysFrom(slot, now, timeZone, 2);
  const refs = days.map((day) => ({ slot: slot.name, day }));
  const [recorded, isPaused] = await Promise.all([
    readWorkshops(database.em.fork(), environment.DISCORD_GUILD_ID, refs),
    isSlotPaused(slot, context),
  ]);
  const listed = refs.map((ref) => ({
    ...{ slot, day: ref.day, isPaused, times: workshopTimes(slot, ref.day, config) },
    ...recorded.get(workshopEventId(ref)),
  }));
  const ahead = listed.filter((workshop) => endOf(workshop) > now);
  const [first] = ahead;
  return first?.day === dayAt(now, timeZone) ? [first] : ahead;
}

/** A slot without a schedule, which a worker has still to make, is not paused. */
async function isSlotPaused({ name }: WorkshopSlot, { client, environment }: BotContext): Promise<boolean> {
  const schedule = client.schedule.getHandle(workshopScheduleId(environment.DISCORD_GUILD_ID, name));
  try {
    return (await schedule.describe()).state.paused;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
}

async function insights({ id }: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const { config, database, environment } = context;
  const { timeZone } = config.workshops;
  const since = createdAt(id) - INSIGHT_DAYS * DAY_MS;
  const guildId = environment.DISCORD_GUILD_ID;
  const attendance = await readAttendance(database.em.fork(), guildId, { since, timeZone });
  const message = insightsMessage(attendance, config.workshops);
  const picture = toInsightsPicture(attendance, config.workshops);
  if (picture === undefined) return message;
  const data = await attendancePicture(picture);
  return {
    ...message,
    files: [{ name: INSIGHTS_PICTURE, data, description: insightsDescription(picture) }],
  };
}

async function offer(interaction: AutocompleteInteraction, context: BotContext): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  const offers = name === 'day' ? offeredDays(interaction, context) : offeredSlots(interaction, context);
  const typed = value.toLowerCase();
  const fitting = offers.filter((one) => `${one.value} ${one.name.toLowerCase()}`.includes(typed));
  await interaction.respond(fitting.slice(0, DISCORD_LIMITS.offeredValues));
}

interface Offer {
  readonly name: string;
  readonly value: string;
}

function offeredSlots({ options }: AutocompleteInteraction, { config }: BotContext): Offer[] {
  const slots = config.workshops.slots.map(({ name, title }) => ({ name: title, value: name }));
  const takesAll = ['pause', 'resume'].includes(options.getSubcommand(false) ?? '');
  return takesAll ? [{ name: 'All workshops', value: ALL_SLOTS }, ...slots] : slots;
}

/** The next days of the slot that is typed already; today's is among them. */
function offeredDays({ id, options }: AutocompleteInteraction, { config }: BotContext): Offer[] {
  const { slots, timeZone } = config.workshops;
  const slot = slots.find(({ name }) => name === options.getString('slot'));
  if (slot === undefined) return [];
  const days = daysFrom(slot, createdAt(id), timeZone, DAYS_OFFERED);
  return days.map((day) => ({ name: dayText(day), value: day }));
}
