/** What people do with what was published: invented, or as somebody has set it. */

import { grownAt, placeOf } from '../growth.ts';
import type { Post, PostFigures } from './state.ts';

/** How many there are in the end, from the post that does worst to the one that does best. */
const FIGURES: Readonly<Record<keyof PostFigures, readonly [least: number, most: number]>> = {
  upvotes: [1, 40],
  reactions: [2, 60],
  comments: [1, 25],
  replies: [1, 20],
};

/**
 * The figures of a post at `now` (ms since 1970): those that somebody has set, and for the rest invented ones. Those grow quickly at
 * first and hardly any more after some days, differ from post to post, and are the same for the same post and time.
 */
export function figuresOf({ id, createdAt, figures }: Post, now: number): PostFigures {
  const name = `github ${id}`;
  const grown = grownAt(name, now - Date.parse(createdAt));
  const invented = (figure: keyof PostFigures) => {
    const [least, most] = FIGURES[figure];
    // Most posts do little, few do much.
    return Math.floor(least * (most / least) ** placeOf(`${name} ${figure}`) * grown);
  };
  return {
    upvotes: invented('upvotes'),
    reactions: invented('reactions'),
    comments: invented('comments'),
    replies: invented('replies'),
    ...figures,
  };
}
