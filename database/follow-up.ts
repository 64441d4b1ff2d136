/** Posts that follow up others which do well: proposed once, for somebody to approve. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { adaptPost } from '../domain/adaptation.ts';
import type { FollowUpOutcome } from '../domain/amplification.ts';
import { configuredPlatforms, type DistributionSettings } from '../domain/distribution.ts';
import type { FollowUpSettings } from '../domain/engagement.ts';
import { followUpId, followUpWords } from '../domain/follow-up.ts';
import type { Platform } from '../domain/platforms.ts';
import type { Post, PostId, PostRef } from '../domain/posts.ts';
import { usablePlatforms } from './post-previews.ts';
import { deliveriesOf, findPost, insertPost, type NewPost } from './posts.ts';

/** By what a follow-up is made. */
export interface FollowUpRules {
  readonly followUp: FollowUpSettings;
  readonly distribution: DistributionSettings;
}

/** Where a post does best, and whether it was followed up, or follows another one up. */
interface Amplified {
  readonly platform: Platform;
  readonly followUpId: PostId | null;
  readonly isFollowUp: boolean;
}

/**
 * Proposes a follow-up of a post that does well, for the configured platforms beside the one where it does best. Doing it again gives
 * the same. Where it could not be published as it is, it is left out.
 *
 * @param at by the workflow's time, in ms since 1970
 */
export function proposeFollowUp(
  em: EntityManager,
  ref: PostRef,
  at: number,
  rules: FollowUpRules,
): Promise<FollowUpOutcome> {
  return em.fork().transactional(async (transaction): Promise<FollowUpOutcome> => {
    const amplified = await lockAmplified(transaction, ref);
    const post = await findPost(transaction, ref);
    if (amplified === undefined || post === undefined) return { kind: 'nowhere', leftOut: [] };
    if (amplified.isFollowUp) return { kind: 'is one itself' };
    const wanted = wantedPlatforms(amplified.platform, rules);
    if (amplified.followUpId === null) {
      const proposed = await writeFollowUp(transaction, post, amplified.platform, at, rules);
      const platforms = await fitPlatforms(transaction, proposed, wanted, rules);
      if (platforms.length === 0) return { kind: 'nowhere', leftOut: wanted };
      await insertPost(transaction, { ...proposed, platforms });
      await recordFollowUp(transaction, ref, proposed.postId);
    }
    const postId = amplified.followUpId ?? followUpId(ref.postId);
    return { kind: 'proposed', postId, ...(await platformsOf(transaction, { ...ref, postId }, wanted)) };
  });
}

/** Nobody else follows it up before the transaction is over. */
async function lockAmplified(
  transaction: EntityManager,
  { guildId, postId }: PostRef,
): Promise<Amplified | undefined> {
  const [row]: Amplified[] = await transaction.execute(
    `select platform, follow_up_id as "followUpId", exists (
       select from post_amplifications as other
       where other.guild_id = amplified.guild_id and other.follow_up_id = amplified.post_id
     ) as "isFollowUp"
     from post_amplifications as amplified where guild_id = ? and post_id = ? for update`,
    [guildId, postId],
  );
  return row;
}

function wantedPlatforms(best: Platform, { followUp, distribution }: FollowUpRules): Platform[] {
  return configuredPlatforms(distribution).filter(
    (platform) => platform !== best && followUp.platforms.includes(platform),
  );
}

/** A follow-up that nobody has written: it leads to where the post does best. */
async function writeFollowUp(
  em: EntityManager,
  post: Post,
  best: Platform,
  at: number,
  { followUp }: FollowUpRules,
): Promise<Omit<NewPost, 'platforms'>> {
  const url = (await deliveriesOf(em, post)).find(({ platform }) => platform === best)?.url ?? null;
  const words = followUpWords(followUp, post, best, url ?? '');
  return {
    ...words,
    ...{ guildId: post.guildId, postId: followUpId(post.postId), state: 'proposed', createdBy: null },
    // Where the text says it already, it is not said twice.
    link: url !== null && words.text.includes(url) ? null : url,
    ...{ publishAt: null, media: [], madeAt: at },
  };
}

/** The platforms that would take it as it is. */
async function fitPlatforms(
  em: EntityManager,
  { guildId, link, ...words }: Omit<NewPost, 'platforms'>,
  wanted: readonly Platform[],
  { distribution }: FollowUpRules,
): Promise<Platform[]> {
  const usable = await usablePlatforms(em, guildId, wanted);
  const content = { words, isByModel: false, link, media: [] };
  return usable.filter((platform) => adaptPost(platform, content, distribution).problems.length === 0);
}

async function recordFollowUp(
  transaction: EntityManager,
  { guildId, postId }: PostRef,
  id: PostId,
): Promise<void> {
  await transaction.execute(
    `update post_amplifications set follow_up_id = ? where guild_id = ? and post_id = ?`,
    [id, guildId, postId],
  );
}

async function platformsOf(em: EntityManager, followUp: PostRef, wanted: readonly Platform[]) {
  const taken = (await deliveriesOf(em, followUp)).map(({ platform }) => platform);
  return {
    platforms: wanted.filter((platform) => taken.includes(platform)),
    leftOut: wanted.filter((platform) => !taken.includes(platform)),
  };
}
