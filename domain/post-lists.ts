/** Posts as they are looked up: what there is, and where each stands. */

import type { Delivery, Post } from './posts.ts';

/** So many go into one embed, whatever stands in them. */
export const POSTS_PER_PAGE = 8;

/** A post, and where it stands on each platform. */
export interface ListedPost extends Post {
  readonly deliveries: readonly Delivery[];
}

/** A page of the posts, from the newest on. Pages count from 1. */
export interface PostPage {
  readonly posts: readonly ListedPost[];
  readonly page: number;
  readonly pages: number;
}

const LIST_ID = /^post-list:(\d{1,6})$/;

/** The `custom_id` of a button to a page of the posts. */
export function postListId(page: number): string {
  return `post-list:${page}`;
}

/** The page that a `custom_id` names, or undefined. */
export function parsePostListId(customId: string): number | undefined {
  const page = LIST_ID.exec(customId)?.[1];
  return page === undefined ? undefined : Number(page);
}
