/** Follow-ups: what is written elsewhere of a post that does well. */

import type { FollowUpSettings } from './engagement.ts';
import { PLATFORM_LABELS, type Platform } from './platforms.ts';
import { POST_TEXT_LENGTH, POST_TITLE_LENGTH } from './post-drafts.ts';
import { type Post, type PostId, type PostWords, toPostId } from './posts.ts';
import { fillTemplate } from './template.ts';
import { cutText } from './text-cut.ts';

/** The id of the post that follows one up: always the same. @throws TypeError if the post's own is too long for that */
export function followUpId(postId: PostId): PostId {
  return toPostId(`${postId}-follow-up`);
}

/**
 * What is written of a post elsewhere.
 *
 * @param url where it stands on `platform`, on which it does best
 */
export function followUpWords(
  { title, text }: FollowUpSettings,
  post: Pick<Post, 'title' | 'hashtags'>,
  platform: Platform,
  url: string,
): PostWords {
  const values: Readonly<Record<string, string>> = {
    title: post.title,
    platform: PLATFORM_LABELS[platform],
    link: url,
  };
  const filled = (template: string) => fillTemplate(template, ({ name }) => values[name] ?? '');
  return {
    title: cutTo(filled(title), POST_TITLE_LENGTH),
    text: cutTo(filled(text), POST_TEXT_LENGTH),
    hashtags: post.hashtags,
  };
}

function cutTo(text: string, most: number): string {
  return cutText(text, (part) => part.length <= most, false)?.text ?? text.slice(0, most);
}
