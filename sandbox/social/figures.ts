/** The figures of posts: how often they are seen, and what people do with them. Invented, or as somebody has set them. */

import { grownAt, placeOf } from '../growth.ts';
import type { FigureName, SocialFigures, SocialPlatform, SocialPost } from './stand-in.ts';

/** How often posts are shown in the end, from the one that does worst to the one that does best. */
const IMPRESSIONS: Readonly<Record<SocialPlatform, { readonly least: number; readonly most: number }>> = {
  x: { least: 120, most: 4_000 },
  linkedin: { least: 80, most: 2_500 },
  youtube: { least: 40, most: 6_000 },
};

/** How many of those to whom a post is shown do something, between the least and the most. */
const RATES: Readonly<Record<Exclude<FigureName, 'impressions'>, readonly [least: number, most: number]>> = {
  reach: [0.6, 0.8],
  likes: [0.01, 0.05],
  shares: [0.001, 0.01],
  comments: [0.001, 0.008],
  clicks: [0.004, 0.03],
};

/**
 * The figures of a post at `now` (ms since 1970): those that somebody has set, and for the rest invented ones. Those grow quickly at
 * first and hardly any more after some days, differ from post to post, and are the same for the same post and time.
 */
export function figuresOf(platform: SocialPlatform, post: SocialPost, now: number): SocialFigures {
  return { ...inventedFigures(platform, post, now), ...post.figures };
}

function inventedFigures(platform: SocialPlatform, { id, at }: SocialPost, now: number): SocialFigures {
  const seed = `${platform} ${id}`;
  const place = (what: string) => placeOf(`${seed} ${what}`);
  const { least, most } = IMPRESSIONS[platform];
  // Most posts do little, few do much.
  const impressions = least * (most / least) ** place('impressions') * grownAt(seed, now - at);
  const share = (name: keyof typeof RATES) => {
    const [low, high] = RATES[name];
    return Math.floor(impressions * (low + place(name) * (high - low)));
  };
  return {
    impressions: Math.floor(impressions),
    reach: share('reach'),
    likes: share('likes'),
    shares: share('shares'),
    comments: share('comments'),
    clicks: share('clicks'),
  };
}
