import { Worker } from '@temporalio/worker';
import { GuildDirectory } from '../activities/discord/directory.ts';
import { createDiscordActivities } from '../activities/discord/index.ts';
import { createDiscordPublisher } from '../activities/discord/publisher.ts';
import { connectAlways } from '../activities/platforms/connection.ts';
import { taskQueues } from '../domain/task-queues.ts';
import { duties } from '../runtime/metrics.ts';
import { SHUTDOWN, shutDown } from './community-worker.ts';
import type { WorkerContext } from './context.ts';
import { createPlatformWorker } from './platform-workers.ts';

/**
 * What the sender polls. Where a limit is much narrower than the global one, a few activities at a time wait for it in the client
 * for requests, which knows to the millisecond when it may go on; all others wait in Temporal, the most urgent first. A rate at
 * the server would let pass less than the limit does, since it counts starts and spreads them evenly. The rate of the general
 * queue is a coarse bound only: all workers must say the same, since the last one to connect wins.
 */
const QUEUES = [
  { queue: 'discord', concurrent: 50, perSecond: 48 },
  { queue: 'discordChannels', concurrent: 10 },
  { queue: 'discordOpenings', concurrent: 5 },
  { queue: 'discordRoles', concurrent: 5 },
  // Many look at their events in the same moment, which takes one request for all of them.
  { queue: 'discordScheduledEvents', concurrent: 25 },
  // Each of them tells ten members at a time, which is as much as the global limit lets pass.
  { queue: 'discordNotices', concurrent: 5 },
] as const;

/**
 * Carries out the activities on Discord, until `over` aborts. One process of a deployment at a time may do this, because
 * one REST client has to see every rate limit. So it returns, or throws, only when none of its workers works any more.
 */
export async function sendUntil(over: AbortSignal, context: WorkerContext): Promise<void> {
  const workers = await createWorkers(context);
  duties.set({ duty: 'sender' }, 1);
  context.logger.info('this worker is the sender: it carries out the requests to Discord');
  try {
    await runAll(workers, over);
  } finally {
    duties.set({ duty: 'sender' }, 0);
  }
}

async function createWorkers(context: WorkerContext): Promise<Worker[]> {
  const { environment, config, logger, database, connection, rest } = context;
  const guildId = environment.DISCORD_GUILD_ID;
  const directory = new GuildDirectory(rest, guildId);
  const discord = { rest, database, config, directory, logger };
  const activities = createDiscordActivities(discord);
  const posts = connectAlways(createDiscordPublisher(discord));
  const created = await Promise.allSettled([
    createPlatformWorker(context, 'discord', posts),
    ...QUEUES.map(({ queue, concurrent, ...rate }) =>
      Worker.create({
        connection,
        namespace: environment.TEMPORAL_NAMESPACE,
        taskQueue: taskQueues(guildId)[queue],
        activities,
        maxConcurrentActivityTaskExecutions: concurrent,
        ...('perSecond' in rate && { maxTaskQueueActivitiesPerSecond: rate.perSecond }),
        ...SHUTDOWN,
      }),
    ),
  ]);
  const workers = created.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = created.find((result) => result.status === 'rejected');
  if (failure === undefined) return workers;
  // A worker lets go of its connection only when it has run and ended.
  await runAll(workers, AbortSignal.abort());
  throw failure.reason;
}

/** Runs `workers` until `over` aborts or one of them fails; the others are then told to end, and waited for. */
async function runAll(workers: readonly Worker[], over: AbortSignal): Promise<void> {
  const endAll = () => shutDown(...workers);
  over.addEventListener('abort', endAll, { once: true });
  const running = workers.map((worker) => worker.run().finally(endAll));
  if (over.aborted) endAll();
  const results = await Promise.allSettled(running);
  over.removeEventListener('abort', endAll);
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason;
}
