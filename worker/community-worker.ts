import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { createDatabaseActivities } from '../activities/database/index.ts';
import { taskQueues } from '../domain/task-queues.ts';
import type { WorkerContext } from './context.ts';

/** Each workflow in the cache takes memory, about a quarter of a MB; one that is not there is replayed from its history. */
const CACHED_WORKFLOWS = 100;

/**
 * How a worker ends. For the grace time it lets activities finish, which are short; at the force time it gives up on
 * whatever still goes on, because an activity or Temporal does not answer. What was not finished is done again elsewhere.
 */
export const SHUTDOWN = { shutdownGraceTime: '10s', shutdownForceTime: '15s' } as const;

/** Tells `workers` to end, those that are not ending already. Their `run()` returns when they have. */
export function shutDown(...workers: readonly Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}

/** The worker for workflows, given as a bundle, and their work in the database. */
export function createCommunityWorker(
  context: WorkerContext,
  workflowBundle: WorkflowBundleOption,
): Promise<Worker> {
  const { environment, connection, database, config } = context;
  return Worker.create({
    connection,
    namespace: environment.TEMPORAL_NAMESPACE,
    taskQueue: taskQueues(environment.DISCORD_GUILD_ID).community,
    workflowBundle,
    activities: createDatabaseActivities({ database, config, environment }),
    maxCachedWorkflows: CACHED_WORKFLOWS,
    ...SHUTDOWN,
  });
}
