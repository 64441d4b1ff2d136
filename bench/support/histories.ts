/** What workflows have cost, from what Temporal has kept of them. */

import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

/** The name that the SDK gives to the marker of a local activity. */
const LOCAL_ACTIVITY = 'core_local_activity';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** What one workflow has cost so far. */
export interface WorkflowCost {
  /** Changes of state that the server has written down: what its throughput is spent on. */
  readonly transitions: number;
  readonly events: number;
  readonly workflowTasks: number;
  readonly activities: number;
  readonly localActivities: number;
}

/** What the workflow with this id has cost so far: its latest run, unless it is said which. */
export async function costOf(client: Client, workflowId: string, runId?: string): Promise<WorkflowCost> {
  const handle = client.workflow.getHandle(workflowId, runId);
  const { raw } = await handle.describe();
  const events = await eventsOf(client, workflowId, runId);
  const count = (type: number) => events.filter(({ eventType }) => eventType === type).length;
  return {
    transitions: Number(raw.workflowExecutionInfo?.stateTransitionCount ?? 0),
    events: events.length,
    workflowTasks: count(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED),
    activities: count(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED),
    localActivities: events.filter(
      ({ markerRecordedEventAttributes }) => markerRecordedEventAttributes?.markerName === LOCAL_ACTIVITY,
    ).length,
  };
}

/** The history of the workflow with this id: of its latest run, unless it is said which. */
export async function eventsOf(client: Client, workflowId: string, runId?: string): Promise<HistoryEvent[]> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  return events ?? [];
}

/** At most `count` of `items`, evenly from all of them. */
export function sampleOf<Item>(items: readonly Item[], count: number): Item[] {
  const step = Math.max(1, items.length / count);
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, index) => items[Math.floor(index * step)],
  ).filter((item): item is Item => item !== undefined);
}
