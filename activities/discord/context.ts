import type { REST } from '@discordjs/rest';
import type { CommunityConfig } from '../../config/schema.ts';
import type { Database } from '../../database/orm.ts';
import type { Logger } from '../../runtime/logger.ts';
import type { GuildDirectory } from './directory.ts';

/** What the activities on Discord work with. */
export interface DiscordContext {
  readonly rest: REST;
  readonly database: Database;
  readonly config: CommunityConfig;
  readonly directory: GuildDirectory;
  readonly logger: Logger;
}
