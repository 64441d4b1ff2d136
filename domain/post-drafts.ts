/** What staff write of a post before it is made or changed, and why it is refused. */

import type { EventTime } from './event-time.ts';
import type { GuildId, InteractionId, MemberId } from './ids.ts';
import { isPlatform, PLATFORM_LABELS, PLATFORMS, type Platform } from './platforms.ts';
import type { Post, PostChange, PostId, PostState, PostWords } from './posts.ts';
import { readLink, readTitle } from './tutorials.ts';

/** YouTube takes no longer one. */
export const POST_TITLE_LENGTH = 100;
/** A paragraph of Discord's forms holds no more. */
export const POST_TEXT_LENGTH = 4_000;
/** As they are typed, all together. */
export const HASHTAGS_LENGTH = 500;
const MOST_HASHTAGS = 30;
/** Discord, which takes most, takes so many files with a message. */
export const MOST_MEDIA = 10;

/** A draft of a post by its ids: its own is that of the interaction with which it began. */
export interface PostDraftRef {
  readonly guildId: GuildId;
  readonly draftId: InteractionId;
  readonly memberId: MemberId;
}

/** What somebody has written in the form, as they have. */
export interface TypedWords {
  readonly title: string;
  readonly text: string;
  readonly hashtags: string;
}

/** The same with when it goes out. '': as soon as it is approved. */
export interface TypedForm extends TypedWords {
  readonly time: string;
}

/** A post that is to be made. */
export interface NewPostDraft extends TypedForm {
  readonly for: 'new post';
  /** null: all that can be posted to. */
  readonly platforms: readonly Platform[] | null;
  /** When the time was written, in ms since 1970: `tomorrow` counts from then. */
  readonly saidAt: number;
  readonly link: string | null;
  /** Addresses. */
  readonly media: readonly string[];
}

/** A change of a post, for which a form is open. */
export interface ChangeDraft extends TypedForm {
  readonly for: 'change';
  readonly postId: PostId;
  /** Which revision they have seen. */
  readonly revision: number;
  /** The platform whose words alone are changed. null: those for all. */
  readonly platform: Platform | null;
  /** What was said with the command. */
  readonly change: Pick<PostChange, 'platforms' | 'link' | 'media'>;
  /** When it goes out so far. null: that cannot be changed any more, or not in this form. */
  readonly known: KnownTime | null;
  /** Whether it is tried again on the platform after that. */
  readonly isRetried: boolean;
}

/** When a post goes out (ms since 1970; null: as soon as it is approved), and as it is written in a form: who leaves that means the same. */
export interface KnownTime {
  readonly at: number | null;
  readonly text: string;
}

/** What somebody is about to make of a post. */
export type PostDraft = NewPostDraft | ChangeDraft;

/** Why something that is asked for is refused. */
export type PostRefusal =
  | { readonly kind: 'not an author' | 'not an approver' | 'not yours' }
  | {
      readonly kind:
        | 'no such post'
        | 'not open'
        | 'too late'
        | 'words alone'
        | 'approvers alone'
        | 'no change';
    }
  | { readonly kind: 'outdated'; readonly revision: number }
  | { readonly kind: 'no such platform'; readonly named: string }
  | { readonly kind: 'not configured'; readonly platform: Platform }
  | { readonly kind: 'not in this post'; readonly platform: Platform }
  | { readonly kind: 'no platform' }
  | { readonly kind: 'time'; readonly time: Exclude<EventTime, { kind: 'moment' }>; readonly text: string }
  | { readonly kind: 'bad link' | 'bad media link' | 'too many media' }
  | { readonly kind: 'media too large'; readonly mostMb: number }
  | { readonly kind: 'words'; readonly problem: PostWordsProblem };

/** Why words that were written in the form cannot be taken. */
export type PostWordsProblem =
  | { readonly kind: 'title' | 'text' | 'too many hashtags' }
  | { readonly kind: 'hashtag'; readonly hashtag: string };

/** A refusal, where something else was to be read. */
export type RefusedPost = { readonly refused: PostRefusal };
export const refusePost = (refused: PostRefusal): RefusedPost => ({ refused });

/** Whether what was read is a refusal. */
export function isRefusedPost<Read extends object>(read: Read | RefusedPost): read is RefusedPost {
  return 'refused' in read;
}

/** The words as they are kept: the title in one line, the hashtags one by one. Or what is wrong with them. */
export function readPostWords({
  title,
  text,
  hashtags,
}: TypedWords): PostWords | { problem: PostWordsProblem } {
  const read = readTitle(title);
  if (read === undefined || read.length > POST_TITLE_LENGTH) return { problem: { kind: 'title' } };
  const kept = text.replaceAll('\r\n', '\n').trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(kept) || kept.length > POST_TEXT_LENGTH)
    return { problem: { kind: 'text' } };
  const tags = readHashtags(hashtags);
  return Array.isArray(tags) ? { title: read, text: kept, hashtags: tags } : { problem: tags };
}

