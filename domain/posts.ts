/** Posts: written once, for several platforms, and what becomes of them. */

import type { ChannelId, GuildId, InteractionId, MemberId, MessageId } from './ids.ts';
import type { Platform, PlatformPostId } from './platforms.ts';

declare const brand: unique symbol;
/** The id of a post: that of the command that began it. */
export type PostId = string & { readonly [brand]: 'post' };
/** The id of a picture, video or document of a post: that of the post, and a number. */
export type MediaId = string & { readonly [brand]: 'media' };

const POST_ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** Whether `text` can be the id of a post. */
export const isPostId = (text: string): boolean => POST_ID.test(text);

/** Checks that `text` can be the id of a post. @throws TypeError if it cannot */
export function toPostId(text: string): PostId {
  if (!POST_ID.test(text)) throw new TypeError(`"${text}" is not the id of a post`);
  return text as PostId;
}

/** The id of the medium that was given as the `number`th for a post. */
export const mediaIdOf = (postId: PostId, number: number): MediaId => `${postId}/${number}` as MediaId;

/** A post by its ids: what may stand in a history. */
export interface PostRef {
  readonly guildId: GuildId;
  readonly postId: PostId;
}

/** A post on one platform. */
export interface DeliveryRef extends PostRef {
  readonly platform: Platform;
}

/** The id of the workflow that leads a post (design: "Identity"; the guild is in every key). */
export function postWorkflowId({ guildId, postId }: PostRef): string {
  return `post/${guildId}/${postId}`;
}

/** The id of the workflow that brings a post to one platform. */
export function deliveryWorkflowId({ platform, ...post }: DeliveryRef): string {
  return `${postWorkflowId(post)}/${platform}`;
}

/** What somebody has written. */
export interface PostWords {
  readonly title: string;
  readonly text: string;
  /** Without #, in the order given. */
  readonly hashtags: readonly string[];
}

/** What kind of medium a platform is told that it is. */
export type MediaKind = 'image' | 'gif' | 'video' | 'document';

/** A medium that was fetched and looked into. */
export interface MediaInfo {
  readonly mediaId: MediaId;
  readonly kind: MediaKind;
  /** By its content: `image/png`, `video/mp4`, … */
  readonly type: string;
  readonly bytes: number;
  /** In pixels, where known. */
  readonly width: number | null;
  readonly height: number | null;
  /** A file's name, with the ending of its type. */
  readonly name: string;
}

/** Why a medium cannot be used. */
export type MediaProblem =
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'own network' }
  | { readonly kind: 'too large'; readonly mostBytes: number }
  | { readonly kind: 'wrong type'; readonly type: string }
  | { readonly kind: 'too many'; readonly most: number };

/** A medium of a post, whether or not it could be fetched. */
export type PostMedium =
  | { readonly state: 'waiting'; readonly mediaId: MediaId; readonly source: string }
  | ({ readonly state: 'ready'; readonly source: string } & MediaInfo)
  | {
      readonly state: 'refused';
      readonly mediaId: MediaId;
      readonly source: string;
      readonly problem: MediaProblem;
    };

/**
 * Words for one platform, in place of those for all. `model`: a language model has made them `of` those for all as they were then;
 * they hold as long as those stay the same.
 */
export type PlatformWords =
  | (PostWords & { readonly by: 'person' })
  | (PostWords & { readonly by: 'model'; readonly of: PostWords });

/**
 * Where a post stands. `draft`: being written. `proposed`: waits for somebody who may approve. `scheduled`: approved, waits for
 * its time. `publishing`: at least one platform is not settled. `settled`: nothing of it is open. `expired`: never approved.
 */
export type PostState =
  | 'draft'
  | 'proposed'
  | 'scheduled'
  | 'publishing'
  | 'settled'
  | 'cancelled'
  | 'expired';

/** The states in which a post can still be cancelled as a whole. */
export const UNPUBLISHED: readonly PostState[] = ['draft', 'proposed', 'scheduled'];

/**
 * Where a post stands on one platform. `waiting`: its turn has not come. `sending`: it may be on its way. `held`: waits for the end
 * of a rate limit, or for a platform that is out of order. `account`: waits until the account is connected again. `failed`: waits
 * for a person's decision. The others are for good.
 */
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export const DELIVERY_STATES = [
  'waiting',
  'sending',
  'held',
  'account',
  'failed',
  'published',
  'skipped',
  'abandoned',
  'cancelled',
] as const;

