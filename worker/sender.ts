import { Worker } from '@temporalio/worker';
import { GuildDirectory } from '../activities/discord/directory.ts';
import { createDiscordActivities } from '../activities/discord/index.ts';
import { taskQueues } from '../domain/task-queues.ts';
import { createDiscordRest } from '../runtime/discord-rest.ts';
import { duties } from '../runtime/metrics.ts';
import { SHUTDOWN_GRACE } from './community-worker.ts';
import type { WorkerContext } from './context.ts';

/**
 * What the sender polls, and how fast. A rate counts starts and is a coarse bound only: it keeps what waits for a narrow
 * limit in Temporal instead of trying it in vain. All workers must say the same, since the last one to connect wins.
 */
const QUEUES = [
  { queue: 'discord', concurrent: 50, perSecond: 48 },
  { queue: 'discordChannels', concurrent: 5, perSecond: 1 },
  { queue: 'discordRoles', concurrent: 5, perSecond: 1 },
] as const;

/**
 * Carries out the activities on Discord, until `over` aborts. One process of a deployment at a time may do this, because
 * one REST client has to see every rate limit.
 */
export async function sendUntil(over: AbortSignal, context: WorkerContext): Promise<void> {
  const { environment, config, logger, database, connection } = context;
  const guildId = environment.DISCORD_GUILD_ID;
  const rest = createDiscordRest(environment);
  const directory = new GuildDirectory(rest, guildId);
  const activities = createDiscordActivities({ rest, database, config, directory, logger });
  const workers = await Promise.all(
    QUEUES.map(({ queue, concurrent, perSecond }) =>
      Worker.create({
        connection,
        namespace: environment.TEMPORAL_NAMESPACE,
        taskQueue: taskQueues(guildId)[queue],
        activities,
        maxConcurrentActivityTaskExecutions: concurrent,
        maxTaskQueueActivitiesPerSecond: perSecond,
        shutdownGraceTime: SHUTDOWN_GRACE,
      }),
    ),
  );
  const shutDown = () =>
    workers.forEach((worker) => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
    });
  over.addEventListener('abort', shutDown, { once: true });
  duties.set({ duty: 'sender' }, 1);
  logger.info('this worker is the sender: it carries out the requests to Discord');
  try {
    const running = Promise.all(workers.map((worker) => worker.run()));
    if (over.aborted) shutDown();
    await running;
  } finally {
    duties.set({ duty: 'sender' }, 0);
    shutDown();
  }
}
