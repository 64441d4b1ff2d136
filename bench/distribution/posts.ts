/** Posts as the measurements publish them: by ours, from the approval on, and by the bare workflow. */

import type { Client } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import { deliveriesOf, insertPost } from '../../database/posts.ts';
import { firstIdAt, toMemberId } from '../../domain/ids.ts';
import { PLATFORMS, type Platform } from '../../domain/platforms.ts';
import {
  deliveryWorkflowId,
  type PostRef,
  type PostWords,
  postWorkflowId,
  toPostId,
} from '../../domain/posts.ts';
import { isStarted } from '../../tests/histories/recordings/recording.ts';
import { until } from '../../tests/support/wait.ts';
import {
  approvePost,
  type DistributionInput,
  type DistributionResult,
  whenPrepared,
} from '../../workflows/definitions/distribution.ts';
import { costOf, eventsOf, type WorkflowCost } from '../support/histories.ts';
import { type BarePost, type BareResult, bareId, startBare } from './bare/definition.ts';
import type { Stage } from './stage.ts';

const AUTHOR = toMemberId('1300000000000000097');
const APPROVER = toMemberId('1300000000000000096');

const FIRST = BigInt(firstIdAt(Date.now()));
let posts = 0n;

/** A post that only waits to be approved. */
export interface ReadyPost {
  approve(): Promise<void>;
  /** Waits until nothing of it is open. @throws Error if it is not on all platforms then */
  settled(): Promise<void>;
  /** When it was on the last one of these platforms, and its workflow knew that: by Temporal's clock, in ms since 1970. */
  publishedAt(platforms?: readonly Platform[]): Promise<number>;
  /** What all its workflows have cost, together. */
  cost(): Promise<WorkflowCost>;
}

/** Writes a post as the command does, and waits until it can be approved. Media have been fetched by then. */
export async function prepareOurs(stage: Stage): Promise<ReadyPost & { readonly ref: PostRef }> {
  const { client } = stage.scene;
  const { id, words } = nextPost('ours');
  const ref: PostRef = { guildId: stage.discord.guildId, postId: toPostId(id) };
  await stage.database.em.fork().transactional((transaction) =>
    insertPost(transaction, {
      ...{ ...ref, ...words, link: null, publishAt: null, createdBy: AUTHOR, platforms: PLATFORMS },
      ...{ media: [stage.videoUrl], madeAt: Date.now() },
    }),
  );
  const handle = client.workflow.getHandle<(input: DistributionInput) => Promise<DistributionResult>>(
    postWorkflowId(ref),
  );
  await until(() => isStarted(handle));
  const revision = 1;
  await handle.executeUpdate(whenPrepared, { args: [{ revision }] });
  const idOn = (platform: Platform) => deliveryWorkflowId({ ...ref, platform });
  return {
    ref,
    async approve() {
      const approval = await handle.executeUpdate(approvePost, { args: [{ by: APPROVER, revision }] });
      if (approval.kind !== 'approved') throw new Error(`not approved: ${JSON.stringify(approval)}`);
    },
    async settled() {
      const { platforms } = await handle.result();
      if (PLATFORMS.some((platform) => platforms[platform] !== 'published'))
        throw new Error(`not published everywhere: ${JSON.stringify(platforms)}`);
    },
    async publishedAt(platforms = PLATFORMS) {
      const all = await Promise.all(platforms.map((one) => lastDone(client, idOn(one), 'publishPost')));
      return Math.max(...all);
    },
    async cost() {
      return sumOf(
        await Promise.all([postWorkflowId(ref), ...PLATFORMS.map(idOn)].map((id) => costOf(client, id))),
      );
    },
  };
}

/** The same post for the bare workflow, which gets the words as they are. */
export async function prepareBare({ scene: { client } }: Stage): Promise<ReadyPost> {
  const post: BarePost = nextPost('bare');
  const workflowId = bareId(post);
  return {
    async approve() {
      await client.workflow.start(...startBare(post));
    },
    async settled() {
      const outcomes: BareResult = await client.workflow.getHandle(workflowId).result();
      if (outcomes.some((outcome) => outcome !== 'published'))
        throw new Error(`the bare workflow has not published everywhere: ${outcomes}`);
    },
    publishedAt: () => lastDone(client, workflowId, 'publishOn'),
    cost: () => costOf(client, workflowId),
  };
}

/** Waits until a post stands as published on these platforms. */
export async function untilOn(
  platforms: readonly Platform[],
  { ref }: { readonly ref: PostRef },
  { database }: Stage,
): Promise<void> {
  await until(async () => {
    const deliveries = await deliveriesOf(database.em.fork(), ref);
    const published = deliveries.filter(({ state }) => state === 'published');
    return platforms.every((one) => published.some(({ platform }) => platform === one));
  });
}

/** No two say the same: X and LinkedIn take nothing twice. */
function nextPost(by: string): { readonly id: string; readonly words: PostWords } {
  posts += 1n;
  const text = `Something new, number ${posts}, ${by}.`;
  return {
    id: String(FIRST + posts),
    words: { title: `Release ${posts}, ${by}`, text, hashtags: ['tixl'] },
  };
}

/** When the last activity of this type was done in a workflow. */
async function lastDone(client: Client, workflowId: string, activityType: string): Promise<number> {
  const events = await eventsOf(client, workflowId);
  const scheduled = events
    .filter(
      ({ activityTaskScheduledEventAttributes }) =>
        activityTaskScheduledEventAttributes?.activityType?.name === activityType,
    )
    .map(({ eventId }) => String(eventId));
  const done = events.filter(({ activityTaskCompletedEventAttributes: completed }) =>
    scheduled.includes(String(completed?.scheduledEventId)),
  );
  if (done.length === 0) throw new Error(`${workflowId}: ${activityType} was never done`);
  return Math.max(...done.map(({ eventTime }) => tsToMs(eventTime)));
}

function sumOf(costs: readonly WorkflowCost[]): WorkflowCost {
  const sum = (key: keyof WorkflowCost) => costs.reduce((total, cost) => total + cost[key], 0);
  return {
    transitions: sum('transitions'),
    events: sum('events'),
    workflowTasks: sum('workflowTasks'),
    activities: sum('activities'),
    localActivities: sum('localActivities'),
  };
}
