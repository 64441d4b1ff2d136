/** The media of posts: where they come from, and their bytes, in parts. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId } from '../domain/ids.ts';
import type { MediaId, MediaInfo, MediaProblem, PostMedium, PostRef } from '../domain/posts.ts';

/** How many bytes are in a part; the last one may have fewer. */
export const CHUNK_BYTES = 1024 * 1024;

/** Posts in these are never published (again): nobody needs their media. */
const OVER = `('settled', 'cancelled', 'expired')`;

/** A medium by its ids. */
export interface MediumRef extends PostRef {
  readonly mediaId: MediaId;
}

/** A medium that waits to be fetched: its address. Undefined if it does not wait, or is not used. */
export async function findWaitingMedium(em: EntityManager, medium: MediumRef): Promise<string | undefined> {
  return (await readState(em, medium, ''))?.source;
}

async function readState(
  em: EntityManager,
  { guildId, postId, mediaId }: MediumRef,
  lock: '' | 'for update of medium',
): Promise<Pick<PostMedium, 'source'> | undefined> {
  const [row]: Pick<PostMedium, 'source'>[] = await em.execute(
    `select medium.source from post_media as medium
       join posts on posts.guild_id = medium.guild_id and posts.id = medium.post_id
     where medium.guild_id = ? and medium.post_id = ? and medium.id = ?
       and medium.state = 'waiting' and medium.is_used and posts.state not in ${OVER}
     ${lock}`,
    [guildId, postId, mediaId],
  );
  return row;
}

/**
 * Stores a medium with its bytes: all of it, or nothing. Changes nothing if it does not wait for that any more.
 *
 * @param digest SHA-256 of the bytes
 * @param parts the bytes in parts of `CHUNK_BYTES`, the last one as it comes
 */
export async function storeMedium(
  em: EntityManager,
  medium: MediumRef,
  { info, digest }: { readonly info: MediaInfo; readonly digest: string },
  parts: AsyncIterable<Buffer>,
): Promise<void> {
  const { guildId, mediaId } = medium;
  await em.fork().transactional(async (transaction) => {
    if ((await readState(transaction, medium, 'for update of medium')) === undefined) return;
    let number = 0;
    for await (const part of parts) {
      await transaction.execute(
        'insert into post_media_chunks (guild_id, media_id, number, content) values (?, ?, ?, ?)',
        [guildId, mediaId, number, part],
      );
      number += 1;
    }
    const { kind, type, bytes, width, height, name } = info;
    await transaction.execute(
      `update post_media set state = 'ready', problem = null, kind = ?, type = ?, bytes = ?, width = ?, height = ?,
         name = ?, digest = ?
       where guild_id = ? and id = ?`,
      [kind, type, bytes, width, height, name, digest, guildId, mediaId],
    );
    // The post may have been called off meanwhile: it is not any more until this is committed.
    await transaction.execute('select from posts where guild_id = ? and id = ? for share', [
      guildId,
      medium.postId,
    ]);
    await forgetMedia(transaction, medium);
  });
}

/** Writes down why a medium cannot be used, if it waits to be fetched. */
export async function refuseMedium(
  em: EntityManager,
  { guildId, postId, mediaId }: MediumRef,
  problem: MediaProblem,
): Promise<void> {
  await em.execute(
    `update post_media set state = 'refused', problem = ?::jsonb
     where guild_id = ? and post_id = ? and id = ? and state = 'waiting'`,
    [JSON.stringify(problem), guildId, postId, mediaId],
  );
}

/** A medium whose bytes can be read, as publishers take it. */
export interface OpenMedium {
  readonly info: MediaInfo;
  read(offset: number, length: number): Promise<Buffer>;
}

/** Opens a medium that is stored. Reading more than there is gives what there is; what is stored no more cannot be read. */
export function openMedia(em: EntityManager, guildId: GuildId, info: MediaInfo): OpenMedium {
  return {
    info,
    async read(offset, length) {
      const end = Math.min(offset + length, info.bytes);
      if (end <= offset) return Buffer.alloc(0);
      const first = Math.floor(offset / CHUNK_BYTES);
      const last = Math.floor((end - 1) / CHUNK_BYTES);
      const rows: { readonly content: Buffer }[] = await em.fork().execute(
        `select content from post_media_chunks
         where guild_id = ? and media_id = ? and number between ? and ? order by number`,
        [guildId, info.mediaId, first, last],
      );
      if (rows.length !== last - first + 1) throw new Error(`medium ${info.mediaId} is not stored any more`);
      const start = first * CHUNK_BYTES;
      return Buffer.concat(rows.map(({ content }) => content)).subarray(offset - start, end - start);
    },
  };
}

/** Forgets the bytes of a post's media, if nothing of it is open any more. What they were stays known. */
export async function forgetMedia(em: EntityManager, { guildId, postId }: PostRef): Promise<void> {
  await em.execute(
    `delete from post_media_chunks as chunk using post_media as medium, posts
     where posts.guild_id = ? and posts.id = ? and posts.state in ${OVER}
       and medium.guild_id = posts.guild_id and medium.post_id = posts.id
       and chunk.guild_id = medium.guild_id and chunk.media_id = medium.id`,
    [guildId, postId],
  );
}
