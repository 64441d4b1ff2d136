import type { WorkflowStartOptions } from '@temporalio/client';
import { type BurstWindow, burstId } from '../../domain/burst.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const BURST = 'burst';

/** The window whose joins are gathered, and when it ends, in ms since 1970. */
export interface BurstInput {
  readonly window: BurstWindow;
  readonly endsAt: number;
}

/** How the welcome of a window is ordered: once, however often it is asked for. */
export function startBurst(input: BurstInput): WorkflowStartOptions {
  const { guildId } = input.window;
  return {
    ...once(burstId(input.window)),
    taskQueue: taskQueues(guildId).community,
    args: [input],
    staticSummary: 'One welcome for several members who joined at about the same time',
    typedSearchAttributes: searchAttributes(guildId, BURST),
  };
}
