/** A post as one platform takes it: what is cut, kept and left out, by data (design: "Configuration is data"). */

import type { Platform } from './platforms.ts';
import type { MediaInfo } from './posts.ts';

/** What staff should know of a post on a platform, though it can be published. */
export type AdaptationWarning =
  | { readonly kind: 'cut'; readonly charactersLost: number }
  | { readonly kind: 'hashtags left out'; readonly hashtags: readonly string[] }
  | { readonly kind: 'media left out'; readonly names: readonly string[] }
  | { readonly kind: 'by a language model' };

/** Why a post cannot be published on a platform as it is. */
export type AdaptationProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'media needed'; readonly media: readonly string[] }
  | { readonly kind: 'link too long' }
  | { readonly kind: 'media too large'; readonly name: string; readonly mostBytes: number };

/** Exactly what is published on a platform. */
export interface AdaptedPost {
  readonly platform: Platform;
  /** As the platform has titles (YouTube, GitHub); elsewhere it is a part of the text. */
  readonly title: string;
  /** All of it, with link and hashtags, before any escaping that a platform asks for. */
  readonly text: string;
  readonly link: string | null;
  /** Those that are kept, without #. */
  readonly hashtags: readonly string[];
  readonly media: readonly MediaInfo[];
  /** By the platform's own count. */
  readonly length: number;
  readonly left: number;
  /** In millionths of a US dollar. */
  readonly cost: number;
  readonly warnings: readonly AdaptationWarning[];
  readonly problems: readonly AdaptationProblem[];
}
