import type { WorkflowStartOptions } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const DIRECT_MESSAGES = 'directMessages';

/** With whom a channel for direct messages is to be opened. */
export interface DirectMessagesInput {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
}

/** How a channel for direct messages with a member is opened before it is needed. */
export function startDirectMessages(
  input: DirectMessagesInput,
): WorkflowStartOptions & { args: [DirectMessagesInput] } {
  const { guildId, memberId } = input;
  return {
    ...once(`direct-messages/${guildId}/${memberId}`),
    taskQueue: taskQueues(guildId).community,
    args: [input],
    staticSummary: `A channel for direct messages with member ${memberId}`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.guild, value: guildId },
      { key: SEARCH_ATTRIBUTES.member, value: memberId },
    ]),
  };
}
