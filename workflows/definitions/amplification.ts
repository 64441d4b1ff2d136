import type { WorkflowStartOptions } from '@temporalio/client';
import { type AmplificationPlan, amplificationId } from '../../domain/amplification.ts';
import type { PostRef } from '../../domain/posts.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it: what follows from that a post does much better than usual. */
export const AMPLIFICATION = 'amplification';

/** What it starts with. Its course is fixed from then on. */
export interface AmplificationInput {
  readonly post: PostRef;
  readonly plan: AmplificationPlan;
}

/** How it is started: once a post, however often that is ordered. */
export function startAmplification(
  input: AmplificationInput,
): WorkflowStartOptions & { args: [AmplificationInput] } {
  const { guildId, postId } = input.post;
  return {
    ...once(amplificationId(input.post)),
    taskQueue: taskQueues(guildId).community,
    args: [input],
    staticSummary: `Post ${postId} does well`,
    typedSearchAttributes: searchAttributes(guildId, AMPLIFICATION),
  };
}
