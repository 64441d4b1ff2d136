/** How the bot steers the workflow that leads an event. */

import { type WorkflowHandle, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { findListedEvent } from '../database/event-lists.ts';
import {
  type Announced,
  type ChangeResult,
  type CommunityEvent,
  type EventChange,
  eventWorkflowId,
  planEvent,
} from '../domain/events.ts';
import type { MemberId } from '../domain/ids.ts';
import {
  cancelEvent,
  changeEvent,
  EVENT,
  startEvent,
  whenAnnounced,
} from '../workflows/definitions/event.ts';
import { startOnce } from '../workflows/definitions/start.ts';
import type { BotContext } from './context.ts';

/** Waits until it is known whether Discord takes the event. Each request has an id: sent again, it counts once. */
export async function untilAnnounced(
  event: CommunityEvent,
  updateId: string,
  context: BotContext,
): Promise<Announced> {
  const workflow = await leading(event, context);
  try {
    return await workflow.executeUpdate(whenAnnounced, { updateId });
  } catch (error) {
    if (isOver(error)) return announcedBefore(event, context);
    throw error;
  }
}

/** Has an event changed. A reason why the workflow does not even try is a text. */
export async function requestChange(
  event: CommunityEvent,
  change: EventChange,
  updateId: string,
  context: BotContext,
): Promise<ChangeResult | string> {
  const workflow = await leading(event, context);
  try {
    return await workflow.executeUpdate(changeEvent, { args: [change], updateId });
  } catch (error) {
    if (isOver(error)) return { kind: 'over' };
    if (error instanceof WorkflowUpdateFailedError) return error.cause?.message ?? error.message;
    throw error;
  }
}

/** Calls an event off. */
export async function requestCancel(
  event: CommunityEvent,
  by: MemberId,
  updateId: string,
  context: BotContext,
): Promise<'cancelled' | 'over'> {
  const workflow = await leading(event, context);
  try {
    return await workflow.executeUpdate(cancelEvent, { args: [{ by }], updateId });
  } catch (error) {
    if (isOver(error)) return 'over';
    throw error;
  }
}

/** An event that was planned a moment ago may not have its workflow yet: the same order waits in the outbox. */
async function leading(event: CommunityEvent, { client, config }: BotContext): Promise<WorkflowHandle> {
  const { guildId, eventId, kind, startsAt, hostId } = event;
  const plan = planEvent(config.events, kind);
  await startOnce(client, EVENT, startEvent({ event: { guildId, eventId }, plan, kind, startsAt, hostId }));
  return client.workflow.getHandle(eventWorkflowId(event));
}

function isOver(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError;
}

/** What became of an event whose workflow is over. */
async function announcedBefore(event: CommunityEvent, { database }: BotContext): Promise<Announced> {
  const { state, scheduledEventId, threadId } = (await findListedEvent(database.em.fork(), event)) ?? event;
  if (state === 'cancelled') return { kind: 'cancelled' };
  return state === 'refused' || scheduledEventId === null
    ? { kind: 'refused', reason: 'Discord has refused it' }
    : { kind: 'announced', scheduledEventId, threadId };
}
