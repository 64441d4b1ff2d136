/** The alternative: the workflow that has brought a post to a platform stays open, and reads its figures itself, one after the other. */

import type { WorkflowStartOptions } from '@temporalio/client';
import type { ReadOrder } from '../../../domain/engagement.ts';

export const BARE_QUEUE = 'bare engagement';

/** What it starts with: a post on a platform, and how long after its start it is read, in ms. */
export interface BareReadings {
  readonly order: ReadOrder;
  readonly agesMs: readonly number[];
}

/** The id of the workflow that reads a post on a platform so many times. */
export const bareId = ({ order: { postId, platform }, agesMs }: BareReadings): string =>
  `bare/${postId}/${platform}/${agesMs.length}`;

/** How it is started. */
export function startBare(readings: BareReadings): [string, WorkflowStartOptions & { args: [BareReadings] }] {
  return ['bareReadings', { workflowId: bareId(readings), taskQueue: BARE_QUEUE, args: [readings] }];
}

/** The workflow's activity. */
export interface BareActivities {
  /** Reads the figures of one post, and gives the kind of what came of it. */
  readOne(order: ReadOrder): Promise<string>;
}
