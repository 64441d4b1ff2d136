import type { ChannelId, MessageId } from './ids.ts';

/** A message is there. */
export interface Sent {
  readonly kind: 'sent';
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
}

/** What became of a message. Everything but `sent` is an expected outcome, not a failure. */
export type Delivery =
  | Sent
  /** The member takes no direct messages (Discord's 50007). */
  | { readonly kind: 'closed' }
  /** The member is no longer in the guild (10007, 10013). */
  | { readonly kind: 'gone' }
  /** Discord will never take it: a deleted channel, a missing permission, a text that is too long. */
  | { readonly kind: 'refused'; readonly reason: string };

/** What became of a change of a member's roles. */
export type RoleChange =
  | { readonly kind: 'done' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly reason: string };
