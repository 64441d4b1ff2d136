import { type BaseInteraction, MessageFlags, type RepliableInteraction } from 'discord.js';
import { forOrganisers } from '../views/workshops.ts';
import type { BotContext } from './context.ts';
import type { CommandHandler } from './feature.ts';
import { isStaff } from './staff-only.ts';

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

/** Whether somebody has one of the roles of `events.organisers`, or may manage our guild: Discord says so with each interaction. */
function isOrganiser(
  interaction: Pick<BaseInteraction, 'guildId' | 'memberPermissions'> & BaseInteraction,
  context: BotContext,
): boolean {
  if (isStaff(interaction, context)) return true;
  const { config, environment } = context;
  if (interaction.guildId !== environment.DISCORD_GUILD_ID || !interaction.inCachedGuild()) return false;
  return interaction.member.roles.cache.some(({ name }) => config.events.organisers.includes(name));
}

async function refuse(interaction: RepliableInteraction, { config }: BotContext): Promise<void> {
  await interaction.reply({
    content: forOrganisers(config.events.organisers),
    flags: MessageFlags.Ephemeral,
  });
}
