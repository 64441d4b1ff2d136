import {
  type Interaction,
  MessageFlags,
  type ModalSubmitInteraction,
  type RepliableInteraction,
} from 'discord.js';
import { COMMAND_CHANGED } from '../views/command-changed.ts';
import type { BotContext } from './context.ts';
import type { CommandHandler, ComponentInteraction } from './feature.ts';
import { FEATURES } from './features.ts';

/**
 * Finds whose interaction it is and lets that feature answer; to what none of them knows, whoever acted is told that it is
 * out of use. Never throws: an answer that fails is logged, and Discord shows the failure to whoever acted.
 */
export async function dispatchInteraction(interaction: Interaction, context: BotContext): Promise<void> {
  try {
    if (interaction.isButton() || interaction.isStringSelectMenu()) await useComponent(interaction, context);
    else if (interaction.isModalSubmit()) await submitForm(interaction, context);
    else if (interaction.isChatInputCommand()) {
      const command = commandOf(interaction.commandName);
      await (command?.run(interaction, context) ?? say(COMMAND_CHANGED, interaction));
    } else if (interaction.isAutocomplete()) {
      await (commandOf(interaction.commandName)?.complete?.(interaction, context) ?? interaction.respond([]));
    }
  } catch (error) {
    context.logger.warn({ reason: (error as Error).message }, 'an interaction could not be answered');
  }
}

async function useComponent(interaction: ComponentInteraction, context: BotContext): Promise<void> {
  for (const feature of FEATURES) {
    const answered = feature.use?.(interaction, context);
    if (answered !== undefined) return answered;
  }
  await say(context.config.answers.outdated, interaction);
}

async function submitForm(interaction: ModalSubmitInteraction, context: BotContext): Promise<void> {
  for (const feature of FEATURES) {
    const answered = feature.submit?.(interaction, context);
    if (answered !== undefined) return answered;
  }
  await say(context.config.answers.outdated, interaction);
}

function commandOf(name: string): CommandHandler | undefined {
  return FEATURES.map(({ commands }) => commands?.[name]).find((command) => command !== undefined);
}

async function say(content: string, interaction: RepliableInteraction): Promise<void> {
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}
