import type { WorkflowStartOptions } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import { defineUpdate } from '@temporalio/workflow';
import {
  type CodeRequest,
  githubLinkId,
  type LinkOutcome,
  type LinkRequest,
} from '../../domain/github-link.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const GITHUB_LINK = 'githubLink';

/** How a linking ended. */
export interface GithubLinkResult {
  readonly outcome: LinkOutcome;
}

/** The workflow, for whoever starts it. */
export type GithubLinkWorkflow = (request: LinkRequest) => Promise<GithubLinkResult>;

/** Waits until the code is there, and says so; the code itself is in the database. */
export const whenCodeIsThere = defineUpdate<CodeRequest['kind'] | 'unavailable', [], 'whenCodeIsThere'>(
  'whenCodeIsThere',
);

/** How an account is linked: once for each interaction that asks for it, however often that is handed over. */
export function startGithubLink(request: LinkRequest) {
  const { guildId, memberId } = request;
  return {
    ...once(githubLinkId(request)),
    // Again, since an update with a start wants it to be known.
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    taskQueue: taskQueues(guildId).community,
    args: [request] as [LinkRequest],
    staticSummary: `Links the GitHub account of member ${memberId}`,
    staticDetails:
      'Asks GitHub for a code, which the member enters there, and then who they are. The waiting is in the activity: it is tried again until the code expires.',
    typedSearchAttributes: searchAttributes(guildId, 'github-link', { member: memberId, state: 'waiting' }),
  } satisfies WorkflowStartOptions<GithubLinkWorkflow>;
}
