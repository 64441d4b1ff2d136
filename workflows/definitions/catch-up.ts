import type { WorkflowStartOptions } from '@temporalio/client';
import { TypedSearchAttributes, WorkflowIdConflictPolicy } from '@temporalio/common';
import { defineSignal } from '@temporalio/workflow';
import { catchUpId } from '../../domain/catch-up.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

/** The workflow's type, as Temporal knows it. */
export const CATCH_UP = 'catchUp';

/** What the workflow starts with, and what it takes along when it continues as new. */
export interface CatchUpInput {
  readonly guildId: GuildId;
  /** Members of whom we know that something changed, and who have not been looked at yet. */
  readonly changed?: readonly MemberId[];
  /** Whether the whole guild is to be compared at once. */
  readonly everything?: boolean;
}

/** Something may have been missed: compare the whole guild. */
export const compareEverything = defineSignal<[], 'compareEverything'>('compareEverything');

/** A member has left, or something else about them changed: compare this member. */
export const compareMember = defineSignal<[MemberId], 'compareMember'>('compareMember');

/** How the one workflow of a guild that keeps the database in step with it is started, if it does not run already. */
export function startCatchUp(
  guildId: GuildId,
): Omit<WorkflowStartOptions, 'args'> & { args: [CatchUpInput] } {
  return {
    workflowId: catchUpId(guildId),
    taskQueue: taskQueues(guildId).community,
    args: [{ guildId }],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: 'Keeps the database in step with the guild',
    staticDetails:
      'Compares members with the database when the bot takes over the gateway, after a failed hand-over, when somebody leaves, and every ten minutes.',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.guild, value: guildId },
      { key: SEARCH_ATTRIBUTES.feature, value: 'catch-up' },
    ]),
  };
}
