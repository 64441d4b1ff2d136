/** Links of our own: addresses that count how often a post's link is followed on a platform, and lead on to it. */

import type { LinkSettings } from './engagement.ts';
import { PLATFORMS, type Platform } from './platforms.ts';
import { type DeliveryRef, isPostId, type PostId, toPostId } from './posts.ts';

declare const brand: unique symbol;
/** What stands behind the address of a link of ours. */
export type LinkCode = string & { readonly [brand]: 'link' };

/** A post on one platform, in this guild. */
export type LinkedPost = Pick<DeliveryRef, 'postId' | 'platform'>;

/** What a code begins with. One that was given out leads on for ever: none of these is ever changed. */
const LETTERS: Readonly<Record<Platform, string>> = {
  discord: 'd',
  x: 'x',
  linkedin: 'l',
  youtube: 'y',
  github: 'g',
};

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = BigInt(DIGITS.length);
/** 20 decimal digits take no more. */
const SHORTENED = /^[0-9A-Za-z]{1,12}$/;
/** Ids of Discord are numbers, which are shortened. */
const NUMBER = /^[1-9]\d{14,19}$/;
/** What stands before an id that is none. */
const AS_IT_IS = '-';

/** The code of a post on a platform. It is made of both, so that nothing has to be stored before it can be shown. */
export function linkCodeOf({ postId, platform }: LinkedPost): LinkCode {
  const id = NUMBER.test(postId) ? shorten(BigInt(postId)) : `${AS_IT_IS}${postId}`;
  return `${LETTERS[platform]}${id}` as LinkCode;
}

/** Which post on which platform a code stands for, or undefined if it is the code of none. */
export function linkedPostOf(code: string): LinkedPost | undefined {
  const platform = PLATFORMS.find((name) => code.startsWith(LETTERS[name]));
  const postId = postIdIn(code.slice(1));
  if (platform === undefined || postId === undefined) return undefined;
  // Zeros before a number would make a second code of it.
  return linkCodeOf({ postId, platform }) === code ? { postId, platform } : undefined;
}

function postIdIn(text: string): PostId | undefined {
  const id = text.startsWith(AS_IT_IS) ? text.slice(AS_IT_IS.length) : lengthen(text);
  return isPostId(id) ? toPostId(id) : undefined;
}

function shorten(number: bigint): string {
  const digit = DIGITS[Number(number % BASE)] ?? '';
  return number < BASE ? digit : `${shorten(number / BASE)}${digit}`;
}

/** The number in decimal digits. Empty if it is none. */
function lengthen(text: string): string {
  if (!SHORTENED.test(text)) return '';
  return String([...text].reduce((number, digit) => number * BASE + BigInt(DIGITS.indexOf(digit)), 0n));
}

/** The link of a post as it stands on a platform: one of ours, where the configuration has them for it. */
export function linkOn(
  post: LinkedPost,
  link: string | null,
  settings: LinkSettings | undefined,
): string | null {
  if (link === null || settings === undefined || !settings.platforms.includes(post.platform)) return link;
  return `${settings.address}/${linkCodeOf(post)}`;
}

/** Whether `link` is the link of ours for a post on a platform, whatever address we had when it was made. */
export function isOwnLink(post: LinkedPost, link: string | null): boolean {
  return link?.endsWith(`/${linkCodeOf(post)}`) ?? false;
}
