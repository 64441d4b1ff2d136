import { WorkflowIdReusePolicy } from '@temporalio/common';
import { type ChildWorkflowOptions, defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import { PLATFORM_LABELS } from '../../domain/platforms.ts';
import {
  type Decided,
  type DeliveryRef,
  type DeliveryState,
  type DistributionPlan,
  deliveryWorkflowId,
} from '../../domain/posts.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';

/** The workflow's type, as Temporal knows it: a post on one platform, a child of the post's own workflow. */
export const DELIVERY = 'delivery';

/** What it starts with. */
export interface DeliveryInput {
  readonly delivery: DeliveryRef;
  readonly plan: DistributionPlan;
}

/** Where it stands. */
export interface DeliveryProgress {
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly reason: string | undefined;
  /** What it waits for, and until when (ms since 1970). */
  readonly waitsFor: { readonly what: string; readonly until: number } | undefined;
}

/** What it leaves behind. */
export interface DeliveryResult {
  readonly state: DeliveryState;
  readonly attempts: number;
}

/** A person's decision about what has failed. Refused by the validator unless it waits for one. */
export const decideDelivery = defineUpdate<DeliveryState, [Decided], 'decideDelivery'>('decideDelivery');

/** The account works again. */
export const accountIsBack = defineSignal<[], 'accountIsBack'>('accountIsBack');

/** Where it stands. */
export const getDeliveryProgress = defineQuery<DeliveryProgress, [], 'getDeliveryProgress'>(
  'getDeliveryProgress',
);

/** How a post's workflow begins one of them, once. It outlives that workflow: what is under way is never broken off. */
export function deliveryOptions(input: DeliveryInput): ChildWorkflowOptions & { args: [DeliveryInput] } {
  const { guildId, postId, platform } = input.delivery;
  return {
    workflowId: deliveryWorkflowId(input.delivery),
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    parentClosePolicy: 'ABANDON',
    taskQueue: taskQueues(guildId).community,
    args: [input],
    staticSummary: `Post ${postId} on ${PLATFORM_LABELS[platform]}`,
    typedSearchAttributes: searchAttributes(guildId, DELIVERY, {
      platform,
      state: 'sending' satisfies DeliveryState,
    }),
  };
}
