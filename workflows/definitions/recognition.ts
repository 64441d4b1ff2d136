import type { WorkflowStartOptions } from '@temporalio/client';
import type { Delivery, RoleChange } from '../../domain/delivery.ts';
import { type Recognised, recognitionId } from '../../domain/recognition.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const RECOGNITION = 'recognition';

/** What has followed: with the role of a badge, and with telling the community. */
export interface RecognitionResult {
  readonly role?: RoleChange;
  readonly told?: Delivery | { readonly kind: 'not announced' };
}

/** How follows what has to follow from a badge or an achievement: once, however often it is ordered. */
export function startRecognition(recognised: Recognised): WorkflowStartOptions {
  const { guildId, memberId, what, name } = recognised;
  return {
    ...once(recognitionId(recognised)),
    taskQueue: taskQueues(guildId).community,
    args: [recognised],
    staticSummary: `${what} of member ${memberId}: ${name}`,
    typedSearchAttributes: searchAttributes(guildId, RECOGNITION, { member: memberId, kind: name }),
  };
}
