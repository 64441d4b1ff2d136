/** Changes of posts. The bot makes them here by itself: people's words must not pass through Temporal. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { InteractionId } from '../domain/ids.ts';
import type { Platform } from '../domain/platforms.ts';
import {
  type PostChanger,
  publishedElsewise,
  refusalOfChange,
  stateAfterChange,
} from '../domain/post-changes.ts';
import type { Post, PostChange, PostChangeResult, PostRef, PostState, PostWords } from '../domain/posts.ts';
import { putIntoOutbox } from './outbox.ts';
import { deliveriesOf, insertDeliveries, insertMedia, lockPost } from './posts.ts';

/** Who changes it, what they have seen of it, and with which interaction. */
export interface ChangeRequest extends PostChanger {
  readonly requestId: InteractionId;
}

/**
 * Changes a post, and orders that its workflow looks at it anew: one transaction, with the post locked, so that of two changes
 * of the same revision one is made. What is refused changes nothing.
 */
export function changePost(
  em: EntityManager,
  ref: PostRef,
  change: PostChange,
  request: ChangeRequest,
): Promise<PostChangeResult> {
  return em.fork().transactional(async (transaction) => {
    const post = await lockPost(transaction, ref);
    if (post === undefined) return { kind: 'no such post' };
    const deliveries = await deliveriesOf(transaction, ref);
    const refused = refusalOfChange({ post, deliveries }, change, request);
    if (refused !== undefined) return refused;
    await writeChange(transaction, post, change, request);
    const publishedOn = publishedElsewise(deliveries, change);
    const revision = post.revision + 1;
    orderLook(transaction, { ...ref, revision }, request.requestId, publishedOn.length > 0);
    return { kind: 'changed', revision, publishedOn };
  });
}

/**
 * Gives a post back to its writer that waits for approval: it is a draft again.
 *
 * @param seen the revision that is given back
 */
export function sendPostBack(
  em: EntityManager,
  ref: PostRef,
  { seen, requestId }: Pick<ChangeRequest, 'seen' | 'requestId'>,
): Promise<{ readonly kind: 'sent back' } | Exclude<PostChangeResult, { kind: 'changed' }>> {
  return em.fork().transactional(async (transaction) => {
    const post = await lockPost(transaction, ref);
    if (post === undefined) return { kind: 'no such post' };
    const { state, revision } = post;
    if (state !== 'proposed') return { kind: 'not open' };
    if (revision !== seen) return { kind: 'changed meanwhile', revision };
    await setState(transaction, ref, 'draft');
    orderLook(transaction, { ...ref, revision }, requestId, false);
    return { kind: 'sent back' };
  });
}

function orderLook(
  transaction: EntityManager,
  { guildId, postId, revision }: PostRef & Pick<Post, 'revision'>,
  requestId: InteractionId,
  isPublished: boolean,
): void {
  const edit = { guildId, postId, revision, requestId };
  putIntoOutbox(transaction, [{ kind: 'post changed', edit, isPublished }]);
}

async function writeChange(
  transaction: EntityManager,
  post: Post,
  change: PostChange,
  { by, isApprover }: ChangeRequest,
): Promise<void> {
  const { words, platformWords, platforms, media } = change;
  const state = stateAfterChange(post.state, isApprover);
  if (state !== post.state) await setState(transaction, post, state);
  // What stays approved was approved by whoever has changed it.
  else if (state === 'scheduled') await setApprover(transaction, post, by);
  await writePost(transaction, { ...post, ...words, ...partsOf(change) });
  if (platformWords !== undefined)
    await writePlatformWords(transaction, post, platformWords.platform, platformWords.words);
  if (platforms !== undefined) await replacePlatforms(transaction, post, platforms);
  if (media !== undefined) await replaceMedia(transaction, post, media);
}

function partsOf({ link, publishAt }: PostChange): Partial<Post> {
  return { ...(link !== undefined && { link }), ...(publishAt !== undefined && { publishAt }) };
}

async function setState(
  transaction: EntityManager,
  { guildId, postId }: PostRef,
  state: PostState,
): Promise<void> {
  await transaction.execute(
    `update posts set state = ?, approver_member_id = null where guild_id = ? and id = ?`,
    [state, guildId, postId],
  );
}

async function setApprover(
  transaction: EntityManager,
  { guildId, postId }: PostRef,
  memberId: string,
): Promise<void> {
  await transaction.execute(`update posts set approver_member_id = ? where guild_id = ? and id = ?`, [
    memberId,
    guildId,
    postId,
  ]);
}

async function writePost(transaction: EntityManager, post: Post): Promise<void> {
  const { guildId, postId, title, text, hashtags, link, publishAt } = post;
  await transaction.execute(
    `update posts set revision = revision + 1, title = ?, text = ?,
       hashtags = array(select jsonb_array_elements_text(?::jsonb)), link = ?, publish_at = ?
     where guild_id = ? and id = ?`,
    [
      ...[title, text, JSON.stringify(hashtags), link, publishAt === null ? null : new Date(publishAt)],
      ...[guildId, postId],
    ],
  );
}

async function writePlatformWords(
  transaction: EntityManager,
  { guildId, postId }: PostRef,
  platform: Platform,
  words: PostWords | null,
): Promise<void> {
  await transaction.execute(
    `update post_deliveries set words = ?::jsonb where guild_id = ? and post_id = ? and platform = ?`,
    [words === null ? null : JSON.stringify({ ...words, by: 'person' }), guildId, postId, platform],
  );
}

/** Those that are named no more go without a trace: nothing has been sent there. */
async function replacePlatforms(
  transaction: EntityManager,
  post: PostRef,
  platforms: readonly Platform[],
): Promise<void> {
  await transaction.execute(
    `delete from post_deliveries
     where guild_id = ? and post_id = ? and state = 'waiting' and not (?::jsonb @> to_jsonb(platform))`,
    [post.guildId, post.postId, JSON.stringify(platforms)],
  );
  await insertDeliveries(transaction, post, platforms);
}

/** The former ones are kept, and used no more: new ones are numbered behind them. */
async function replaceMedia(
  transaction: EntityManager,
  post: PostRef,
  sources: readonly string[],
): Promise<void> {
  const { guildId, postId } = post;
  await transaction.execute(
    `update post_media set is_used = false where guild_id = ? and post_id = ? and is_used`,
    [guildId, postId],
  );
  const [{ last } = { last: 0 }]: { last: number }[] = await transaction.execute(
    `select coalesce(max(number), 0)::integer as last from post_media where guild_id = ? and post_id = ?`,
    [guildId, postId],
  );
  await insertMedia(transaction, post, sources, last + 1);
}
