/** The words for one platform that a language model writes. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { areSameWords, ownWords } from '../domain/adaptation.ts';
import type { DeliveryRef, Post, PostState, PostWords } from '../domain/posts.ts';
import { deliveriesOf, findPost, lockPost } from './posts.ts';

/** Later, nobody would see what it writes before it is published. */
const SHOWN_BEFORE: readonly PostState[] = ['draft', 'proposed'];

/** The post, if a language model is to write its words for a platform. Not where a person has, or the model has already. */
export async function findPostToReword(em: EntityManager, delivery: DeliveryRef): Promise<Post | undefined> {
  const post = await findPost(em, delivery);
  return post !== undefined && (await isToReword(em, post, delivery)) ? post : undefined;
}

async function isToReword(em: EntityManager, post: Post, { platform }: DeliveryRef): Promise<boolean> {
  if (!SHOWN_BEFORE.includes(post.state)) return false;
  const deliveries = await deliveriesOf(em, post);
  return deliveries.some((one) => one.platform === platform && ownWords(post, one.words) === null);
}

/**
 * Writes down what a language model has made `of` the words for all. What would be published is another one then, so that the post has
 * a new revision: nobody approves what they have not seen. Changes nothing if somebody has changed the words meanwhile.
 */
export async function writeModelWords(
  em: EntityManager,
  delivery: DeliveryRef,
  words: PostWords,
  of: PostWords,
): Promise<void> {
  const { guildId, postId, platform } = delivery;
  await em.fork().transactional(async (transaction) => {
    const post = await lockPost(transaction, delivery);
    if (post === undefined || !areSameWords(post, of)) return;
    if (!(await isToReword(transaction, post, delivery))) return;
    await transaction.execute(
      'update post_deliveries set words = ?::jsonb where guild_id = ? and post_id = ? and platform = ?',
      [JSON.stringify({ ...words, by: 'model', of }), guildId, postId, platform],
    );
    await transaction.execute('update posts set revision = revision + 1 where guild_id = ? and id = ?', [
      guildId,
      postId,
    ]);
  });
}
