import { pino } from 'pino';
import { GuildDirectory } from '../../activities/discord/directory.ts';
import { createDiscordActivities, type DiscordActivities } from '../../activities/discord/index.ts';
import { readEnvironment } from '../../config/environment.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { createDiscordRest } from '../../runtime/discord-rest.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import type { TestDatabase } from './database.ts';

/** The activities on Discord as a process has them that has just started: it remembers nothing. */
export function createTestActivities(
  discord: LocalDiscord,
  database: TestDatabase,
  config: CommunityConfig,
): DiscordActivities {
  const environment = readEnvironment({
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: database.url,
  });
  const rest = createDiscordRest(environment);
  return createDiscordActivities({
    rest,
    database: database.orm,
    config,
    directory: new GuildDirectory(rest, environment.DISCORD_GUILD_ID),
    logger: pino({ level: 'silent' }),
  });
}
