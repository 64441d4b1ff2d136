import { DiscordAPIError, type REST } from '@discordjs/rest';
import {
  type APIGuild,
  type APIGuildChannel,
  type APIGuildMember,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
} from 'discord-api-types/v10';
import { GuildDirectory, isForTalking, takesMessages } from '../activities/discord/directory.ts';
import type { Environment } from '../config/environment.ts';
import { ConfigError } from '../config/load.ts';
import {
  type NamedThing,
  namesIn,
  namesOfChannelsForFiles,
  namesOfChannelsToRead,
  namesOfChannelsToWriteIn,
  namesOfRolesToGive,
  namesOfVoiceChannels,
} from '../config/names.ts';
import type { CommunityConfig } from '../config/schema.ts';
import { TOKEN_REFUSED } from '../runtime/discord-rest.ts';
import { MisconfiguredError } from '../runtime/process.ts';
import { channelPermissions, guildPermissions, type MemberOfGuild, toMemberOfGuild } from './permissions.ts';

const UNAUTHORISED = 401;

/** Discord's answers that mean that the bot is not in the guild. Any other 4xx may be a proxy's, and pass. */
const NOT_IN_GUILD: readonly unknown[] = [RESTJSONErrorCodes.UnknownGuild, RESTJSONErrorCodes.MissingAccess];

/** A permission of Discord. */
interface Permission {
  readonly name: string;
  readonly bit: bigint;
}

const NEEDED_TO_READ: readonly Permission[] = [
  { name: 'View Channel', bit: PermissionFlagsBits.ViewChannel },
  { name: 'Read Message History', bit: PermissionFlagsBits.ReadMessageHistory },
];

/** What the bot needs where it writes: without the history it cannot find out whether a message was sent. */
const NEEDED_TO_WRITE: readonly Permission[] = [
  { name: 'View Channel', bit: PermissionFlagsBits.ViewChannel },
  { name: 'Send Messages', bit: PermissionFlagsBits.SendMessages },
  { name: 'Embed Links', bit: PermissionFlagsBits.EmbedLinks },
  { name: 'Read Message History', bit: PermissionFlagsBits.ReadMessageHistory },
];

const NEEDED_FOR_FILES: readonly Permission[] = [
  { name: 'Attach Files', bit: PermissionFlagsBits.AttachFiles },
];

/**
 * Checks that the guild has what the configuration names, and that the bot may do what it is asked to. These are six
 * requests, once at a worker's start, with the client that the process goes on with. Where another process is the sender, that leaves
 * Discord's global limit room for them, and where it does not, they are tried again.
 *
 * @throws ConfigError with a line for each thing that is missing, and what to do about it
 * @throws MisconfiguredError if Discord refuses the token or the bot is not in the guild
 */
export async function verifyGuild(
  environment: Pick<Environment, 'DISCORD_GUILD_ID'>,
  config: CommunityConfig,
  rest: REST,
): Promise<void> {
  const guild = await readGuild(rest, environment.DISCORD_GUILD_ID);
  const names = namesIn(config);
  const missing = await new GuildDirectory(rest, environment.DISCORD_GUILD_ID).missing(names);
  if (missing.length > 0) throw new ConfigError(missing);
  const bot = await readBot(rest, guild);
  const channels = (await rest.get(Routes.guildChannels(guild.id))) as APIGuildChannel[];
  const problems = [
    ...rolesOutOfReach(bot, guild, new Set(namesOfRolesToGive(config).map(({ name }) => name))),
    ...channelsOutOfReach(bot, channels, namesOfChannelsToWriteIn(config), NEEDED_TO_WRITE),
    ...channelsOutOfReach(bot, channels, namesOfChannelsToRead(config), NEEDED_TO_READ),
    ...channelsOutOfReach(bot, channels, namesOfChannelsForFiles(config), NEEDED_FOR_FILES),
    ...notForTalking(channels, namesOfVoiceChannels(config)),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
}

async function readGuild(rest: REST, guildId: string): Promise<APIGuild> {
  try {
    return (await rest.get(Routes.guild(guildId))) as APIGuild;
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) throw error;
    if (error.status === UNAUTHORISED) throw new MisconfiguredError(TOKEN_REFUSED);
    if (!NOT_IN_GUILD.includes(error.code)) throw error;
    throw new MisconfiguredError(
      `the bot is not in the guild ${guildId}: invite it, or correct DISCORD_GUILD_ID (Discord answered: ${error.message})`,
    );
  }
}

async function readBot(rest: REST, guild: APIGuild): Promise<MemberOfGuild> {
  const { id } = (await rest.get(Routes.user())) as { id: string };
  const member = (await rest.get(Routes.guildMember(guild.id, id))) as APIGuildMember;
  return toMemberOfGuild(id, guild, member);
}

/** The configured roles that the bot cannot give, with what to do: Discord lets it give only roles below its own. */
function rolesOutOfReach(bot: MemberOfGuild, guild: APIGuild, wanted: ReadonlySet<string>): string[] {
  if (wanted.size === 0) return [];
  if ((guildPermissions(bot) & PermissionFlagsBits.ManageRoles) === 0n)
    return ['the bot lacks the permission Manage Roles: give it to its role in the guild'];
  const highest = Math.max(...bot.roles.map(({ position }) => position));
  return guild.roles
    .filter(({ name, position }) => wanted.has(name) && position >= highest)
    .map(
      ({ name }) =>
        `the role "${name}" stands above the bot's own: move the bot's role above it in the guild's settings`,
    );
}

/** The channels in which the bot cannot do its work, with what it lacks there. `channels` are known to have all of these names. */
function channelsOutOfReach(
  bot: MemberOfGuild,
  channels: readonly APIGuildChannel[],
  wanted: readonly NamedThing[],
  needed: readonly Permission[],
): string[] {
  const names = new Set(wanted.map(({ name }) => name));
  return [...names].flatMap((name) => {
    const keys = wanted.filter((one) => one.name === name).map(({ key }) => key);
    const channel = channels.find((candidate) => candidate.name === name && takesMessages(candidate));
    if (channel === undefined)
      return [`${keys.join(', ')}: #${name} takes no messages: name a text channel, not a forum`];
    const bits = channelPermissions(bot, channel.permission_overwrites ?? []);
    const lacking = needed.filter(({ bit }) => (bits & bit) === 0n).map(({ name }) => name);
    if (lacking.length === 0) return [];
    return [
      `${keys.join(', ')}: in #${name} the bot lacks ${lacking.join(', ')}: allow it that in the channel's settings, under Permissions`,
    ];
  });
}

/** The configured voice channels that are none. `channels` are known to have all of these names. */
function notForTalking(channels: readonly APIGuildChannel[], wanted: readonly NamedThing[]): string[] {
  return wanted
    .filter(({ name }) => !channels.some((channel) => channel.name === name && isForTalking(channel)))
    .map(({ name, key }) => `${key}: "${name}" is no voice or stage channel: name one`);
}
