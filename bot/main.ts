/** A bot: holds the connection to Discord's gateway, if it is the one chosen for it, and hands over what happens there. */

import { readEnvironment } from '../config/environment.ts';
import { loadConfig } from '../config/load.ts';
import { takeTurns } from '../database/lock.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/orm.ts';
import { serveHealth } from '../runtime/health.ts';
import { createLogger } from '../runtime/logger.ts';
import { announceReady, MisconfiguredError, runProcess } from '../runtime/process.ts';
import { checkTemporal, createTemporalClient, untilItWorks } from '../runtime/temporal.ts';
import { GatewayHolder } from './gateway.ts';
import { EventHandOver } from './hand-over.ts';

/** Whoever presses would rather try again than wait for longer; an event that takes longer is caught up with. */
const DEADLINE_MS = 10_000;

await runProcess(async (stop) => {
  const environment = readEnvironment(process.env);
  const config = await loadConfig(environment.COMMUNITY_CONFIG);
  const logger = createLogger('bot', environment);
  const client = createTemporalClient(environment);
  const database = openDatabase(environment.DATABASE_URL);
  const deadlineMs = DEADLINE_MS;
  const guildId = environment.DISCORD_GUILD_ID;
  const failed = new AbortController();
  const ending = AbortSignal.any([stop, failed.signal]);
  const handOver = new EventHandOver({ client, guildId, logger, stop: ending, deadlineMs });
  const gateway = new GatewayHolder({ environment, config, logger, client, database, handOver, deadlineMs });

  const health = await serveHealth(
    { host: environment.HEALTH_HOST, port: environment.HEALTH_PORT },
    {
      temporal: () => checkTemporal(client),
      database: async () => void (await database.em.fork().execute('select 1')),
      gateway: async () => gateway.check(),
    },
  );
  await untilItWorks('PostgreSQL', () => migrate(environment.DATABASE_URL), logger, stop);
  gateway.onceConnected(() =>
    announceReady(logger, `bot connected to Discord; health and metrics at ${health.address}`),
  );

  await takeTurns(
    environment.DATABASE_URL,
    guildId,
    'gateway',
    {
      carryOut: (over) => gateway.holdUntil(over),
      onInLine: () =>
        announceReady(
          logger,
          `bot waits in line: another bot holds the gateway; health and metrics at ${health.address}`,
          true,
        ),
      onTrouble: (error) => {
        if (error instanceof MisconfiguredError) failed.abort(error);
        else
          logger.warn(
            { reason: error.message },
            'the gateway was given up; it is taken up again when possible',
          );
      },
    },
    ending,
  );

  await Promise.all([gateway.finish(), handOver.finish()]);
  await health.stop();
  await database.close();
  if (failed.signal.aborted) throw failed.signal.reason;
});
