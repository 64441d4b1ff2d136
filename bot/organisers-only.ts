import { MessageFlags, type RepliableInteraction } from 'discord.js';
import { refusalText } from '../views/event-answers.ts';
import type { BotContext } from './context.ts';
import { isOrganiser } from './event-organisers.ts';
import type { CommandHandler } from './feature.ts';

/** A command that is for those who organise events: others are told so, and are offered no values. */
export function organisersOnly(command: CommandHandler): CommandHandler {
  return {
    async run(interaction, context) {
      if (isOrganiser(interaction, context)) return command.run(interaction, context);
      await refuse(interaction, context);
    },

    async complete(interaction, context) {
      if (command.complete !== undefined && isOrganiser(interaction, context))
        return command.complete(interaction, context);
      await interaction.respond([]);
    },
  };
}

async function refuse(interaction: RepliableInteraction, { config }: BotContext): Promise<void> {
  await interaction.reply({
    content: refusalText({ kind: 'not an organiser' }, config.events),
    flags: MessageFlags.Ephemeral,
  });
}
