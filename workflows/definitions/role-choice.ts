import type { WorkflowStartOptions } from '@temporalio/client';
import { type RoleChoiceMade, type RolesApplied, roleChoiceId } from '../../domain/roles.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const ROLE_CHOICE = 'roleChoice';

/** What a choice has led to. */
export interface RoleChoiceResult {
  readonly outcome: RolesApplied['outcome'];
  /** The kind that the member is now: another one than was chosen here, if they have chosen again meanwhile. */
  readonly kind: string;
  /** Why some of the roles could not be given or taken away, for staff. */
  readonly reasons?: readonly string[];
}

/** The workflow, for whoever waits for its result. */
export type RoleChoiceWorkflow = (choice: RoleChoiceMade) => Promise<RoleChoiceResult>;

/** How a choice is carried out: once, however often Discord delivers it (design: "Identity"). */
export function startRoleChoice(choice: RoleChoiceMade): WorkflowStartOptions<RoleChoiceWorkflow> {
  const { guildId, memberId, kind } = choice;
  return {
    ...once(roleChoiceId(choice)),
    taskQueue: taskQueues(guildId).community,
    args: [choice],
    staticSummary: `Role choice of member ${memberId}: ${kind}`,
    typedSearchAttributes: searchAttributes(guildId, 'roles', { member: memberId, kind }),
  };
}
