import type { WorkflowStartOptions } from '@temporalio/client';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { MemberId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import {
  type Approval,
  type DeliveryState,
  type DistributionPlan,
  type PostRef,
  type PostState,
  postWorkflowId,
} from '../../domain/posts.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const DISTRIBUTION = 'distribution';

/** What a post's workflow starts with. Its course is fixed from then on; what it publishes can be changed. */
export interface DistributionInput {
  readonly post: PostRef;
  readonly plan: DistributionPlan;
}

/** Where a post stands. */
export interface PostProgress {
  readonly state: PostState;
  readonly revision: number;
  readonly platforms: Readonly<Partial<Record<Platform, DeliveryState>>>;
  /** What it waits for, and until when (ms since 1970). */
  readonly waitsFor: { readonly what: string; readonly until: number } | undefined;
}

/** What a post leaves behind. */
export interface DistributionResult {
  readonly state: PostState;
  readonly platforms: Readonly<Partial<Record<Platform, DeliveryState>>>;
}

/** Waits until the media of a revision, or of a later one, have been fetched and looked into. */
export const whenPrepared = defineUpdate<'prepared' | 'over', [{ revision: number }], 'whenPrepared'>(
  'whenPrepared',
);

/** Asks for approval: the draft is shown to those who may give it. */
export const proposePost = defineUpdate<Approval, [{ by: MemberId; revision: number }], 'proposePost'>(
  'proposePost',
);

/** Approves a revision: it is published when its time has come. */
export const approvePost = defineUpdate<Approval, [{ by: MemberId; revision: number }], 'approvePost'>(
  'approvePost',
);

/** Calls a post off that is not published anywhere. */
export const cancelPost = defineUpdate<'cancelled' | 'too late', [{ by: MemberId }], 'cancelPost'>(
  'cancelPost',
);

/** Somebody has changed the post in the database: it is looked at anew. */
export const postChanged = defineSignal<[], 'postChanged'>('postChanged');

/** Where the post stands. */
export const getPostProgress = defineQuery<PostProgress, [], 'getPostProgress'>('getPostProgress');

/** How a post's workflow is started: once, whoever starts it and however often (design: "Identity"). */
export function startDistribution(
  input: DistributionInput,
): WorkflowStartOptions & { args: [DistributionInput] } {
  const { post } = input;
  return {
    ...once(postWorkflowId(post)),
    taskQueue: taskQueues(post.guildId).community,
    args: [input],
    staticSummary: `Post ${post.postId}`,
    typedSearchAttributes: searchAttributes(post.guildId, DISTRIBUTION, {
      state: 'draft' satisfies PostState,
    }),
  };
}
