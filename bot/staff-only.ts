import {
  type BaseInteraction,
  MessageFlags,
  PermissionFlagsBits,
  type RepliableInteraction,
} from 'discord.js';
import type { BotContext } from './context.ts';
import type { CommandHandler } from './feature.ts';

/**
 * A command that is for staff: others are told so, and are offered no values. Discord hides such commands by their
 * `default_member_permissions`, but whoever manages the guild can open them to anybody, so that only this is a rule.
 */
export function staffOnly(command: CommandHandler): CommandHandler {
  return {
    async run(interaction, context) {
      await ifStaff(interaction, context, () => command.run(interaction, context));
    },

    async complete(interaction, context) {
      if (command.complete !== undefined && isStaff(interaction, context))
        return command.complete(interaction, context);
      await interaction.respond([]);
    },
  };
}

/** Does `work` if it is staff who act; others are told that it is for staff. */
export async function ifStaff(
  interaction: RepliableInteraction,
  context: BotContext,
  work: () => Promise<unknown>,
): Promise<void> {
  if (isStaff(interaction, context)) {
    await work();
    return;
  }
  await interaction.reply({ content: context.config.answers.staffOnly, flags: MessageFlags.Ephemeral });
}

/** Whether somebody may manage our guild: Discord says so with each interaction. Administrators may everything. */
export function isStaff(
  { guildId, memberPermissions }: Pick<BaseInteraction, 'guildId' | 'memberPermissions'>,
  { environment }: BotContext,
): boolean {
  return (
    guildId === environment.DISCORD_GUILD_ID &&
    memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true
  );
}
