import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Decided, DeliveryRef, DeliveryState, DistributionPlan } from '../../domain/posts.ts';

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
