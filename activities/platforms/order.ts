/** What a platform is asked to publish: made of what the post says now, or of what the ledger says was sent. */

import { createHash } from 'node:crypto';
import { findDelivery, firstTriedAt } from '../../database/deliveries.ts';
import { openMedia } from '../../database/post-media.ts';
import { findPost } from '../../database/posts.ts';
import { type AdaptedPost, adaptPost, contentFor } from '../../domain/adaptation.ts';
import type { Rejected } from '../../domain/platforms.ts';
import type { AttemptOutcome } from '../../domain/post-deliveries.ts';
import { type DeliveryRef, deliveryWorkflowId } from '../../domain/posts.ts';
import { adaptationProblem } from '../../views/post-problems.ts';
import type { PlatformContext } from './context.ts';
import type { PublishOrder } from './publisher.ts';

const MARK_LENGTH = 20;

/** A post as it would be sent now. */
export interface CurrentOrder extends PublishOrder {
  readonly revision: number;
}

/** What a post says now, adapted to the platform; or why it cannot be published as it is. */
export async function orderFor(
  context: PlatformContext,
  delivery: DeliveryRef,
): Promise<CurrentOrder | Rejected | Extract<AttemptOutcome, { kind: 'over' }>> {
  const { platform, config, database } = context;
  const em = database.em.fork();
  const post = await findPost(em, delivery);
  const known = await findDelivery(em, delivery);
  if (post === undefined || known === undefined) return { kind: 'over', state: 'cancelled' };
  const content = contentFor(post, known, config.engagement.links);
  const adapted = adaptPost(platform, content, config.distribution);
  const [problem] = adapted.problems;
  if (problem !== undefined) return { kind: 'rejected', reason: adaptationProblem(problem) };
  return { ...(await orderOf(context, delivery, adapted)), revision: post.revision };
}

/** Exactly what was sent, or is. */
export async function orderOf(
  { database }: PlatformContext,
  delivery: DeliveryRef,
  sent: AdaptedPost,
): Promise<PublishOrder> {
  const em = database.em.fork();
  return {
    delivery,
    post: sent,
    media: sent.media.map((info) => openMedia(em, delivery.guildId, info)),
    mark: markOf(delivery),
    firstTriedAt: (await firstTriedAt(em, delivery)) ?? Date.now(),
  };
}

/** Letters and digits alone: searches take other characters for the end of a word. */
function markOf(delivery: DeliveryRef): string {
  return createHash('sha256').update(deliveryWorkflowId(delivery)).digest('hex').slice(0, MARK_LENGTH);
}
