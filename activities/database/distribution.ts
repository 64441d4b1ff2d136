import { deliveriesBehind, endDelivery, holdDelivery, type Waiting } from '../../database/deliveries.ts';
import {
  approvePost,
  beginPublishing,
  cancelPost,
  expirePost,
  type FindProblems,
  proposePost,
  readPostSchedule,
  settlePost,
  type Word,
} from '../../database/distribution.ts';
import { waitForAccount } from '../../database/platform-accounts.ts';
import { readPostPreview } from '../../database/post-previews.ts';
import { deliveriesOf, findPost } from '../../database/posts.ts';
import { ownWords } from '../../domain/adaptation.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { Approval, DeliveryRef, DeliveryState, PostRef, PostSchedule } from '../../domain/posts.ts';
import { postProblems } from '../../views/post-problems.ts';
import type { DatabaseContext } from './context.ts';

/** What the course of a post needs of the database. All times in ms since 1970. */
export function distributionInDatabase({ database, config }: DatabaseContext) {
  const settings = config.distribution;

  return {
    /** Where a post stands, without its words. Undefined if there is none. */
    readPostSchedule(post: PostRef): Promise<PostSchedule | undefined> {
      return readPostSchedule(database.em.fork(), post);
    },

    /** Proposes a draft to those who may approve it, unless something must be mended first. */
    proposePost(post: PostRef, word: Word, now: number): Promise<Approval> {
      return proposePost(database.em, post, word, problemsAt(now));
    },

    /** Approves a revision of a post, unless something must be mended first. */
    approvePost(post: PostRef, word: Word, now: number): Promise<Approval> {
      return approvePost(database.em, post, word, problemsAt(now));
    },

    /** Calls a post off, unless it is being published. */
    cancelPost(post: PostRef): Promise<'cancelled' | 'too late'> {
      return cancelPost(database.em, post);
    },

    /** Forgets a draft that nobody has approved, unless it was changed since. */
    expirePost(post: PostRef, revision: number): Promise<void> {
      return expirePost(database.em, post, revision);
    },

    /** Begins to publish a post whose time has come, unless somebody has moved or edited it in this moment. */
    beginPublishing(post: PostRef, now: number): Promise<void> {
      return beginPublishing(database.em, post, now, lastingProblemsAt(now));
    },

    /** Notes that nothing of a post is open any more. */
    closePost(post: PostRef): Promise<void> {
      return settlePost(database.em, post);
    },

    /** The platforms for which a language model has still to write a post. */
    async platformsToReword(post: PostRef): Promise<Platform[]> {
      const em = database.em.fork();
      const found = await findPost(em, post);
      if (settings.languageModel === undefined || found === undefined) return [];
      const deliveries = await deliveriesOf(em, post);
      const unwritten = deliveries.filter(({ words }) => ownWords(found, words) === null);
      return unwritten.map(({ platform }) => platform);
    },

    /** The platforms on which a post is published, and says something else than it does by now. */
    async platformsBehind(post: PostRef): Promise<Platform[]> {
      return (await deliveriesBehind(database.em.fork(), post)).map(({ platform }) => platform);
    },

    /** Shows where a delivery stands; see `holdDelivery` in `database/deliveries.ts`. */
    holdDelivery(delivery: DeliveryRef, waiting: Waiting): Promise<DeliveryState> {
      return holdDelivery(database.em.fork(), delivery, waiting);
    },

    /** Ends a delivery that is not published. Gives where it stands then. */
    endDelivery(delivery: DeliveryRef, state: 'skipped' | 'abandoned'): Promise<DeliveryState> {
      return endDelivery(database.em.fork(), delivery, state);
    },

    /** Writes down that a delivery waits for its account, unless that works. */
    waitForAccount(delivery: DeliveryRef): Promise<'waits' | 'works'> {
      return waitForAccount(database.em, delivery);
    },
  };

  /** What must be mended before a post can go out, by what is known at `now`. */
  function problemsAt(now: number): FindProblems {
    return async (transaction, post) => {
      const isLate = post.publishAt !== null && post.publishAt < now;
      const isWaiting = post.media.some(({ state }) => state === 'waiting');
      return [
        ...(isLate ? ['Its time is over: choose another.'] : []),
        ...(isWaiting ? ['Its media are still being fetched: try again in a moment.'] : []),
        ...(await lastingProblemsAt(now)(transaction, post)),
      ];
    };
  }

  /** The same, but for what passes or has passed by itself. */
  function lastingProblemsAt(now: number): FindProblems {
    return async (transaction, post) => {
      const preview = await readPostPreview(transaction, post, config, now);
      return preview === undefined ? [] : postProblems(preview);
    };
  }
}
