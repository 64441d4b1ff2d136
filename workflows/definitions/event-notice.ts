import { WorkflowIdReusePolicy } from '@temporalio/common';
import type { ChildWorkflowOptions } from '@temporalio/workflow';
import { type EventNotice, type EventRef, eventWorkflowId, noticeName } from '../../domain/events.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { EVENT } from './event.ts';
import { searchAttributes } from './search-attributes.ts';

/** The workflow's type, as Temporal knows it. */
export const EVENT_NOTICE = 'eventNotice';

/** What a notice to members starts with. */
export interface EventNoticeInput {
  readonly event: EventRef;
  readonly notice: EventNotice;
  /** A reminder that would be sent after this (ms since 1970) is not sent. */
  readonly notAfter?: number;
}

/** How many were told by direct message, and how many could or would not be: `late` of them since it was too late. */
export interface EventNoticeResult {
  readonly told: number;
  readonly notTold: number;
  readonly late: number;
}

/** How all members whom it concerns, and who want direct messages, are told: each once. It outlives the event's workflow. */
export function eventNoticeOptions(
  input: EventNoticeInput,
): ChildWorkflowOptions & { args: [EventNoticeInput] } {
  const { event, notice } = input;
  return {
    workflowId: `${eventWorkflowId(event)}/${noticeName(notice)}`,
    workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    parentClosePolicy: 'ABANDON',
    taskQueue: taskQueues(event.guildId).community,
    args: [input],
    staticSummary: `${notice.kind} of event ${event.eventId}`,
    typedSearchAttributes: searchAttributes(event.guildId, EVENT),
  };
}
