/**
 * Makes what is published say what its post says by now: on each platform one change after the other, or an earlier one could arrive last.
 * If the process dies, its turn ends after a while; what it may have changed is changed once more then.
 */

import { type Attempt, findAttempt, findDelivery } from '../../database/deliveries.ts';
import { type EditTurn, endEditTurn, recordEdit, takeEditTurn } from '../../database/post-edits.ts';
import type { EditOutcome, Published, Rejected } from '../../domain/platforms.ts';
import type { DeliveryEdit } from '../../domain/post-deliveries.ts';
import type { DeliveryRef } from '../../domain/posts.ts';
import type { PlatformContext } from './context.ts';
import { orderFor } from './order.ts';
import type { PublishOrder } from './publisher.ts';
import { onPlatform } from './tools.ts';

const UP_TO_DATE: DeliveryEdit = { kind: 'up to date' };
const EDITED: DeliveryEdit = { kind: 'edited' };
const NOT_EDITABLE: Rejected = { kind: 'rejected', reason: 'what is published there cannot be changed' };
const UNDER_WAY = { kind: 'unavailable', reason: 'another change of it may still be on its way' } as const;

export function postEditOnPlatform(context: PlatformContext) {
  return {
    /** Makes what is published say what the post says by now, also if it says something else again meanwhile. */
    async editPost(delivery: DeliveryRef): Promise<DeliveryEdit> {
      for (let isEdited = false; ; isEdited = true) {
        const outcome = await editInTurn(context, delivery);
        if (outcome.kind === 'up to date' && isEdited) return EDITED;
        if (outcome.kind !== 'edited') return outcome;
      }
    },
  };
}

async function editInTurn(context: PlatformContext, delivery: DeliveryRef): Promise<DeliveryEdit> {
  const { database, now } = context;
  const turn = await takeEditTurn(database.em, delivery, now());
  if (turn === undefined) return UNDER_WAY;
  const { outcome, revision } = await editIfBehind(context, turn);
  const em = database.em.fork();
  if (revision !== undefined) await recordEdit(em, turn, revision);
  // It may be that the answer alone was lost.
  else await endEditTurn(em, turn, now(), outcome.kind === 'unavailable');
  return outcome;
}

/** What came of it, and the revision that surely stands there now. Undefined: the same as before. */
interface Edit {
  readonly outcome: DeliveryEdit;
  readonly revision?: number;
}

async function editIfBehind(context: PlatformContext, turn: EditTurn): Promise<Edit> {
  const { delivery, isUnsettled } = turn;
  const shown = await findShown(context, delivery);
  const order = await orderFor(context, delivery);
  if (shown === undefined) return { outcome: UP_TO_DATE };
  if ('kind' in order) return { outcome: order.kind === 'over' ? UP_TO_DATE : order };
  const { revision } = order;
  if (!isUnsettled && shown.revision >= revision) return { outcome: UP_TO_DATE };
  if (!isUnsettled && saysTheSame(shown.attempt, shown.revision, order))
    return { outcome: UP_TO_DATE, revision };
  const outcome = await edit(context, turn, order, shown.published);
  return outcome.kind === 'edited' ? { outcome, revision } : { outcome };
}

function edit(
  context: PlatformContext,
  { delivery, until }: EditTurn,
  order: PublishOrder,
  published: Published,
): Promise<EditOutcome> {
  return onPlatform(context, delivery, async (publisher, tools) => {
    // Whoever was held up for so long that another has had a turn must not overwrite what that one has sent.
    if (tools.now() >= until) return UNDER_WAY;
    return (await publisher.edit?.(order, published, tools)) ?? NOT_EDITABLE;
  });
}

/** What stands on the platform: which revision, where, and what it was sent as. */
async function findShown({ database }: PlatformContext, delivery: DeliveryRef) {
  const em = database.em.fork();
  const found = await findDelivery(em, delivery);
  if (found?.publishedId == null || found.url === null || found.publishedRevision === null) return undefined;
  const published: Published = { kind: 'published', id: found.publishedId, url: found.url };
  return {
    published,
    revision: found.publishedRevision,
    attempt: await findAttempt(em, delivery, found.attempt),
  };
}

/** Whether a post says still what it was sent as, and was not changed since on the platform: other platforms' words have changed. */
function saysTheSame(first: Attempt | undefined, shownRevision: number, { post }: PublishOrder): boolean {
  if (first === undefined || first.revision !== shownRevision) return false;
  return first.sent.title === post.title && first.sent.text === post.text;
}
