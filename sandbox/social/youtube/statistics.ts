/** What YouTube counts of a video. */

import { figuresOf } from '../figures.ts';
import type { SocialPost } from '../stand-in.ts';

/** The part `statistics`: numbers as text, without those that the channel keeps to itself (hidden likes, comments switched off). */
export function statisticsOf(post: SocialPost, now: number): Readonly<Record<string, string>> {
  const { impressions, likes, comments } = figuresOf('youtube', post, now);
  return {
    ...counted('viewCount', impressions),
    ...counted('likeCount', likes),
    favoriteCount: '0',
    ...counted('commentCount', comments),
  };
}

function counted(name: string, count: number | null): Readonly<Record<string, string>> {
  return count === null ? {} : { [name]: String(count) };
}
