import type { WorkflowStartOptions } from '@temporalio/client';
import { taskQueues } from '../../domain/task-queues.ts';
import { type ThanksCommand, type ThanksCommandOutcome, thanksId } from '../../domain/thanks.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const THANKS = 'thanks';

export type ThanksWorkflow = (command: ThanksCommand) => Promise<ThanksCommandOutcome>;

/** How somebody is thanked: once for each use of the command, however often that is handed over. */
export function startThanks(command: ThanksCommand): WorkflowStartOptions<ThanksWorkflow> {
  const { guildId, giverId, receiverId } = command;
  return {
    ...once(thanksId(command)),
    taskQueue: taskQueues(guildId).community,
    args: [command],
    staticSummary: `Member ${giverId} thanks member ${receiverId}`,
    typedSearchAttributes: searchAttributes(guildId, THANKS, { member: receiverId }),
  };
}
