/** The platforms that posts go to, and what can come of sending one there. */

/** All of them, in the order in which they are listed. */
export const PLATFORMS = ['discord', 'x', 'linkedin', 'youtube', 'github'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** How each is called. */
export const PLATFORM_LABELS: Readonly<Record<Platform, string>> = {
  discord: 'Discord',
  x: 'X',
  linkedin: 'LinkedIn',
  youtube: 'YouTube',
  github: 'GitHub',
};

/** Whether `text` names a platform. */
export function isPlatform(text: string): text is Platform {
  return (PLATFORMS as readonly string[]).includes(text);
}

/** Those on which we act in the name of an account that somebody has connected. On Discord we are the bot. */
export type AccountPlatform = Exclude<Platform, 'discord'>;

/** Those, in the same order. */
export const ACCOUNT_PLATFORMS: readonly AccountPlatform[] = ['x', 'linkedin', 'youtube', 'github'];

/** Those that can be asked, before anything is published, whether they take posts as they are configured. */
export const ASKED_BEFORE: readonly Platform[] = ['linkedin', 'github'];

/** Those on which what was sent is looked for among what the account itself has published. Another account would not find it. */
export const SHOW_OWN_POSTS: readonly Platform[] = ['x', 'linkedin', 'youtube'];

/** In whose name something was sent: the account's id on its platform, and what it was called then. */
export interface PublishingAccount {
  readonly id: string;
  readonly name: string;
}

declare const brand: unique symbol;
/** The id by which a platform knows what was published there. */
export type PlatformPostId = string & { readonly [brand]: 'platform post' };

/** Says that `text`, which the platform has given, is the id of something published. */
export const toPlatformPostId = (text: string): PlatformPostId => text as PlatformPostId;

/** Where something stands that was published. */
export interface Published {
  readonly kind: 'published';
  readonly id: PlatformPostId;
  readonly url: string;
}

/** The platform will not take it, whoever asks and however often. `reason` is one that staff can read and act on. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly reason: string;
}

/** What sending something to a platform can come to, where it surely is not there yet. */
export type NotPublished =
  | Rejected
  /** Not before `until` (ms since 1970), as the platform itself says. */
  | { readonly kind: 'rate-limited'; readonly until: number }
  /** The account has to be connected again: nothing can be sent in its name. */
  | { readonly kind: 'authorisation expired'; readonly reason: string }
  /** It has surely not been taken (the platform cannot be reached, or says that it is out of order): it may be tried again. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** The request was made, and nobody knows what came of it: settled by looking at the platform, never by sending again blindly. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: string;
}

/** What became of an attempt to publish. */
export type PublishOutcome = Published | NotPublished | Unknown;

/** What looking for it on the platform gave. `not there`: it surely is not, and may be sent. */
export type LookUpOutcome =
  | Published
  | { readonly kind: 'not there' }
  | Exclude<NotPublished, Rejected>
  /** The platform does not say: a person has to look. */
  | { readonly kind: 'cannot tell'; readonly reason: string };

/** What became of changing something that is published. */
export type EditOutcome =
  | { readonly kind: 'edited' }
  /** The platform does not let it be changed, or not any more. */
  | Rejected
  | Exclude<NotPublished, Rejected>;
