import type { WorkflowStartOptions } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import { defineSignal } from '@temporalio/workflow';
import { catchUpId } from '../../domain/catch-up.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';

/** The workflow's type, as Temporal knows it. */
export const CATCH_UP = 'catchUp';

/** What the workflow starts with, and what it takes along when it continues as new. */
export interface CatchUpInput {
  readonly guildId: GuildId;
  /** When the bot first connected to this guild, in ms since 1970: members who were there before are not greeted. */
  readonly seenSince?: number;
  /** Members of whom we know that something changed, and who have not been looked at yet. */
  readonly changed?: readonly MemberId[];
  /** Whether the whole guild is to be compared at once. */
  readonly everything?: boolean;
}

/** Something may have been missed: compare the whole guild. */
export const compareEverything = defineSignal<[], 'compareEverything'>('compareEverything');

/** A member has left, or something else about them changed: compare this member. */
export const compareMember = defineSignal<[MemberId], 'compareMember'>('compareMember');

/**
 * How the one workflow of a guild that keeps the database in step with it is started, if it does not run already.
 *
 * @param seenSince when the bot first connected, in ms since 1970: it may be long before Temporal takes this
 */
export function startCatchUp(
  guildId: GuildId,
  seenSince?: number,
): Omit<WorkflowStartOptions, 'args'> & { args: [CatchUpInput] } {
  return {
    workflowId: catchUpId(guildId),
    taskQueue: taskQueues(guildId).community,
    args: [{ guildId, ...(seenSince !== undefined && { seenSince }) }],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: 'Keeps the database in step with the guild',
    staticDetails:
      'Compares members with the database when the bot takes over the gateway, after a failed hand-over, when somebody leaves, and every ten minutes.',
    typedSearchAttributes: searchAttributes(guildId, 'catch-up'),
  };
}
