/** How activities are called: which queue each kind goes to, how long it may take, how it is tried again. */

import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { DatabaseActivities } from '../activities/database/index.ts';
import type { DiscordActivities } from '../activities/discord/index.ts';
import type { GithubActivities } from '../activities/github/index.ts';
import type { EngagementActivities } from '../activities/platforms/engagement.ts';
import type { PlatformActivities } from '../activities/platforms/publish.ts';
import type { GuildId } from '../domain/ids.ts';
import type { Platform } from '../domain/platforms.ts';
import type { DeliveryRef } from '../domain/posts.ts';
import { PRIORITY, platformQueue, taskQueues } from '../domain/task-queues.ts';
import { unlessWeCancel } from './local-activities.ts';

/** Tried for as long as it takes: what can never succeed comes back as an outcome, not as a failure. */
const UNTIL_IT_WORKS = { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '30s' } as const;

/** Short work in the database, done by the worker that runs the workflow. */
export const database = unlessWeCancel(
  proxyLocalActivities<DatabaseActivities>({ startToCloseTimeout: '10s', retry: UNTIL_IT_WORKS }),
);

/** Work in the database that may take minutes. Its heartbeat says that it goes on: if its worker dies, another does it again. */
export const databaseAtLength = proxyActivities<DatabaseActivities>({
  startToCloseTimeout: '1h',
  heartbeatTimeout: '1m',
  retry: UNTIL_IT_WORKS,
});

/**
 * Requests to Discord, by the rate limit that they come under.
 *
 * @param priority how urgent they are
 */
export function discord(guildId: GuildId, priority: keyof typeof PRIORITY) {
  const queues = taskQueues(guildId);
  const on = (taskQueue: string) =>
    proxyActivities<DiscordActivities>({
      taskQueue,
      // Also how long it takes until somebody else does what a worker held that died.
      startToCloseTimeout: '30s',
      retry: UNTIL_IT_WORKS,
      priority: { priorityKey: PRIORITY[priority] },
    });
  return {
    general: on(queues.discord),
    channels: on(queues.discordChannels),
    openings: on(queues.discordOpenings),
    scheduledEvents: on(queues.discordScheduledEvents),
    notices: on(queues.discordNotices),
    roles: on(queues.discordRoles),
  };
}

/** Requests to GitHub. */
export function github(guildId: GuildId) {
  const taskQueue = taskQueues(guildId).github;
  return {
    /** Asking for a code: somebody waits for the answer, and would rather try again than wait for long. */
    codes: proxyActivities<GithubActivities>({
      taskQueue,
      startToCloseTimeout: '15s',
      scheduleToCloseTimeout: '1m',
      retry: { ...UNTIL_IT_WORKS, maximumAttempts: 3 },
    }),
    /** Asking what became of it, until the code expires. */
    approvals: (expiresInMs: number) =>
      proxyActivities<GithubActivities>({
        taskQueue,
        startToCloseTimeout: '30s',
        scheduleToCloseTimeout: expiresInMs,
        retry: UNTIL_IT_WORKS,
      }),
    /** Reading all of a repository may take a while. */
    repositories: proxyActivities<GithubActivities>({
      taskQueue,
      startToCloseTimeout: '5m',
      retry: UNTIL_IT_WORKS,
    }),
  };
}

/**
 * Publishing on a platform. An upload may take long; its heartbeat says that it goes on. What fails again and again is no business of
 * the platform's, and must not look as if it waited for it.
 */
export function publishing({ guildId, platform }: DeliveryRef) {
  return proxyActivities<PlatformActivities>({
    taskQueue: platformQueue(guildId, platform),
    startToCloseTimeout: '2h',
    heartbeatTimeout: '30s',
    retry: { ...UNTIL_IT_WORKS, maximumAttempts: 10 },
  });
}

/** Looking at a platform while somebody waits for the answer: what cannot be seen soon keeps nobody waiting. */
export function checking({ guildId, platform }: DeliveryRef) {
  return proxyActivities<PlatformActivities>({
    taskQueue: platformQueue(guildId, platform),
    scheduleToCloseTimeout: '4s',
    retry: { maximumAttempts: 1 },
  });
}

/** Reading figures from a platform. It keeps nobody waiting for long: what does not answer is asked again another time. */
export function collecting(guildId: GuildId, platform: Platform) {
  return proxyActivities<EngagementActivities>({
    taskQueue: platformQueue(guildId, platform),
    startToCloseTimeout: '4m',
    scheduleToCloseTimeout: '5m',
    heartbeatTimeout: '30s',
    retry: UNTIL_IT_WORKS,
    priority: { priorityKey: PRIORITY.catchUp },
  });
}
