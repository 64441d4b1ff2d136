/** The buttons below what staff read of a post that failed on a platform, and how a press says which failure it means. */

import { isPlatform, type Platform } from './platforms.ts';
import { type PostId, toPostId } from './posts.ts';

export const POST_BUTTONS = ['post-retry', 'post-edit-retry', 'post-skip'] as const;
export type PostButton = (typeof POST_BUTTONS)[number];

/** A failure, by the attempt: the button of one that was tried again since does nothing. */
export interface FailedAttempt {
  readonly postId: PostId;
  readonly platform: Platform;
  readonly attempt: number;
}

const BUTTON_ID = new RegExp(`^(${POST_BUTTONS.join('|')}):([a-z0-9-]{1,60}):([a-z]+):(\\d{1,6})$`);

/** The `custom_id` of a button below a failure. */
export function postButtonId(button: PostButton, { postId, platform, attempt }: FailedAttempt): string {
  return [button, postId, platform, attempt].join(':');
}

/** The button and the failure that a `custom_id` names, or undefined if it is no button of one. */
export function parsePostButtonId(
  customId: string,
): (FailedAttempt & { readonly button: PostButton }) | undefined {
  const [, name, postId = '', platform = '', attempt] = BUTTON_ID.exec(customId) ?? [];
  const button = POST_BUTTONS.find((candidate) => candidate === name);
  if (button === undefined || !isPlatform(platform)) return undefined;
  return { button, postId: toPostId(postId), platform, attempt: Number(attempt) };
}
