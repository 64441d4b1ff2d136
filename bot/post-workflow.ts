/** How the bot steers the workflow that leads a post, and those that bring it to a platform. */

import { setTimeout as pause } from 'node:timers/promises';
import { type WorkflowHandle, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { findListedPost } from '../database/post-lists.ts';
import { planDistribution } from '../domain/distribution.ts';
import type { MemberId } from '../domain/ids.ts';
import {
  type Approval,
  type Decided,
  type DeliveryRef,
  type DeliveryState,
  deliveryWorkflowId,
  type PostRef,
  postWorkflowId,
} from '../domain/posts.ts';
import type { NotPrepared } from '../views/post-preview-rows.ts';
import { decideDelivery } from '../workflows/definitions/delivery.ts';
import {
  approvePost,
  cancelPost,
  DISTRIBUTION,
  proposePost,
  startDistribution,
  whenPrepared,
} from '../workflows/definitions/distribution.ts';
import { startOnce } from '../workflows/definitions/start.ts';
import type { BotContext } from './context.ts';

/** Of the time that an interaction has, what may go by until the media are looked into: there is something to say without them. */
const SHARE_FOR_MEDIA = 0.6;

/** Waits until the media of a revision are looked into, but not for longer than an answer may take. */
export async function untilPrepared(
  { guildId, postId }: PostRef,
  revision: number,
  interactionId: string,
  context: BotContext,
): Promise<'prepared' | NotPrepared> {
  let isLed = false;
  const late = pause(context.deadlineMs * SHARE_FOR_MEDIA, undefined, { ref: false }).then(() => {
    throw new Error('it takes longer');
  });
  try {
    const workflow = await Promise.race([leading({ guildId, postId }, context), late]);
    isLed = true;
    const asked = { args: [{ revision }] as [{ revision: number }], updateId: `${interactionId}/prepared` };
    await Promise.race([workflow.executeUpdate(whenPrepared, asked), late]);
    return 'prepared';
  } catch (error) {
    if (isOver(error)) return 'prepared';
    context.logger.warn({ reason: (error as Error).message }, 'it is not known in time how a post will be');
    return isLed ? 'not in time' : 'Temporal is away';
  }
}

/** Asks for approval of what somebody has seen, or gives it. Each request has an id: sent again, it counts once. */
export async function requestApproval(
  asked: 'proposed' | 'approved',
  ref: PostRef,
  word: { readonly by: MemberId; readonly revision: number },
  updateId: string,
  context: BotContext,
): Promise<Approval> {
  const workflow = await leading(ref, context);
  const update = asked === 'proposed' ? proposePost : approvePost;
  try {
    return await workflow.executeUpdate(update, { args: [word], updateId });
  } catch (error) {
    if (!isOver(error)) throw error;
    const post = await findListedPost(context.database.em.fork(), ref);
    return post === undefined ? { kind: 'no such post' } : { kind: 'not open', state: post.state };
  }
}

/** Calls a post off. */
export async function requestCancel(
  ref: PostRef,
  by: MemberId,
  updateId: string,
  context: BotContext,
): Promise<'cancelled' | 'too late'> {
  const workflow = await leading(ref, context);
  try {
    return await workflow.executeUpdate(cancelPost, { args: [{ by }], updateId });
  } catch (error) {
    if (isOver(error)) return 'too late';
    throw error;
  }
}

/** Decides what becomes of a post that failed on a platform. Undefined: it does not wait for a decision. */
export async function requestDecision(
  delivery: DeliveryRef,
  decided: Decided,
  updateId: string,
  { client }: BotContext,
): Promise<DeliveryState | undefined> {
  const workflow = client.workflow.getHandle(deliveryWorkflowId(delivery));
  try {
    return await workflow.executeUpdate(decideDelivery, { args: [decided], updateId });
  } catch (error) {
    if (isOver(error) || error instanceof WorkflowUpdateFailedError) return undefined;
    throw error;
  }
}

/** A post that was written a moment ago may not have its workflow yet: the same order waits in the outbox. */
async function leading(post: PostRef, { client, config }: BotContext): Promise<WorkflowHandle> {
  const plan = planDistribution(config.distribution);
  await startOnce(client, DISTRIBUTION, startDistribution({ post, plan }));
  return client.workflow.getHandle(postWorkflowId(post));
}

function isOver(error: unknown): boolean {
  return error instanceof WorkflowNotFoundError;
}
