import type { BaseInteraction } from 'discord.js';
import type { BotContext } from './context.ts';

/**
 * Whether somebody has one of the roles that the configuration names, in our guild: by what Discord says of them with each
 * interaction.
 */
export function hasRole(
  interaction: BaseInteraction,
  names: readonly string[],
  { environment }: BotContext,
): boolean {
  if (interaction.guildId !== environment.DISCORD_GUILD_ID || !interaction.inCachedGuild()) return false;
  const { member, guild } = interaction;
  const roles = names.map((name) => guild.roles.cache.find((role) => role.name === name));
  return roles.some((role) => role !== undefined && member.roles.cache.has(role.id));
}
