import {
  type ButtonInteraction,
  GatewayDispatchEvents,
  type GatewayGuildScheduledEventUserAddDispatchData,
} from 'discord.js';
import { noteInterest, type ShownInterest } from '../database/event-interest.ts';
import { setWantsDirectMessages } from '../database/event-preferences.ts';
import { findExpectedEvent, respond } from '../database/event-registrations.ts';
import { type EventButton, parseEventButtonId } from '../domain/event-buttons.ts';
import type { Response } from '../domain/event-registrations.ts';
import { type EventRef, toScheduledEventId } from '../domain/events.ts';
import { createdAt, firstIdAt, toMemberId } from '../domain/ids.ts';
import { eventCalendar } from '../views/event-calendar.ts';
import {
  CALENDAR_FILE,
  EVENT_OVER,
  preferenceAnswer,
  registeredAnswer,
} from '../views/event-registrations.ts';
import { type Answer, answer } from './answer.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';

/** What is done with an event by whoever presses one of its buttons. */
type Press = (interaction: ButtonInteraction, event: EventRef, context: BotContext) => Promise<Answer>;

const PRESSES: Readonly<Partial<Record<EventButton, Press>>> = {
  going: (...press) => noteResponse('going', ...press),
  maybe: (...press) => noteResponse('maybe', ...press),
  'not-going': (...press) => noteResponse('not going', ...press),
  calendar: offerCalendarFile,
  remind: (...press) => notePreference(true, ...press),
  'stop-reminders': (...press) => notePreference(false, ...press),
};

/** What Discord tells when somebody shows interest in one of its events, or takes it back. */
const INTEREST = [
  [GatewayDispatchEvents.GuildScheduledEventUserAdd, true],
  [GatewayDispatchEvents.GuildScheduledEventUserRemove, false],
] as const;

/**
 * Members say by the buttons below an announcement that they go to an event, or by their interest in Discord's own event, and whether
 * they want direct messages about it.
 */
export const eventRegistrations: BotFeature = {
  listen(client, context) {
    const orders = new GrowingIds();
    // Discord's own events: discord.js does not tell of members whom it has not seen.
    for (const [name, isInterested] of INTEREST)
      client.ws.on(name, (data: GatewayGuildScheduledEventUserAddDispatchData) =>
        hearInterest(name, data, { isInterested, order: orders.next(Date.now()) }, context),
      );
  },

  use(interaction, context) {
    const pressed = parseEventButtonId(interaction.customId);
    if (pressed === undefined || !interaction.isButton()) return undefined;
    const press = PRESSES[pressed.button];
    if (press === undefined) return undefined;
    const event = { guildId: context.environment.DISCORD_GUILD_ID, eventId: pressed.eventId };
    return answer(interaction, context, () => press(interaction, event, context));
  },
};

/** Ids of the moments at which something is heard. Of two things in a millisecond the second has the greater one. */
class GrowingIds {
  #last = 0n;

  /** @param now in ms since 1970 */
  next(now: number): string {
    const id = BigInt(firstIdAt(now));
    this.#last = id > this.#last ? id : this.#last + 1n;
    return String(this.#last);
  }
}

/** What was missed is made up for when the guild is compared. */
function hearInterest(
  name: string,
  { guild_id, guild_scheduled_event_id, user_id }: GatewayGuildScheduledEventUserAddDispatchData,
  heard: Pick<ShownInterest, 'isInterested' | 'order'>,
  { database, environment, handOver }: BotContext,
): void {
  const guildId = environment.DISCORD_GUILD_ID;
  if (guild_id !== guildId) return;
  const interest = {
    ...{ guildId, ...heard, memberId: toMemberId(user_id) },
    scheduledEventId: toScheduledEventId(guild_scheduled_event_id),
  };
  void handOver.attempt(name, () => noteInterest(database.em, interest));
}

async function noteResponse(
  response: Response,
  { id, user }: ButtonInteraction,
  event: EventRef,
  { config, database }: BotContext,
): Promise<Answer> {
  const registered = await respond(database.em, {
    ...{ ...event, response, order: id, at: createdAt(id) },
    memberId: toMemberId(user.id),
  });
  if ('wantsReminders' in registered) return registeredAnswer(registered, event.eventId);
  return registered.kind === 'over' ? EVENT_OVER : config.answers.outdated;
}

async function offerCalendarFile(
  { id }: ButtonInteraction,
  event: EventRef,
  { config, database }: BotContext,
): Promise<Answer> {
  const found = await findExpectedEvent(database.em, event);
  if (found === 'no such event') return config.answers.outdated;
  if (found === 'over') return EVENT_OVER;
  const data = Buffer.from(eventCalendar(found, createdAt(id)));
  return { content: CALENDAR_FILE, files: [{ name: 'event.ics', data, description: 'The event' }] };
}

/** Also of an event that is over: whoever has a message of it can stop them. */
async function notePreference(
  wants: boolean,
  { user }: ButtonInteraction,
  event: EventRef,
  { config, database }: BotContext,
): Promise<Answer> {
  if ((await findExpectedEvent(database.em, event)) === 'no such event') return config.answers.outdated;
  await setWantsDirectMessages(database.em.fork(), event.guildId, toMemberId(user.id), wants);
  return preferenceAnswer(wants, event.eventId);
}
