import type { AutocompleteInteraction, ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import { attendeesOf, comingEvents, findListedEvent, offeredEvents } from '../database/event-lists.ts';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import { ATTENDED, SHOWN } from '../domain/event-lists.ts';
import { shortWallClock } from '../domain/event-time.ts';
import { type EventId, type EventState, EXPECTED } from '../domain/events.ts';
import { toMemberId } from '../domain/ids.ts';
import { timeZonesLike } from '../domain/time-zones.ts';
import { refusalText } from '../views/event-answers.ts';
import { attendeesMessage, eventInfoMessage, eventListMessage } from '../views/event-lists.ts';
import { cut } from '../views/text.ts';
import type { Answer } from './answer.ts';
import type { BotContext } from './context.ts';
import { askToCancel, editEvent } from './event-changes.ts';
import { beginDraft } from './event-drafts.ts';
import { readEventOption } from './event-options.ts';
import { isOrganiser, refusalToLead } from './event-organisers.ts';
import type { CommandHandler } from './feature.ts';
import { runSubcommand } from './subcommands.ts';

const CHOICES = DISCORD_LIMITS.offeredValues;
/** With the time behind it, it fits into 100 characters. */
const OFFERED_TITLE_LENGTH = 80;

const runOthers = runSubcommand({ cancel: askToCancel, list, info, attendees });

/** `/event`. What Discord is told of it is in `views/commands`. */
export const eventCommand: CommandHandler = {
  run(interaction, context) {
    switch (interaction.options.getSubcommand(false)) {
      case 'create':
        return beginDraft(interaction, context);
      case 'edit':
        return editEvent(interaction, context);
      default:
        return runOthers(interaction, context);
    }
  },

  complete(interaction, context) {
    const { name, value } = interaction.options.getFocused(true);
    return (OFFERS[name] ?? offerNothing)(interaction, value, context);
  },
};

/** A page of what is on. */
export async function showEvents(
  page: number,
  { config, database, environment }: BotContext,
): Promise<Answer> {
  const events = await comingEvents(database.em.fork(), environment.DISCORD_GUILD_ID, page);
  return eventListMessage(events, config.events);
}

/** A page of who goes to an event, for organisers and its host. */
export async function showAttendees(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  eventId: EventId | undefined,
  page: number,
  context: BotContext,
): Promise<Answer> {
  const { config, database, environment } = context;
  const event = await findEvent(eventId, context);
  if (event === undefined) return refusalText({ kind: 'no such event' }, config.events);
  const refused = refusalToLead(interaction, event, context);
  if (refused !== undefined) return refusalText(refused, config.events);
  const ref = { guildId: environment.DISCORD_GUILD_ID, eventId: event.eventId };
  return attendeesMessage(event, await attendeesOf(database.em.fork(), ref, page));
}

function list({ options }: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  return showEvents(options.getInteger('page') ?? 1, context);
}

async function info(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const { events } = context.config;
  const event = await findEvent(readEventOption(interaction), context);
  return event === undefined
    ? refusalText({ kind: 'no such event' }, events)
    : eventInfoMessage(event, events);
}

function attendees(interaction: ChatInputCommandInteraction, context: BotContext): Promise<Answer> {
  const page = interaction.options.getInteger('page') ?? 1;
  return showAttendees(interaction, readEventOption(interaction), page, context);
}

async function findEvent(eventId: EventId | undefined, { database, environment }: BotContext) {
  if (eventId === undefined) return undefined;
  return findListedEvent(database.em.fork(), { guildId: environment.DISCORD_GUILD_ID, eventId });
}

type Offer = (interaction: AutocompleteInteraction, typed: string, context: BotContext) => Promise<void>;

const OFFERS: Readonly<Record<string, Offer>> = {
  kind: offerKinds,
  event: offerEvents,
  'time-zone': offerTimeZones,
};

async function offerNothing(interaction: AutocompleteInteraction): Promise<void> {
  await interaction.respond([]);
}

async function offerKinds(
  interaction: AutocompleteInteraction,
  typed: string,
  { config }: BotContext,
): Promise<void> {
  const fitting = config.events.kinds.filter(({ name, label }) =>
    `${name} ${label}`.toLowerCase().includes(typed.toLowerCase()),
  );
  await interaction.respond(
    fitting.slice(0, CHOICES).map(({ name, label }) => ({ name: label, value: name })),
  );
}

/** The usual one comes first while nothing is typed. */
async function offerTimeZones(
  interaction: AutocompleteInteraction,
  typed: string,
  { config }: BotContext,
): Promise<void> {
  const usual = typed === '' ? [config.events.timeZone] : [];
  const names = [...new Set([...usual, ...timeZonesLike(typed, CHOICES)])].slice(0, CHOICES);
  await interaction.respond(names.map((name) => ({ name, value: name })));
}

/** Who may not lead every event is offered their own. */
async function offerEvents(
  interaction: AutocompleteInteraction,
  typed: string,
  context: BotContext,
): Promise<void> {
  const { config, database, environment } = context;
  const subcommand = interaction.options.getSubcommand();
  const isForAll = subcommand === 'info' || isOrganiser(interaction, context);
  const events = await offeredEvents(database.em.fork(), {
    guildId: environment.DISCORD_GUILD_ID,
    typed,
    states: OFFERED_STATES[subcommand] ?? EXPECTED,
    ...(!isForAll && { ledBy: toMemberId(interaction.user.id) }),
  });
  await interaction.respond(
    events.map(({ eventId, title, startsAt }) => ({
      name: `${cut(title, OFFERED_TITLE_LENGTH)} · ${shortWallClock(startsAt, config.events.timeZone)}`,
      value: eventId,
    })),
  );
}

const OFFERED_STATES: Readonly<Record<string, readonly EventState[]>> = { info: SHOWN, attendees: ATTENDED };
