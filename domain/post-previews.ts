/** A post as it will be, on each platform: what staff see before they approve it. */

import type { AdaptedPost } from './adaptation.ts';
import type { Delivery, Post } from './posts.ts';

/** Whether a platform takes anything from us. `own`: it is Discord, on which we are the bot. */
export type AccountState = 'own' | 'connected' | 'expired' | 'not connected';

/** How a post will be on a platform. */
export interface PlatformPreview {
  readonly delivery: Delivery;
  readonly adapted: AdaptedPost;
  readonly account: AccountState;
}

/** What a platform has cost in this calendar month, and may cost, in millionths of a US dollar. */
export interface Spending {
  readonly spent: number;
  readonly budget: number;
}

/** A post as it will be. */
export interface PostPreview {
  readonly post: Post;
  /** In the order in which platforms are listed. */
  readonly platforms: readonly PlatformPreview[];
  /** On X, which is paid for. Undefined if it does not go there. */
  readonly spending: Spending | undefined;
}
