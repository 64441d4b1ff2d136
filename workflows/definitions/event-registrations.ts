import type { WorkflowStartOptions } from '@temporalio/client';
import { defineSignal } from '@temporalio/workflow';
import type { Delivery } from '../../domain/delivery.ts';
import { type EventRef, eventWorkflowId } from '../../domain/events.ts';
import type { MemberId } from '../../domain/ids.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { EVENT } from './event.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflows' types, as Temporal knows them. */
export const EVENT_COUNT = 'eventCount';
export const EVENT_PLACE = 'eventPlace';

/** More or fewer go. */
export const registrationsChanged = defineSignal<[], 'registrationsChanged'>('registrationsChanged');

/** How the announcement of an event comes to say how many go. It runs while they are many, and is started again later. */
export function tellRegistrationsChanged(event: EventRef) {
  return {
    workflowId: `${eventWorkflowId(event)}/count`,
    taskQueue: taskQueues(event.guildId).community,
    args: [{ event }] as [{ event: EventRef }],
    signal: registrationsChanged,
    signalArgs: [] as [],
    staticSummary: `Who goes to event ${event.eventId}`,
    typedSearchAttributes: searchAttributes(event.guildId, EVENT),
  };
}

/** A member who has moved up, and the press that had put them in line. */
export interface EventPlaceInput {
  readonly event: EventRef;
  readonly memberId: MemberId;
  readonly placeInLine: string;
}

/** What became of telling a member that they have a place. */
export interface EventPlaceResult {
  readonly told: Delivery;
}

/** How a member who has moved up is told so, once. */
export function startEventPlace(input: EventPlaceInput): WorkflowStartOptions & { args: [EventPlaceInput] } {
  const { event, memberId, placeInLine } = input;
  return {
    ...once(`${eventWorkflowId(event)}/place/${memberId}/${placeInLine}`),
    taskQueue: taskQueues(event.guildId).community,
    args: [input],
    staticSummary: `A place at event ${event.eventId} for member ${memberId}`,
    typedSearchAttributes: searchAttributes(event.guildId, EVENT, { member: memberId }),
  };
}
