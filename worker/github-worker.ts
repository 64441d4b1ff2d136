import { Worker } from '@temporalio/worker';
import { createGithubActivities } from '../activities/github/index.ts';
import { taskQueues } from '../domain/task-queues.ts';
import { githubAccess } from '../runtime/github.ts';
import { SHUTDOWN } from './community-worker.ts';
import type { WorkerContext } from './context.ts';

/** GitHub asks its clients not to make many requests at once. */
const CONCURRENT = 4;

/** The worker for requests to GitHub. Where GitHub is not set up it says so to whoever asks: nothing waits for ever. */
export function createGithubWorker({
  environment,
  connection,
  database,
  config,
  logger,
}: WorkerContext): Promise<Worker> {
  return Worker.create({
    connection,
    namespace: environment.TEMPORAL_NAMESPACE,
    taskQueue: taskQueues(environment.DISCORD_GUILD_ID).github,
    activities: createGithubActivities({ access: githubAccess(environment), database, config, logger }),
    maxConcurrentActivityTaskExecutions: CONCURRENT,
    ...SHUTDOWN,
  });
}
