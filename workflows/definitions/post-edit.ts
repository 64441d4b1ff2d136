import type { WorkflowStartOptions } from '@temporalio/client';
import { type PostEdit, postWorkflowId } from '../../domain/posts.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it: makes a change of a post where it is published already. */
export const POST_EDIT = 'postEdit';

/** Its id: there is one for each revision. */
export function postEditId(edit: Pick<PostEdit, 'guildId' | 'postId' | 'revision'>): string {
  return `${postWorkflowId(edit)}/edit/${edit.revision}`;
}

/** How it is started: once for each revision. */
export function startPostEdit(edit: PostEdit): WorkflowStartOptions & { args: [PostEdit] } {
  return {
    ...once(postEditId(edit)),
    taskQueue: taskQueues(edit.guildId).community,
    args: [edit],
    staticSummary: `Revision ${edit.revision} of post ${edit.postId}`,
    typedSearchAttributes: searchAttributes(edit.guildId, POST_EDIT),
  };
}
