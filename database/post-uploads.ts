/** How far media have been uploaded to platforms. Sessions are sealed before they come here. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { DeliveryRef, MediaId } from '../domain/posts.ts';
import { inMs } from './sql.ts';

/** The upload of a medium to a platform, for a post. */
export interface UploadRef extends DeliveryRef {
  readonly mediaId: MediaId;
}

/** How far it has come, as it is stored. */
export interface StoredUpload {
  readonly reference: string;
  readonly session: Buffer | null;
  /** Whose it is. null: it was begun before that was written down. */
  readonly accountId: string | null;
  /** In ms since 1970. */
  readonly begunAt: number;
  readonly isReady: boolean;
}

/** The upload there, or undefined if none was begun. */
export async function findUpload(em: EntityManager, upload: UploadRef): Promise<StoredUpload | undefined> {
  const [found]: StoredUpload[] = await em.execute(
    `select reference, session, account_id as "accountId", ${inMs('begun_at', '"begunAt"')}, is_ready as "isReady"
     from post_uploads where guild_id = ? and post_id = ? and platform = ? and media_id = ?`,
    keyOf(upload),
  );
  return found;
}

/** Writes down how far an upload has come. */
export async function saveUpload(
  em: EntityManager,
  upload: UploadRef,
  { reference, session, accountId, begunAt, isReady }: StoredUpload,
): Promise<void> {
  await em.execute(
    `insert into post_uploads
       (guild_id, post_id, platform, media_id, reference, session, account_id, begun_at, is_ready)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (guild_id, post_id, platform, media_id) do update set
       reference = excluded.reference, session = excluded.session, account_id = excluded.account_id,
       begun_at = excluded.begun_at, is_ready = excluded.is_ready`,
    [...keyOf(upload), reference, session, accountId, new Date(begunAt), isReady],
  );
}

/** Forgets an upload: the next attempt begins anew. */
export async function forgetUpload(em: EntityManager, upload: UploadRef): Promise<void> {
  await em.execute(
    `delete from post_uploads where guild_id = ? and post_id = ? and platform = ? and media_id = ?`,
    keyOf(upload),
  );
}

function keyOf({ guildId, postId, platform, mediaId }: UploadRef): string[] {
  return [guildId, postId, platform, mediaId];
}
