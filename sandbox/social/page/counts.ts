/** How often people have liked, shared and commented a post, in the words of its platform. */

import { figuresOf } from '../figures.ts';
import type { FigureName, PlatformServices, SocialPlatform, SocialPost } from '../stand-in.ts';

type Shown = Extract<FigureName, 'likes' | 'shares' | 'comments'>;

/** For one, and for several; in the order of the platform. */
type Words = readonly (readonly [name: Shown, one: string, several: string])[];

const WORDS: Readonly<Record<SocialPlatform, Words>> = {
  x: [
    ['comments', 'reply', 'replies'],
    ['shares', 'repost', 'reposts'],
    ['likes', 'like', 'likes'],
  ],
  linkedin: [
    ['likes', 'reaction', 'reactions'],
    ['comments', 'comment', 'comments'],
    ['shares', 'repost', 'reposts'],
  ],
  youtube: [
    ['likes', 'like', 'likes'],
    ['comments', 'comment', 'comments'],
  ],
};

/** The page follows them by the minute: who reads a post is not to see it drawn anew all the time. */
const MINUTE_MS = 60_000;

/** The line below a post. */
export function countsOf(post: SocialPost, { platform, now }: PlatformServices): string {
  const figures = figuresOf(platform, post, Math.floor(now() / MINUTE_MS) * MINUTE_MS);
  const counts = WORDS[platform].flatMap(([name, one, several]) => {
    const count = figures[name];
    return count === null ? [] : [`${count} ${count === 1 ? one : several}`];
  });
  return `<p class="counts quiet">${counts.join(' · ')}</p>`;
}
