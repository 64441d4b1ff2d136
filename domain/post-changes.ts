/** What a change of a post comes to: whether it is taken, and what follows. */

import type { MemberId } from './ids.ts';
import { PLATFORMS, type Platform } from './platforms.ts';
import { PUBLISHED_STATES } from './post-drafts.ts';
import {
  type Delivery,
  type Post,
  type PostChange,
  type PostChangeResult,
  type PostState,
  type PostWords,
  UNPUBLISHED,
} from './posts.ts';

/** Who changes a post, and what they have seen of it. */
export interface PostChanger {
  readonly by: MemberId;
  readonly isApprover: boolean;
  /** The revision that they have changed: another one is not overwritten unseen. */
  readonly seen: number;
}

/** A post, and where it stands on each platform. */
interface Stand {
  readonly post: Post;
  readonly deliveries: readonly Delivery[];
}

/** Why a change is not made, or undefined if it is. */
export function refusalOfChange(
  { post, deliveries }: Stand,
  change: PostChange,
  { isApprover, seen }: PostChanger,
): Exclude<PostChangeResult, { kind: 'changed' | 'no such post' }> | undefined {
  const { state, revision } = post;
  if (!UNPUBLISHED.includes(state) && !PUBLISHED_STATES.includes(state)) return { kind: 'not open' };
  if (PUBLISHED_STATES.includes(state)) {
    if (!isApprover) return { kind: 'approvers alone' };
    if (!changesWordsAlone(change)) return { kind: 'words alone' };
    if (!deliveries.some(isChangeable)) return { kind: 'not open' };
  }
  if (revision !== seen) return { kind: 'changed meanwhile', revision };
  return changesSomething({ post, deliveries }, change) ? undefined : { kind: 'no change' };
}

function changesWordsAlone({ platforms, link, publishAt, media }: PostChange): boolean {
  return [platforms, link, publishAt, media].every((part) => part === undefined);
}

/** Whether words that are changed now can still come to stand there. */
function isChangeable({ state }: Pick<Delivery, 'state'>): boolean {
  return state !== 'skipped' && state !== 'abandoned' && state !== 'cancelled';
}

function changesSomething({ post, deliveries }: Stand, change: PostChange): boolean {
  const { words, platformWords, platforms, link, publishAt, media } = change;
  const own = deliveries.find(({ platform }) => platform === platformWords?.platform);
  return (
    (words !== undefined && !isSameWords(words, post)) ||
    (own !== undefined && platformWords !== undefined && !isSameWords(platformWords.words, own.words)) ||
    (platforms !== undefined &&
      !sameList(
        platforms,
        deliveries.map(({ platform }) => platform),
      )) ||
    (link !== undefined && link !== post.link) ||
    (publishAt !== undefined && publishAt !== post.publishAt) ||
    (media !== undefined &&
      !sameList(
        media,
        post.media.map(({ source }) => source),
      ))
  );
}

/** Whether both are the same words, or none. */
export function isSameWords(one: PostWords | null, other: PostWords | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.title === other.title &&
    one.text === other.text &&
    one.hashtags.join(' ') === other.hashtags.join(' ')
  );
}

/** What they have in them, in whatever order. */
function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((part) => other.includes(part));
}

/** Where a post stands after a change: what somebody has approved who may is not changed by others without being approved anew. */
export function stateAfterChange(state: PostState, isApprover: boolean): PostState {
  return !isApprover && UNPUBLISHED.includes(state) ? 'draft' : state;
}

/** Where it is published already, and says something else now. */
export function publishedElsewise(
  deliveries: readonly Delivery[],
  { words, platformWords }: PostChange,
): Platform[] {
  return deliveries
    .filter(({ state }) => state === 'published')
    .filter(({ platform, words: own }) => {
      const isForAll = own === null || own.by === 'model';
      return platform === platformWords?.platform || (words !== undefined && isForAll);
    })
    .map(({ platform }) => platform);
}

/** Where something that is published can still be changed: X lets nobody do that by its API. */
export const EDITABLE_PLATFORMS: readonly Platform[] = PLATFORMS.filter((platform) => platform !== 'x');
