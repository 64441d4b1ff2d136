import { type Interaction, MessageFlags } from 'discord.js';
import type { BotContext } from './context.ts';
import { FEATURES } from './features.ts';

/** Finds whose interaction it is and lets that feature answer. Never throws: whoever pressed gets a word in any case. */
export async function dispatchInteraction(interaction: Interaction, context: BotContext): Promise<void> {
  if (!interaction.isButton()) return;
  try {
    for (const feature of FEATURES) {
      const answered = feature.press?.(interaction, context);
      if (answered !== undefined) return await answered;
    }
    await interaction.reply({ content: context.config.answers.outdated, flags: MessageFlags.Ephemeral });
  } catch (error) {
    context.logger.warn({ reason: (error as Error).message }, 'an interaction could not be answered');
  }
}
