import { DiscordAPIError, type REST } from '@discordjs/rest';
import { type APIGuild, type APIGuildMember, PermissionFlagsBits, Routes } from 'discord-api-types/v10';
import { GuildDirectory } from '../activities/discord/directory.ts';
import type { Environment } from '../config/environment.ts';
import { ConfigError } from '../config/load.ts';
import { namesIn } from '../config/names.ts';
import type { CommunityConfig } from '../config/schema.ts';
import { createDiscordRest } from '../runtime/discord-rest.ts';
import { MisconfiguredError } from '../runtime/process.ts';

const UNAUTHORISED = 401;

/**
 * Checks that the guild has what the configuration names, and that the bot may do what it is asked to.
 *
 * @throws ConfigError with a line for each thing that is missing, and what to do about it
 * @throws MisconfiguredError if Discord refuses the token or the bot is not in the guild
 */
export async function verifyGuild(environment: Environment, config: CommunityConfig): Promise<void> {
  const rest = createDiscordRest(environment);
  const guildId = environment.DISCORD_GUILD_ID;
  const guild = await readGuild(rest, guildId);
  const names = namesIn(config);
  const missing = await new GuildDirectory(rest, guildId).missing(names);
  const unreachable =
    missing.length > 0
      ? []
      : await rolesOutOfReach(rest, guild, new Set(names.roles.map((role) => role.name)));
  if (missing.length + unreachable.length > 0) throw new ConfigError([...missing, ...unreachable]);
}

async function readGuild(rest: REST, guildId: string): Promise<APIGuild> {
  try {
    return (await rest.get(Routes.guild(guildId))) as APIGuild;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.status === UNAUTHORISED) {
      throw new MisconfiguredError(
        'Discord refuses DISCORD_BOT_TOKEN: copy it anew from the Developer Portal (your application, "Bot", "Reset Token")',
      );
    }
    throw new MisconfiguredError(
      `the bot is not in the guild ${guildId}: invite it, or correct DISCORD_GUILD_ID (Discord answered: ${error.message})`,
    );
  }
}

/** The configured roles that the bot cannot give, with what to do: Discord lets it give only roles below its own. */
async function rolesOutOfReach(rest: REST, guild: APIGuild, wanted: ReadonlySet<string>): Promise<string[]> {
  if (wanted.size === 0) return [];
  const me = (await rest.get(Routes.user())) as { id: string };
  const member = (await rest.get(Routes.guildMember(guild.id, me.id))) as APIGuildMember;
  const own = guild.roles.filter(({ id }) => id === guild.id || member.roles.includes(id));
  const permissions = own.reduce((all, role) => all | BigInt(role.permissions), 0n);
  const mayManage = permissions & (PermissionFlagsBits.ManageRoles | PermissionFlagsBits.Administrator);
  if (mayManage === 0n)
    return ['the bot lacks the permission Manage Roles: give it to its role in the guild'];
  const highest = Math.max(...own.map(({ position }) => position));
  return guild.roles
    .filter(({ name, position }) => wanted.has(name) && position >= highest)
    .map(
      ({ name }) =>
        `the role "${name}" stands above the bot's own: move the bot's role above it in the guild's settings`,
    );
}
