import type { WorkflowStartOptions } from '@temporalio/client';
import { type MessageGap, messageCatchUpId } from '../../domain/message-catch-up.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const MESSAGE_CATCH_UP = 'messageCatchUp';

/** What became of it. */
export type MessageCatchUpResult =
  | { readonly kind: 'caught up'; readonly channels: number; readonly thanked: number }
  /** A later gap has opened, whose workflow reads what was missed in this one, too. */
  | { readonly kind: 'superseded' };

/** How the workflow is started that reads what was missed in a gap. */
export function startMessageCatchUp(
  gap: MessageGap,
): Omit<WorkflowStartOptions, 'args'> & { args: [MessageGap] } {
  return {
    ...once(messageCatchUpId(gap)),
    taskQueue: taskQueues(gap.guildId).community,
    args: [gap],
    staticSummary: 'Reads the messages that were missed',
    staticDetails:
      'Reads what was written, and who thanked whom, since the last message before which nothing is missing. Until that is done, newer messages wait to be settled.',
    typedSearchAttributes: searchAttributes(gap.guildId, 'message-catch-up'),
  };
}
