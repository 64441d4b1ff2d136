/** The accounts in whose names posts are published, for the publishers: usable tokens, and what is known of limits. */

import type { AccountPlatform } from '../../domain/platforms.ts';
import type { PlatformAccess } from './publisher.ts';

/** Whether an account can be used. */
export type AccountUse =
  | { readonly kind: 'usable'; readonly access: PlatformAccess }
  /** Nobody has connected one: the platform is switched off. */
  | { readonly kind: 'not connected' }
  /** It has to be connected again. */
  | { readonly kind: 'expired'; readonly reason: string }
  /** The platform takes nothing before then (ms since 1970). */
  | { readonly kind: 'limited'; readonly until: number };

/** The accounts of the guild. */
export interface Accounts {
  /** A token that is valid for a while yet, refreshed if need be: once, whoever asks for it at the same time. */
  use(platform: AccountPlatform): Promise<AccountUse>;
  /** The same, after the platform has refused the token of `refused` (401): another one, unless somebody has one already. */
  renew(platform: AccountPlatform, refused: PlatformAccess): Promise<AccountUse>;
  /** The platform has said that it takes nothing before `until`: others need not ask it. */
  limit(platform: AccountPlatform, until: number): Promise<void>;
}
