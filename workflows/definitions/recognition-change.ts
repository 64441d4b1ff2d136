import type { WorkflowStartOptions } from '@temporalio/client';
import type { Delivery } from '../../domain/delivery.ts';
import {
  type ChangeOutcome,
  type ChangeRequest,
  recognitionChangeId,
} from '../../domain/recognition-change.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const RECOGNITION_CHANGE = 'recognitionChange';

/** What came of a change, and of showing it in the audit channel. */
export interface RecognitionChangeResult {
  readonly outcome: ChangeOutcome;
  readonly shown?: Delivery;
}

export type RecognitionChangeWorkflow = (request: ChangeRequest) => Promise<RecognitionChangeResult>;

/** How a change is carried out: once for each interaction that asks for it, however often that is handed over. */
export function startRecognitionChange(
  request: ChangeRequest,
): WorkflowStartOptions<RecognitionChangeWorkflow> {
  const { guildId, staffId, change } = request;
  const member = 'memberId' in change ? { member: change.memberId } : {};
  return {
    ...once(recognitionChangeId(request)),
    taskQueue: taskQueues(guildId).community,
    args: [request],
    staticSummary: `Recognition: ${change.kind}, by staff ${staffId}`,
    typedSearchAttributes: searchAttributes(guildId, 'recognition-change', { kind: change.kind, ...member }),
  };
}
