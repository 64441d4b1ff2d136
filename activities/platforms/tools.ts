/** What a publisher works with within an activity. */

import { Context } from '@temporalio/activity';
import { findUpload, forgetUpload, saveUpload, type UploadRef } from '../../database/post-uploads.ts';
import { type DeliveryRef, deliveryWorkflowId, type MediaId } from '../../domain/posts.ts';
import type { PlatformContext } from './context.ts';
import type { PublisherTools, ReadTools, Upload, UploadStore } from './publisher.ts';

export function toolsFor(context: PlatformContext, delivery: DeliveryRef): PublisherTools {
  return { uploads: uploadsOf(context, delivery), ...readToolsFor(context) };
}

/** The part of that with which figures are read. */
export function readToolsFor(context: PlatformContext): ReadTools {
  const activity = Context.current();
  return {
    heartbeat: () => activity.heartbeat(),
    signal: activity.cancellationSignal,
    now: () => context.now(),
  };
}

/** The uploads of a delivery. Who has the address of one can upload in our name, so it is sealed. */
function uploadsOf({ database, sealer }: PlatformContext, delivery: DeliveryRef): UploadStore {
  const refOf = (mediaId: MediaId): UploadRef => ({ ...delivery, mediaId });
  const placeOf = (mediaId: MediaId) => `upload/${deliveryWorkflowId(delivery)}/${mediaId}`;
  return {
    async find(mediaId) {
      const stored = await findUpload(database.em.fork(), refOf(mediaId));
      if (stored === undefined) return undefined;
      const { session, ...upload } = stored;
      const isOpen = session !== null && sealer !== undefined;
      return { ...upload, session: isOpen ? sealer.open(session, placeOf(mediaId)) : null };
    },
    async save(mediaId, { session, ...upload }: Upload) {
      const isKept = session !== null && sealer !== undefined;
      const sealed = isKept ? sealer.seal(session, placeOf(mediaId)) : null;
      await saveUpload(database.em.fork(), refOf(mediaId), { ...upload, session: sealed });
    },
    forget: (mediaId) => forgetUpload(database.em.fork(), refOf(mediaId)),
  };
}
