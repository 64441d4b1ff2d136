/** A worker: runs workflows, their work in the database, and, if it is the one chosen for it, the requests to Discord. */

import { NativeConnection } from '@temporalio/worker';
import { readEnvironment } from '../config/environment.ts';
import { loadConfig } from '../config/load.ts';
import { takeTurns } from '../database/lock.ts';
import { migrate } from '../database/migrate.ts';
import { openDatabase } from '../database/orm.ts';
import { createDiscordRest } from '../runtime/discord-rest.ts';
import { serveHealth } from '../runtime/health.ts';
import { createLogger } from '../runtime/logger.ts';
import { announceReady, runProcess, untilAborted } from '../runtime/process.ts';
import { checkTemporal, createTemporalClient, untilItWorks } from '../runtime/temporal.ts';
import { createCommunityWorker, shutDown } from './community-worker.ts';
import { createGithubWorker } from './github-worker.ts';
import { settleUntil } from './message-settlement.ts';
import { prepareNamespace } from './namespace.ts';
import { relayOutboxUntil } from './outbox-relay.ts';
import { createPlatformWorkers } from './platform-workers.ts';
import { serveLinks } from './post-links.ts';
import { keepSchedules } from './schedules.ts';
import { installSdkRuntime } from './sdk-runtime.ts';
import { sendUntil } from './sender.ts';
import { requestSetUp } from './set-up.ts';
import { verifyGuild } from './verify-guild.ts';
import { bundleWorkflowsApart } from './workflow-bundle.ts';

await runProcess(async (stop) => {
  const environment = readEnvironment(process.env);
  const config = await loadConfig(environment.COMMUNITY_CONFIG);
  const logger = createLogger('worker', environment);
  const sdkMetrics = await installSdkRuntime(logger, environment.LOG_LEVEL);
  const client = createTemporalClient(environment);
  const database = openDatabase(environment.DATABASE_URL);
  const rest = createDiscordRest(environment);

  const health = await serveHealth(
    { host: environment.HEALTH_HOST, port: environment.HEALTH_PORT },
    {
      temporal: () => checkTemporal(client),
      database: async () => void (await database.em.fork().execute('select 1')),
    },
    sdkMetrics,
  );

  // Before the rest: whoever follows a link has no need of Temporal or Discord.
  const links = await serveLinks({ environment, config, database, logger });

  const waitFor = <Result>(what: string, work: () => Promise<Result>) =>
    untilItWorks(what, work, logger, stop);
  // Discord too: steps that a half-configured guild refuses are refused for good, while what waits in Temporal is not lost.
  const [bundle] = await Promise.all([
    bundleWorkflowsApart(),
    waitFor('PostgreSQL', () => migrate(environment.DATABASE_URL)),
    waitFor('Temporal', () => prepareNamespace(client, environment.TEMPORAL_NAMESPACE)),
    waitFor('Discord', () => verifyGuild(environment, config, rest)),
  ]);
  const connection = await waitFor('Temporal', () =>
    NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS }),
  );
  if (connection === undefined) return;

  const context = { environment, config, logger, client, database, connection, rest };
  const worker = await createCommunityWorker(context, bundle);
  const workers = [worker, await createGithubWorker(context), ...(await createPlatformWorkers(context))];
  announceReady(logger, `worker ready; health and metrics at ${health.address}`);

  const failed = new AbortController();
  const over = AbortSignal.any([stop, failed.signal]);
  const fail = (error: Error) => failed.abort(error);
  untilAborted(over).then(() => shutDown(...workers));
  await Promise.all([
    ...workers.map((worker) => worker.run().catch(fail)),
    relayOutboxUntil(over, context).catch(fail),
    settleUntil(over, context).catch(fail),
    requestSetUp(over, context),
    keepSchedules(over, context),
    takeTurns(
      environment.DATABASE_URL,
      environment.DISCORD_GUILD_ID,
      'sender',
      {
        carryOut: (end) => sendUntil(end, context),
        onTrouble: ({ message }) =>
          logger.warn({ reason: message }, 'the sender has stopped; it is taken up again when possible'),
      },
      over,
    ),
  ]);

  // The process ends with it. What is closed below may not be able to close after a failure.
  if (failed.signal.aborted) throw failed.signal.reason;
  await health.stop();
  await links?.stop();
  await connection.close();
  await database.close();
});
