import type { WorkflowStartOptions } from '@temporalio/client';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import {
  type Announced,
  type ChangeResult,
  type EventChange,
  type EventPlan,
  type EventRef,
  type EventSchedule,
  type EventState,
  eventWorkflowId,
} from '../../domain/events.ts';
import type { MemberId } from '../../domain/ids.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const EVENT = 'event';

/** What an event's workflow starts with. Its course is fixed from then on; its times can be changed. */
export interface EventInput {
  readonly event: EventRef;
  readonly plan: EventPlan;
  /** What the event's row says when it starts: for the Temporal UI alone. */
  readonly kind: string;
  readonly startsAt: number;
  readonly hostId: MemberId | null;
}

/** What became of a reminder. `late`: it would have come after its grace. */
export interface ReminderReport {
  readonly beforeMs: number;
  readonly startsAt: number;
  readonly result: 'sent' | 'late' | `refused: ${string}`;
}

/** Where an event stands. */
export interface EventProgress extends Pick<EventSchedule, 'state' | 'startsAt' | 'endsAt' | 'revision'> {
  readonly reminders: readonly ReminderReport[];
  /** What it waits for, and until when (ms since 1970). */
  readonly waitsFor: { readonly what: string; readonly until: number } | undefined;
}

/** What an event leaves behind. */
export interface EventResult {
  readonly state: EventState;
  readonly reminders: readonly ReminderReport[];
  readonly attended?: number;
  readonly answers?: number;
  readonly reason?: string;
}

/** Waits until it is known whether the event could be made on Discord. */
export const whenAnnounced = defineUpdate<Announced, [], 'whenAnnounced'>('whenAnnounced');

/** Moves or edits the event. Refused by the validator if it is over, or if what is asked for is nonsense. */
export const changeEvent = defineUpdate<ChangeResult, [EventChange], 'changeEvent'>('changeEvent');

/** Calls the event off. Nothing of it comes any more, and everybody concerned is told. */
export const cancelEvent = defineUpdate<'cancelled' | 'over', [{ by: MemberId }], 'cancelEvent'>(
  'cancelEvent',
);

/** Somebody has changed, begun, ended or deleted the scheduled event on Discord: it is compared with ours. */
export const scheduledEventChanged = defineSignal<[], 'scheduledEventChanged'>('scheduledEventChanged');

/** Where the event stands. */
export const getEventProgress = defineQuery<EventProgress, [], 'getEventProgress'>('getEventProgress');

/** How an event's workflow is started: once, whoever starts it and however often (design: "Identity"). */
export function startEvent(input: EventInput): WorkflowStartOptions & { args: [EventInput] } {
  const { event, kind, startsAt, hostId } = input;
  return {
    ...once(eventWorkflowId(event)),
    taskQueue: taskQueues(event.guildId).community,
    args: [input],
    staticSummary: `Event ${event.eventId} (${kind})`,
    typedSearchAttributes: searchAttributes(event.guildId, EVENT, {
      kind,
      state: 'planned' satisfies EventState,
      start: new Date(startsAt),
      ...(hostId === null ? {} : { host: hostId }),
    }),
  };
}
