/**
 * What staff are about to make of posts. The bot writes and reads it here by itself: people's words must not pass through
 * Temporal.
 */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { PostDraft, PostDraftRef } from '../domain/post-drafts.ts';
import { insertPost, type NewPost } from './posts.ts';

/** What nobody has sent is forgotten after this. */
const KEPT_MS = 24 * 60 * 60 * 1_000;

/** Keeps a draft, in place of what it said before. Forgets those of the guild that were not sent in a day. `at` in ms since 1970. */
export async function keepPostDraft(
  em: EntityManager,
  { guildId, draftId, memberId }: PostDraftRef,
  draft: PostDraft,
  at: number,
): Promise<void> {
  await em.fork().transactional(async (transaction) => {
    await transaction.execute(`delete from post_drafts where guild_id = ? and made_at < ?`, [
      guildId,
      new Date(at - KEPT_MS),
    ]);
    await transaction.execute(
      `insert into post_drafts (guild_id, id, member_id, draft, made_at) values (?, ?, ?, ?::jsonb, ?)
       on conflict (guild_id, id) do update set draft = excluded.draft
       where post_drafts.member_id = excluded.member_id`,
      [guildId, draftId, memberId, JSON.stringify(draft), new Date(at)],
    );
  });
}

/** A member's draft, or undefined if there is none of theirs. */
export async function findPostDraft(
  em: EntityManager,
  { guildId, draftId, memberId }: PostDraftRef,
): Promise<PostDraft | undefined> {
  const [found]: { draft: PostDraft }[] = await em.execute(
    `select draft from post_drafts where guild_id = ? and id = ? and member_id = ?`,
    [guildId, draftId, memberId],
  );
  return found?.draft;
}

/** Forgets a member's draft. */
export async function discardPostDraft(
  em: EntityManager,
  { guildId, draftId, memberId }: PostDraftRef,
): Promise<void> {
  await em.execute(`delete from post_drafts where guild_id = ? and id = ? and member_id = ?`, [
    guildId,
    draftId,
    memberId,
  ]);
}

/** Makes a post of a draft, which is gone with that, and orders that it is led: one transaction, however often it is sent. */
export async function makePost(em: EntityManager, draft: PostDraftRef, post: NewPost): Promise<void> {
  await em.fork().transactional(async (transaction) => {
    await insertPost(transaction, post);
    await discardPostDraft(transaction, draft);
  });
}