/** The states in which nothing more happens by itself or by a decision. */
export const SETTLED: readonly DeliveryState[] = ['published', 'skipped', 'abandoned', 'cancelled'];

/** The states in which a person can decide what becomes of it. */
export const DECIDABLE: readonly DeliveryState[] = ['failed', 'held', 'account'];

/** A post on one platform, as the ledger has it. */
export interface Delivery extends DeliveryRef {
  readonly state: DeliveryState;
  /** Words for this platform alone. */
  readonly words: PlatformWords | null;
  /** How often it was tried. */
  readonly attempt: number;
  /** Why it failed or waits, for staff to read. */
  readonly reason: string | null;
  /** Until when it waits, in ms since 1970. */
  readonly until: number | null;
  readonly publishedId: PlatformPostId | null;
  readonly url: string | null;
  readonly publishedAt: number | null;
  /** Which revision of the post stands on the platform. */
  readonly publishedRevision: number | null;
  /** The link that stands there: it stays, whatever the configuration says of links since. null: it is not published, or has none. */
  readonly publishedLink: string | null;
  /** In millionths of a US dollar. */
  readonly cost: number;
}

/** A post with people's words, which stay in the database. */
export interface Post extends PostRef, PostWords {
  readonly state: PostState;
  /** Grows with each change of what is published: who approves says which one they have seen. */
  readonly revision: number;
  readonly link: string | null;
  /** In ms since 1970. null: as soon as it is approved. */
  readonly publishAt: number | null;
  readonly media: readonly PostMedium[];
  readonly createdBy: MemberId | null;
  readonly approvedBy: MemberId | null;
  /** The message on Discord that links to all of them. */
  readonly crossPost: { readonly channelId: ChannelId; readonly messageId: MessageId } | null;
}

/** What a workflow needs to know of a post in order to lead it: no words. */
export interface PostSchedule {
  readonly state: PostState;
  readonly revision: number;
  readonly publishAt: number | null;
  readonly deliveries: readonly Pick<Delivery, 'platform' | 'state'>[];
  /** Media that were not looked into yet. */
  readonly waitingMedia: readonly MediaId[];
}

/** What a person decides of a post that failed on a platform. */
export type Decision = 'retry' | 'skip';

/** A decision, and by whom: null is an operator at the console, whom no id of Discord names. */
export interface Decided {
  readonly by: MemberId | null;
  readonly decision: Decision;
}

/** What became of approving a post. */
export type Approval =
  | { readonly kind: 'approved'; readonly publishAt: number | null }
  /** Somebody has changed it since: what is approved is what was seen. */
  | { readonly kind: 'changed meanwhile'; readonly revision: number }
  | { readonly kind: 'not open'; readonly state: PostState }
  /** What must be mended first, in sentences. */
  | { readonly kind: 'problems'; readonly problems: readonly string[] }
  | { readonly kind: 'no such post' };

/** A change of a post by its writer or staff. What is left out stays. */
export interface PostChange {
  readonly words?: PostWords;
  /** Words for one platform alone; null: those for all again. */
  readonly platformWords?: { readonly platform: Platform; readonly words: PostWords | null };
  readonly platforms?: readonly Platform[];
  readonly link?: string | null;
  /** In ms since 1970; null: as soon as it is approved. */
  readonly publishAt?: number | null;
  /** Addresses of the media that take the place of the former ones. */
  readonly media?: readonly string[];
}

/** What became of a change. */
export type PostChangeResult =
  | {
      readonly kind: 'changed';
      readonly revision: number;
      /** Where it stands already: it is changed there if the platform lets it be. */
      readonly publishedOn: readonly Platform[];
    }
  | { readonly kind: 'no such post' | 'not open' | 'no change' }
  /** What is on its way or published can change its words alone. */
  | { readonly kind: 'words alone' }
  /** What is on its way or published is changed by those alone who may approve. */
  | { readonly kind: 'approvers alone' }
  /** Somebody else has changed it since it was read: what they wrote is not overwritten unseen. */
  | { readonly kind: 'changed meanwhile'; readonly revision: number };

/** What is fixed of a post's course when its workflow begins, in ms. */
export interface DistributionPlan {
  /** A draft that nobody approves is forgotten after so long. */
  readonly draftMs: number;
  /** A platform on which it failed stays open for a decision for so long. */
  readonly decisionMs: number;
}

/** An order to make a change of a post's words where it is published. */
export interface PostEdit extends PostRef {
  readonly revision: number;
  /** Who has changed it, and with which interaction. */
  readonly requestId: InteractionId;
}
