import type { WorkflowStartOptions } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Delivery } from '../../domain/delivery.ts';
import {
  type ChangeOutcome,
  type ChangeRequest,
  recognitionChangeId,
} from '../../domain/recognition-change.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';
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
  const member = 'memberId' in change ? [{ key: SEARCH_ATTRIBUTES.member, value: change.memberId }] : [];
  return {
    ...once(recognitionChangeId(request)),
    taskQueue: taskQueues(guildId).community,
    args: [request],
    staticSummary: `Recognition: ${change.kind}, by staff ${staffId}`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.guild, value: guildId },
      { key: SEARCH_ATTRIBUTES.feature, value: 'recognition-change' },
      { key: SEARCH_ATTRIBUTES.kind, value: change.kind },
      ...member,
    ]),
  };
}
