/** What a publisher works with within an activity. */

import { Context } from '@temporalio/activity';
import { findUpload, forgetUpload, saveUpload, type UploadRef } from '../../database/post-uploads.ts';
import type { PublishingAccount } from '../../domain/platforms.ts';
import { type DeliveryRef, deliveryWorkflowId, type MediaId } from '../../domain/posts.ts';
import { whileBeating } from '../heartbeat.ts';
import { type PlatformResult, withConnection } from './connection.ts';
import type { PlatformContext } from './context.ts';
import type { Publisher, PublisherTools, ReadTools, Upload, UploadStore } from './publisher.ts';

/** Does `work` for a delivery on its platform, in the name of the account that is connected, and tells Temporal that it goes on. */
export function onPlatform<Result extends PlatformResult>(
  context: PlatformContext,
  delivery: DeliveryRef,
  work: (publisher: Publisher, tools: PublisherTools, account: PublishingAccount | null) => Promise<Result>,
) {
  return whileBeating(() =>
    withConnection(context.connect, (publisher, account) =>
      work(publisher, toolsFor(context, delivery, account), account),
    ),
  );
}

function toolsFor(
  context: PlatformContext,
  delivery: DeliveryRef,
  account: PublishingAccount | null,
): PublisherTools {
  return { uploads: uploadsOf(context, delivery, account), ...readToolsFor(context) };
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

/**
 * The uploads of a delivery. Who has the address of one can upload in our name, so it is sealed. What another account has begun cannot be
 * used: it is begun anew.
 */
function uploadsOf(
  { database, sealer }: PlatformContext,
  delivery: DeliveryRef,
  account: PublishingAccount | null,
): UploadStore {
  const refOf = (mediaId: MediaId): UploadRef => ({ ...delivery, mediaId });
  const placeOf = (mediaId: MediaId) => `upload/${deliveryWorkflowId(delivery)}/${mediaId}`;
  return {
    async find(mediaId) {
      const stored = await findUpload(database.em.fork(), refOf(mediaId));
      if (stored === undefined) return undefined;
      const { session, accountId, ...upload } = stored;
      if (accountId !== null && accountId !== account?.id) {
        await forgetUpload(database.em.fork(), refOf(mediaId));
        return undefined;
      }
      const isOpen = session !== null && sealer !== undefined;
      return { ...upload, session: isOpen ? sealer.open(session, placeOf(mediaId)) : null };
    },
    async save(mediaId, { session, ...upload }: Upload) {
      const isKept = session !== null && sealer !== undefined;
      const sealed = isKept ? sealer.seal(session, placeOf(mediaId)) : null;
      const accountId = account?.id ?? null;
      await saveUpload(database.em.fork(), refOf(mediaId), { ...upload, session: sealed, accountId });
    },
    forget: (mediaId) => forgetUpload(database.em.fork(), refOf(mediaId)),
  };
}
