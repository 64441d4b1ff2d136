import type { WorkflowStartOptions } from '@temporalio/client';
import type { GuildId } from '../../domain/ids.ts';
import type { AccountPlatform } from '../../domain/platforms.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it: tells staff that an account has to be connected again. */
export const ACCOUNT_NOTICE = 'accountNotice';

/** Which account, and by the version of its tokens since when. */
export interface AccountNotice {
  readonly guildId: GuildId;
  readonly platform: AccountPlatform;
  readonly version: number;
}

/** How it is started: once for each time that an account expires. */
export function startAccountNotice(notice: AccountNotice): WorkflowStartOptions & { args: [AccountNotice] } {
  const { guildId, platform, version } = notice;
  return {
    ...once(`account/${guildId}/${platform}/expired/${version}`),
    taskQueue: taskQueues(guildId).community,
    args: [notice],
    staticSummary: `The account on ${platform} has to be connected again`,
    typedSearchAttributes: searchAttributes(guildId, ACCOUNT_NOTICE, { platform }),
  };
}
