import type { WorkflowStartOptions } from '@temporalio/client';
import { type Raid, raidId } from '../../domain/burst.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const RAID = 'raid';

/** The raid that is watched. */
export interface RaidInput {
  readonly raid: Raid;
}

/**
 * How many have joined in it, and whether staff could be told; or that it was taken up so late that another had begun: then it
 * is not known any more how many have joined in this one, and staff are told of the other.
 */
export type RaidResult = { readonly joins: number; readonly told: Delivery } | 'taken up too late';

/** How a raid is watched: once, however often it is asked for. */
export function startRaid({ raid }: RaidInput): WorkflowStartOptions {
  return {
    ...once(raidId(raid)),
    taskQueue: taskQueues(raid.guildId).community,
    args: [{ raid }],
    staticSummary: 'Many members join at once: tips are held back, and staff are told',
    typedSearchAttributes: searchAttributes(raid.guildId, RAID),
  };
}
