import type { ChildWorkflowOptions } from '@temporalio/workflow';
import type { GuildId } from '../../domain/ids.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { EVENT } from './event.ts';
import { searchAttributes } from './search-attributes.ts';

/** The workflow's type, as Temporal knows it. */
export const EVENT_INTEREST = 'eventInterest';

/** How many events were looked at, and how much had been missed. */
export interface EventInterestResult {
  readonly events: number;
  readonly missed: number;
}

/** How it is made up for what was not heard of interest in Discord's events. One for each time that the guild is compared. */
export function eventInterestOptions(
  guildId: GuildId,
  at: number,
): ChildWorkflowOptions & { args: [{ guildId: GuildId }] } {
  return {
    workflowId: `event-interest/${guildId}/${at}`,
    parentClosePolicy: 'ABANDON',
    taskQueue: taskQueues(guildId).community,
    args: [{ guildId }],
    staticSummary: 'Compares who is interested in events',
    typedSearchAttributes: searchAttributes(guildId, EVENT),
  };
}
