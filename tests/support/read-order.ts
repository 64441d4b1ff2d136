/** Orders to read figures, in a test. */

import type { Figures, FiguresOutcome, ReadOrder } from '../../domain/engagement.ts';
import { toGuildId } from '../../domain/ids.ts';
import { type Platform, toPlatformPostId } from '../../domain/platforms.ts';
import { toPostId } from '../../domain/posts.ts';

/** An order for a post as its platform knows it. `at`: when it was published, in ms since 1970. */
export function readOrder(
  platform: Platform,
  { id, at }: { readonly id: string; readonly at: number },
): ReadOrder {
  return {
    guildId: toGuildId('100000000000000001'),
    postId: toPostId('post-1'),
    platform,
    publishedId: toPlatformPostId(id),
    publishedAt: at,
  };
}

/** What was read of each post, by its id on the platform. @throws Error where nothing could be read */
export function figuresById(outcome: FiguresOutcome): Map<string, Figures | 'gone'> {
  if (outcome.kind !== 'read') throw new Error(`nothing was read: ${JSON.stringify(outcome)}`);
  return new Map(
    outcome.posts.map((post) => [
      post.order.publishedId as string,
      post.kind === 'gone' ? 'gone' : post.figures,
    ]),
  );
}
