/** Our bot in the test's process, on the local Discord and a Temporal of the test's choice. */

import { NativeConnection } from '@temporalio/worker';
import { pino } from 'pino';
import type { BotContext } from '../../bot/context.ts';
import { GatewayHolder } from '../../bot/gateway.ts';
import { EventHandOver } from '../../bot/hand-over.ts';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { openDatabase } from '../../database/orm.ts';
import { createDiscordRest } from '../../runtime/discord-rest.ts';
import { createTemporalClient } from '../../runtime/temporal.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { startTestDiscord } from './local-discord.ts';
import { sharedServers } from './servers.ts';

const DEADLINE_MS = 10_000;

/** A bot that is connected to the gateway. */
export interface RunningBot {
  readonly gateway: GatewayHolder;
  /** Since when it sees what happens in the guild, in ms since 1970. */
  readonly seenSince: number;
  /** Rejects when it gives the gateway up by itself. */
  readonly holding: Promise<void>;
  stop(): Promise<void>;
}

/** Connects a bot that waits for Temporal no longer than `deadlineMs`. */
export async function startBot(
  environment: Environment,
  config: CommunityConfig,
  deadlineMs = DEADLINE_MS,
): Promise<RunningBot> {
  const stopping = new AbortController();
  const context = createContext(environment, config, deadlineMs, stopping.signal);
  const gateway = new GatewayHolder(context);
  const connected = new Promise<void>((resolve) => gateway.onceConnected(resolve));
  const holding = gateway.holdUntil(stopping.signal);
  await Promise.race([connected, holding]);
  return {
    gateway,
    seenSince: context.handOver.seenSince,
    holding,
    async stop() {
      stopping.abort();
      await holding;
      await Promise.all([gateway.finish(), context.handOver.finish()]);
      await context.database.close();
      // As in bot/main.ts the connection is left open: the SDK may have put off another try, which would fail on a closed one
      // with nobody there to catch it.
    },
  };
}

/** What a bot's handlers work with. */
export function createContext(
  environment: Environment,
  config: CommunityConfig,
  deadlineMs: number,
  stop: AbortSignal,
): BotContext {
  const logger = pino({ level: 'silent' });
  const client = createTemporalClient(environment);
  const guildId = environment.DISCORD_GUILD_ID;
  const handOver = new EventHandOver({ client, guildId, logger, stop, deadlineMs });
  const database = openDatabase(environment.DATABASE_URL);
  return { environment, config, logger, client, database, handOver, deadlineMs };
}

/** A local Discord without rate limits, which other tests are about, and the environment of a bot there. */
export async function startBotDiscord(variables: Readonly<Record<string, string>> = {}) {
  const discord = await startTestDiscord();
  await discord.control.setLimits({ enforced: false });
  const environment = readEnvironment({
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: sharedServers().databaseUrl,
    TEMPORAL_ADDRESS: sharedServers().temporalAddress,
    TEMPORAL_NAMESPACE: 'tests',
    ...variables,
  });
  return { discord, environment };
}

/** What a worker in the test's process works with, and how it is let go. */
export async function connectWorker(environment: Environment, config: CommunityConfig) {
  const context: WorkerContext = {
    environment,
    config,
    logger: pino({ level: 'silent' }),
    client: createTemporalClient(environment),
    database: openDatabase(environment.DATABASE_URL),
    connection: await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS }),
    rest: createDiscordRest(environment),
  };
  return {
    context,
    async disconnect() {
      await context.connection.close();
      await context.client.connection.close();
      await context.database.close();
    },
  };
}
