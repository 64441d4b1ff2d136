/** Where posts stand: proposed, approved, cancelled, published. Each step is one transaction with the post's row locked. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { Sent } from '../domain/delivery.ts';
import type { MemberId } from '../domain/ids.ts';
import {
  type Approval,
  type Post,
  type PostRef,
  type PostSchedule,
  type PostState,
  UNPUBLISHED,
} from '../domain/posts.ts';
import { forgetMedia } from './post-media.ts';
import { deliveriesOf, findPost, lockPost } from './posts.ts';

/** Somebody's word on a revision of a post. */
export interface Word {
  readonly by: MemberId;
  readonly revision: number;
}

/** What must be mended before a post can be published, in sentences. */
export type FindProblems = (transaction: EntityManager, post: Post) => Promise<string[]>;

/** What a post's workflow needs to know of it. Undefined if there is none. */
export async function readPostSchedule(em: EntityManager, post: PostRef): Promise<PostSchedule | undefined> {
  const found = await findPost(em, post);
  if (found === undefined) return undefined;
  const { state, revision, publishAt, media } = found;
  const deliveries = (await deliveriesOf(em, post)).map((delivery) => ({
    platform: delivery.platform,
    state: delivery.state,
  }));
  return { state, revision, publishAt, deliveries, waitingMedia: waitingMediaOf(media) };
}

function waitingMediaOf(media: Post['media']): PostSchedule['waitingMedia'] {
  return media.flatMap(({ state, mediaId }) => (state === 'waiting' ? [mediaId] : []));
}

/** Proposes a draft to those who may approve it. What has problems is not proposed. Doing it again changes nothing. */
export function proposePost(
  em: EntityManager,
  post: PostRef,
  word: Word,
  findProblems: FindProblems,
): Promise<Approval> {
  return decide(em, post, word, 'proposed', findProblems);
}

/** Approves a revision of a post. What has problems is not approved. Doing it again changes nothing. */
export function approvePost(
  em: EntityManager,
  post: PostRef,
  word: Word,
  findProblems: FindProblems,
): Promise<Approval> {
  return decide(em, post, word, 'scheduled', findProblems);
}

/** Which states come before what is decided. */
const DECIDED_FROM = { proposed: ['draft'], scheduled: ['draft', 'proposed'] } as const satisfies Partial<
  Record<PostState, readonly PostState[]>
>;

/** The states of a post that is approved for good. */
const APPROVED: readonly PostState[] = ['scheduled', 'publishing', 'settled'];

function decide(
  em: EntityManager,
  ref: PostRef,
  { by, revision }: Word,
  state: keyof typeof DECIDED_FROM,
  findProblems: FindProblems,
): Promise<Approval> {
  return em.fork().transactional(async (transaction): Promise<Approval> => {
    const post = await lockPost(transaction, ref);
    if (post === undefined) return { kind: 'no such post' };
    if (post.revision !== revision) return { kind: 'changed meanwhile', revision: post.revision };
    const done: Approval = { kind: 'approved', publishAt: post.publishAt };
    if (post.state === state) return done;
    // The answer to whoever has approved it may have been lost: they are not told that they came too late.
    if (state === 'scheduled' && post.approvedBy === by && APPROVED.includes(post.state)) return done;
    const before: readonly PostState[] = DECIDED_FROM[state];
    if (!before.includes(post.state)) return { kind: 'not open', state: post.state };
    const problems = await findProblems(transaction, post);
    if (problems.length > 0) return { kind: 'problems', problems };
    await transaction.execute(
      `update posts set state = ?, approver_member_id = ? where guild_id = ? and id = ?`,
      [state, state === 'scheduled' ? by : null, ref.guildId, ref.postId],
    );
    return done;
  });
}

/** Calls a post off, unless it is being published. Doing it again changes nothing. */
export function cancelPost(em: EntityManager, ref: PostRef): Promise<'cancelled' | 'too late'> {
  return em.fork().transactional(async (transaction) => {
    const post = await lockPost(transaction, ref);
    if (post?.state === 'cancelled') return 'cancelled';
    if (post === undefined || !UNPUBLISHED.includes(post.state)) return 'too late';
    await close(transaction, ref, 'cancelled');
    return 'cancelled';
  });
}

/** Forgets a draft that nobody has approved, unless it was changed since `revision`. */
export function expirePost(em: EntityManager, ref: PostRef, revision: number): Promise<void> {
  return em.fork().transactional(async (transaction) => {
    const post = await lockPost(transaction, ref);
    const isOpen = post?.state === 'draft' || post?.state === 'proposed';
    if (isOpen && post.revision === revision) await close(transaction, ref, 'expired');
  });
}

async function close(
  transaction: EntityManager,
  { guildId, postId }: PostRef,
  state: Extract<PostState, 'cancelled' | 'expired'>,
): Promise<void> {
  await enter(transaction, { guildId, postId }, state);
  await transaction.execute(
    `update post_deliveries set state = 'cancelled' where guild_id = ? and post_id = ?`,
    [guildId, postId],
  );
  await forgetMedia(transaction, { guildId, postId });
}

/**
 * Begins to publish a post that is approved and whose time has come, unless a medium of it was not looked into yet. From then on it
 * cannot be called off. Where something must be mended first, since it was changed after its approval, it waits for approval again, and
 * is published nowhere.
 *
 * @param now in ms since 1970
 */
export function beginPublishing(
  em: EntityManager,
  ref: PostRef,
  now: number,
  findProblems: FindProblems,
): Promise<void> {
  return em.fork().transactional(async (transaction) => {
    const post = await lockPost(transaction, ref);
    if (post?.state !== 'scheduled' || (post.publishAt ?? now) > now) return;
    if (waitingMediaOf(post.media).length > 0) return;
    const problems = await findProblems(transaction, post);
    await enter(transaction, ref, problems.length === 0 ? 'publishing' : 'proposed');
  });
}

/** Notes that nothing of a post is open any more. Nobody needs its media then. */
export function settlePost(em: EntityManager, ref: PostRef): Promise<void> {
  return em.fork().transactional(async (transaction) => {
    const post = await lockPost(transaction, ref);
    if (post?.state === 'publishing') await enter(transaction, ref, 'settled');
    await forgetMedia(transaction, ref);
  });
}

async function enter(em: EntityManager, { guildId, postId }: PostRef, state: PostState): Promise<void> {
  await em.execute(`update posts set state = ? where guild_id = ? and id = ?`, [state, guildId, postId]);
}

/** Writes down where Discord shows what became of a post. */
export async function recordCrossPost(
  em: EntityManager,
  { guildId, postId }: PostRef,
  { channelId, messageId }: Sent,
): Promise<void> {
  await em.execute(
    `update posts set cross_post_channel_id = ?, cross_post_message_id = ? where guild_id = ? and id = ?`,
    [channelId, messageId, guildId, postId],
  );
}
