import type { WorkflowStartOptions } from '@temporalio/client';
import { TypedSearchAttributes, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { type Raid, raidId } from '../../domain/burst.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';

/** The workflow's type, as Temporal knows it. */
export const RAID = 'raid';

/** The raid that is watched. */
export interface RaidInput {
  readonly raid: Raid;
}

/** How many have joined in it, and whether staff could be told. */
export interface RaidResult {
  readonly joins: number;
  readonly told: Delivery;
}

/** How a raid is watched: once, however often it is asked for. */
export function startRaid({ raid }: RaidInput): WorkflowStartOptions {
  return {
    workflowId: raidId(raid),
    taskQueue: taskQueues(raid.guildId).community,
    args: [{ raid }],
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: 'Many members join at once: tips are held back, and staff are told',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.guild, value: raid.guildId },
      { key: SEARCH_ATTRIBUTES.feature, value: RAID },
    ]),
  };
}
