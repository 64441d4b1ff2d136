/** How a history comes about that is stored: what the files beside this one, by features, are made of. */

import type { Client, WorkflowHandle, WorkflowStartOptions } from '@temporalio/client';
import { toMemberId } from '../../../domain/ids.ts';
import type { LocalGithub } from '../../../sandbox/github/start.ts';
import type { TestCommunity } from '../../support/community.ts';
import type { TestDistribution } from '../../support/distribution.ts';

/** Lets something happen in a community of its own. Gives the id of the workflow whose history is stored. */
export type Recording = (
  community: TestCommunity,
  github: LocalGithub,
  posts: TestDistribution,
) => Promise<string>;

/** The recordings of a feature, by the names of the stored histories. */
export type Recordings = Readonly<Record<string, Recording>>;

/** What a workflow is started for that answers somebody. */
export const INTERACTION = '1300000000000000001';
/** Somebody of whom nothing is known. */
export const SOMEBODY = toMemberId('1300000000000000002');
/** What staff say about what they do. It must be in no history. */
export const REASON = 'a reason that stays out of it';

/** Starts a workflow, and waits until it is over. Gives its id. */
export async function runToEnd(client: Client, type: string, start: WorkflowStartOptions): Promise<string> {
  const handle = await client.workflow.start(type, start);
  await handle.result();
  return handle.workflowId;
}

/** Whether a workflow was started. */
export function isStarted(handle: WorkflowHandle): Promise<boolean> {
  return handle.describe().then(
    () => true,
    () => false,
  );
}
