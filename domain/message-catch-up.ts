/** Catching up with messages: what was written, and who thanked whom, while nobody was listening. */

import type { ChannelId, GuildId, MessageId } from './ids.ts';

/** A time in which messages may have been missed. The gaps of a guild are counted from 1. */
export interface MessageGap {
  readonly guildId: GuildId;
  readonly number: number;
}

/** A channel or thread that can be read. */
export interface ReadableChannel {
  readonly id: ChannelId;
  /** Messages do not count there. */
  readonly excluded: boolean;
}

/** Which messages of a channel are read: those between two, of which the first is not one of them, and the last is. */
export interface MessageRange {
  readonly after: MessageId;
  /** Without it, up to the newest. */
  readonly upTo?: MessageId;
}

/** What of a gap is to be read. */
export type Missed =
  | {
      readonly kind: 'missed';
      /** Nothing is missing up to this message. */
      readonly after: MessageId;
      /** Nothing is read from before this one. */
      readonly reach: MessageId;
    }
  /** A later gap has opened, which comprises this one. */
  | { readonly kind: 'superseded' };

/** What came of reading messages. */
export interface MessagesRead {
  /** Messages for which more have thanked than is known. */
  readonly thanked: readonly MessageId[];
  /** After which message to go on, if these were not all. */
  readonly next?: MessageId;
}

/** The id of the workflow that reads what was missed in a gap. */
export function messageCatchUpId({ guildId, number }: MessageGap): string {
  return `message-catch-up/${guildId}/${number}`;
}
