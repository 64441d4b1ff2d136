import type { WorkflowStartOptions } from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import type { Delivery } from '../../domain/delivery.ts';
import type { GuildId } from '../../domain/ids.ts';
import { type CommandRegistration, setUpId } from '../../domain/set-up.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';

/** The workflow's type, as Temporal knows it. */
export const SET_UP = 'setUp';

/** What a set-up starts with. */
export interface SetUpInput {
  readonly guildId: GuildId;
}

/** What became of each part of a set-up. */
export interface SetUpResult {
  readonly commands: CommandRegistration;
  /** The message from which members choose their roles. */
  readonly rolePanel: Delivery;
}

/** How a guild is set up: by whoever starts it first; again when it has ended, since a newer version may bring more. */
export function startSetUp(guildId: GuildId): Omit<WorkflowStartOptions, 'args'> & { args: [SetUpInput] } {
  return {
    workflowId: setUpId(guildId),
    taskQueue: taskQueues(guildId).community,
    args: [{ guildId }],
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: 'Sets up the guild',
    staticDetails:
      'Tells Discord of the slash commands, and keeps the message with the role menu. Started by each worker that is ready.',
    typedSearchAttributes: searchAttributes(guildId, 'set-up'),
  };
}
