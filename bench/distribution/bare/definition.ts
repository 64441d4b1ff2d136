/** Baseline: the least that is durable. A workflow with an activity for each platform, and nothing that is written down beside. */

import type { WorkflowStartOptions } from '@temporalio/client';
import type { Platform } from '../../../domain/platforms.ts';
import type { PostWords } from '../../../domain/posts.ts';

export const BARE_QUEUE = 'bare distribution';

/** A post, words and all. */
export interface BarePost {
  readonly id: string;
  readonly words: PostWords;
}

/** What came of it on each platform. */
export type BareResult = readonly string[];

/** The id of the workflow that publishes a post. */
export const bareId = ({ id }: BarePost): string => `bare/${id}`;

/** How it is started. */
export function startBare(post: BarePost): [string, WorkflowStartOptions & { args: [BarePost] }] {
  return ['bareDistribution', { workflowId: bareId(post), taskQueue: BARE_QUEUE, args: [post] }];
}

/** The workflow's activity. */
export interface BareActivities {
  /** Publishes a post on a platform, and gives the kind of what came of it. */
  publishOn(platform: Platform, post: BarePost): Promise<string>;
}
