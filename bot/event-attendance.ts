import type { ButtonInteraction } from 'discord.js';
import { checkIn } from '../database/event-attendance.ts';
import { parseEventButtonId } from '../domain/event-buttons.ts';
import type { EventRef } from '../domain/events.ts';
import { createdAt, toMemberId } from '../domain/ids.ts';
import { checkInAnswer } from '../views/event-attendance.ts';
import { type Answer, answer } from './answer.ts';
import { textContext } from './channels.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';

/** The button with which members check in at an event that is in no voice or stage channel. */
export const eventAttendance: BotFeature = {
  use(interaction, context) {
    const pressed = parseEventButtonId(interaction.customId);
    if (pressed?.button !== 'check-in' || !interaction.isButton()) return undefined;
    const event = { guildId: context.environment.DISCORD_GUILD_ID, eventId: pressed.eventId };
    return answer(interaction, context, () => noteCheckIn(interaction, event, context));
  },
};

async function noteCheckIn(
  { id, user, client }: ButtonInteraction,
  event: EventRef,
  context: BotContext,
): Promise<Answer> {
  const { config, database } = context;
  const { result, found } = await checkIn(database.em, event, toMemberId(user.id), createdAt(id));
  const texts = config.events.checkIn;
  const said = found && checkInAnswer(result, found, texts, textContext(client, context, texts));
  return said ?? config.answers.outdated;
}
