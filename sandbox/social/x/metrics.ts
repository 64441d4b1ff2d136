/** The figures of posts, as X names and shares them out ("Metrics" in its docs). */

import { figuresOf } from '../figures.ts';
import type { SocialPost } from '../stand-in.ts';

/** What others do not see of a post, its account can read for so long. */
const PRIVATE_FOR_MS = 30 * 86_400_000;

/** What everybody can read of a post. */
export function publicMetrics(post: SocialPost, now: number): object {
  const { impressions, likes, shares, comments } = figuresOf('x', post, now);
  const quotes = shares === null ? undefined : Math.floor(shares / 4);
  return {
    retweet_count: shares === null ? undefined : shares - (quotes ?? 0),
    reply_count: comments ?? undefined,
    like_count: likes ?? undefined,
    quote_count: quotes,
    bookmark_count: likes === null ? undefined : Math.floor(likes / 8),
    impression_count: impressions ?? undefined,
  };
}

/** What the account alone can read. Of a post without a link there are no clicks on one. */
export function privateMetrics(post: SocialPost, now: number, hasLink: boolean): object {
  const { impressions, clicks } = figuresOf('x', post, now);
  return {
    impression_count: impressions ?? undefined,
    url_link_clicks: hasLink ? (clicks ?? undefined) : undefined,
    user_profile_clicks: clicks === null ? undefined : Math.floor(clicks / 4),
  };
}

/** Whether its account can still read what others do not see of it. */
export function isPrivateReadable({ at }: SocialPost, now: number): boolean {
  return now - at < PRIVATE_FOR_MS;
}