/** What no platform ends a hashtag at: letters, figures and the underscore, and not figures alone. */
const HASHTAG = /^[\p{L}\p{M}\p{N}_]*[\p{L}\p{M}_][\p{L}\p{M}\p{N}_]*$/u;

/** The hashtags in what somebody has typed, with # or without, in their order, each once. */
function readHashtags(typed: string): string[] | PostWordsProblem {
  const named = typed.split(/[\s,#]+/).filter((tag) => tag !== '');
  const wrong = named.find((tag) => !HASHTAG.test(tag));
  if (wrong !== undefined) return { kind: 'hashtag', hashtag: wrong };
  const tags = named.filter((tag, index) => named.findIndex((one) => isSameTag(one, tag)) === index);
  return tags.length > MOST_HASHTAGS ? { kind: 'too many hashtags' } : tags;
}

/** Platforms do not tell them apart by their case. */
function isSameTag(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Hashtags as they are typed. */
export function typedHashtags(hashtags: readonly string[]): string {
  return hashtags.map((tag) => `#${tag}`).join(' ');
}

/** The platforms in a list such as `x, linkedin`, each once, or why they cannot be taken. */
export function readPlatforms(
  typed: string,
  configured: readonly Platform[],
): { readonly platforms: readonly Platform[] } | RefusedPost {
  const named = typed.split(/[\s,;+&]+/).filter((name) => name !== '');
  const platforms: Platform[] = [];
  for (const name of named) {
    const platform = platformNamed(name);
    if (platform === undefined) return refusePost({ kind: 'no such platform', named: name });
    if (!configured.includes(platform)) return refusePost({ kind: 'not configured', platform });
    platforms.push(platform);
  }
  if (platforms.length === 0) return refusePost({ kind: 'no platform' });
  return { platforms: PLATFORMS.filter((platform) => platforms.includes(platform)) };
}

function platformNamed(name: string): Platform | undefined {
  const lower = name.toLowerCase();
  if (isPlatform(lower)) return lower;
  return lower === 'twitter' ? 'x' : undefined;
}

/**
 * The lists of platforms to choose from while somebody types one: what they have typed, with each of those that fit to its last
 * word. Nothing typed: all of them first.
 */
export function offeredPlatforms(typed: string, configured: readonly Platform[]): Platform[][] {
  const words = typed.toLowerCase().split(/[\s,;+&]+/);
  const begun = words.pop() ?? '';
  const chosen = words.map(platformNamed).filter((platform) => platform !== undefined);
  const left = configured.filter((platform) => !chosen.includes(platform));
  const fitting = left.filter((platform) =>
    `${platform} ${PLATFORM_LABELS[platform]}`.toLowerCase().includes(begun),
  );
  const lists = fitting.map((platform) => [...chosen, platform]);
  return chosen.length === 0 && begun === '' ? [[...configured], ...lists] : lists;
}

/** A link of a post, as it is kept, or undefined if it is no address of a page. */
export function readPostLink(typed: string): string | undefined {
  return readLink(typed)?.address;
}

/** The addresses of media in what somebody has typed. Whether they lead anywhere is seen when they are fetched. */
export function readMediaLinks(typed: string): readonly string[] | undefined {
  const addresses = typed.split(/[\s,]+/).filter((address) => address !== '');
  return addresses.every(isWebAddress) ? addresses : undefined;
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}

/** What a member may do with posts. */
export interface PostRights {
  readonly memberId: MemberId;
  readonly isAuthor: boolean;
  /** Approves, repairs, and writes. */
  readonly isApprover: boolean;
}

/** The states in which something of a post is on its way or published. */
export const PUBLISHED_STATES: readonly PostState[] = ['publishing', 'settled'];

/**
 * Why somebody may not change a post, or undefined if they may: approvers may with all, authors with their own, and what goes out
 * without anybody's approval is no author's to change.
 */
export function refusalToChange(
  { state, createdBy }: Pick<Post, 'state' | 'createdBy'>,
  { memberId, isAuthor, isApprover }: PostRights,
): PostRefusal | undefined {
  if (isApprover) return undefined;
  if (!isAuthor) return { kind: 'not an author' };
  if (createdBy !== memberId) return { kind: 'not yours' };
  return PUBLISHED_STATES.includes(state) ? { kind: 'approvers alone' } : undefined;
}
