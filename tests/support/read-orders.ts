/** What a publisher is asked in a test that reads figures, and what it has said. */

import { createHash } from 'node:crypto';
import type { Figures, FiguresOutcome, ReadOrder } from '../../domain/engagement.ts';
import { toGuildId } from '../../domain/ids.ts';
import { type Platform, toPlatformPostId } from '../../domain/platforms.ts';
import { toPostId } from '../../domain/posts.ts';

/** An order to read the figures of what a platform knows by this id. */
export function readOrder(platform: Platform, publishedId: string, publishedAt = Date.now()): ReadOrder {
  return {
    guildId: toGuildId('100000000000000001'),
    postId: toPostId(createHash('sha256').update(publishedId).digest('hex').slice(0, 20)),
    platform,
    publishedId: toPlatformPostId(publishedId),
    publishedAt,
  };
}

/** The figures of each post by its id on the platform; `gone` for those that are. @throws Error if nothing was read */
export function figuresRead(
  outcome: FiguresOutcome | undefined,
): Readonly<Record<string, Figures | 'gone'>> {
  if (outcome?.kind !== 'read') throw new Error(`it is ${JSON.stringify(outcome)}`);
  return Object.fromEntries(
    outcome.posts.map((post) => [post.order.publishedId, post.kind === 'gone' ? 'gone' : post.figures]),
  );
}
