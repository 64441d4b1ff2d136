/** The requests of the baseline: those by which ours reads one post, made by the same publishers. */

import { Context } from '@temporalio/activity';
import { GuildDirectory } from '../../../activities/discord/directory.ts';
import { createDiscordPublisher } from '../../../activities/discord/publisher.ts';
import type { Publisher, ReadTools } from '../../../activities/platforms/publisher.ts';
import type { Environment } from '../../../config/environment.ts';
import { loadConfig } from '../../../config/load.ts';
import { openDatabase } from '../../../database/orm.ts';
import type { Platform } from '../../../domain/platforms.ts';
import { createDiscordRest } from '../../../runtime/discord-rest.ts';
import type { Logger } from '../../../runtime/logger.ts';
import { connectAll } from '../../distribution/bare/publish.ts';
import type { BareActivities } from './definition.ts';

/** Reads once what it needs: the accounts' tokens. */
export async function prepareReading(environment: Environment, logger: Logger): Promise<BareActivities> {
  const config = await loadConfig(environment.COMMUNITY_CONFIG);
  const rest = createDiscordRest(environment);
  const database = openDatabase(environment.DATABASE_URL);
  const directory = new GuildDirectory(rest, environment.DISCORD_GUILD_ID);
  const publishers: Readonly<Record<Platform, Publisher>> = {
    ...(await connectAll(environment, config.distribution)),
    discord: createDiscordPublisher({ rest, database, config, directory, logger }),
  };
  return {
    async readOne(order) {
      const outcome = await publishers[order.platform].readFigures?.([order], tools());
      return outcome?.kind ?? 'not allowed';
    },
  };
}

function tools(): ReadTools {
  const { cancellationSignal: signal } = Context.current();
  return { signal, heartbeat: () => undefined, now: Date.now };
}
