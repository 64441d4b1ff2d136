import { setTimeout as pause } from 'node:timers/promises';
import type { ChatInputCommandInteraction } from 'discord.js';
import { MessageFlags } from 'discord.js';
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { BotContext } from './context.ts';
import type { ComponentInteraction } from './feature.ts';

/** Discord takes a form as the first answer alone, within three seconds: what it is filled with has to be there by then. */
const FORM_WITHIN_MS = 2_000;

/** Opens a form that is filled with what is known. A text is said instead of it. If it is not there in time, they are told to try again. */
export async function openForm(
  interaction: ComponentInteraction | ChatInputCommandInteraction,
  { config, logger }: BotContext,
  read: () => Promise<APIModalInteractionResponseCallbackData | string>,
): Promise<void> {
  const given = read().catch((error: Error) => {
    logger.warn({ reason: error.message }, 'a form could not be filled');
    return config.answers.tryAgain;
  });
  const form = await Promise.race([given, pause(FORM_WITHIN_MS, config.answers.tryAgain, { ref: false })]);
  if (typeof form === 'string')
    await interaction.reply({ content: form, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
  else await interaction.showModal(form);
}
