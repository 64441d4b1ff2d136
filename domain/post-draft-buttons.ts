/** The buttons and menus of posts that are not published yet, and of the forms for their words. */

import { type InteractionId, toInteractionId } from './ids.ts';
import { type PostId, toPostId } from './posts.ts';

/** What stands below a preview. Each names the revision that it shows: what was changed meanwhile is not decided on unseen. */
export const POST_DRAFT_BUTTONS = [
  'post-approve',
  'post-propose',
  'post-send-back',
  'post-edit',
  'post-discard',
  'post-look-again',
] as const;
export type PostDraftButton = (typeof POST_DRAFT_BUTTONS)[number];

/** `post-look`: how it looks on one platform. `post-edit-for`: words for one alone. `post-platforms`: where it goes. */
export const POST_DRAFT_MENUS = ['post-look', 'post-edit-for', 'post-platforms'] as const;
export type PostDraftMenu = (typeof POST_DRAFT_MENUS)[number];

/** What stands in the menu `post-look` for all platforms together. */
export const OVERVIEW = 'overview';

/** A post, as far as somebody has seen it. */
export interface SeenPost {
  readonly postId: PostId;
  readonly revision: number;
}

const ID = new RegExp(
  `^(${[...POST_DRAFT_BUTTONS, ...POST_DRAFT_MENUS].join('|')}):([a-z0-9-]{1,60}):(\\d{1,9})$`,
);

/** The `custom_id` of a button or menu below a preview. */
export function postDraftId(name: PostDraftButton | PostDraftMenu, { postId, revision }: SeenPost): string {
  return `${name}:${postId}:${revision}`;
}

/** The button and the post that a `custom_id` names, or undefined. */
export function parsePostDraftButton(
  customId: string,
): (SeenPost & { readonly button: PostDraftButton }) | undefined {
  const parsed = parse(customId);
  const button = POST_DRAFT_BUTTONS.find((name) => name === parsed?.name);
  return parsed === undefined || button === undefined ? undefined : { button, ...parsed.seen };
}

/** The menu and the post that a `custom_id` names, or undefined. */
export function parsePostDraftMenu(
  customId: string,
): (SeenPost & { readonly menu: PostDraftMenu }) | undefined {
  const parsed = parse(customId);
  const menu = POST_DRAFT_MENUS.find((name) => name === parsed?.name);
  return parsed === undefined || menu === undefined ? undefined : { menu, ...parsed.seen };
}

function parse(customId: string): { readonly name: string; readonly seen: SeenPost } | undefined {
  const [, name, postId, revision] = ID.exec(customId) ?? [];
  if (name === undefined || postId === undefined) return undefined;
  return { name, seen: { postId: toPostId(postId), revision: Number(revision) } };
}

const FORM_ID = /^post-form:(\d{15,20})$/;
const REOPEN_ID = /^post-reopen:(\d{15,20})$/;

/** The `custom_id` of the form for a draft. */
export const postFormId = (draftId: InteractionId): string => `post-form:${draftId}`;

/** The draft of a form, or undefined if it is none of a post. */
export const parsePostFormId = (customId: string): InteractionId | undefined => idIn(FORM_ID, customId);

/** The `custom_id` of the button that opens a form again that was refused. */
export const postReopenId = (draftId: InteractionId): string => `post-reopen:${draftId}`;

/** The draft that it names, or undefined. */
export const parsePostReopenId = (customId: string): InteractionId | undefined => idIn(REOPEN_ID, customId);

function idIn(pattern: RegExp, customId: string): InteractionId | undefined {
  const id = pattern.exec(customId)?.[1];
  return id === undefined ? undefined : toInteractionId(id);
}
