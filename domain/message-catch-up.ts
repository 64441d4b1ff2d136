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

/** What came of reading some messages of a channel. */
export interface MessagesRead {
  /** After which message to go on, if these were not all. */
  readonly next?: MessageId;
}

/** What came of looking for thanks. */
export interface ThanksFound extends MessagesRead {
  /** Messages for which more have thanked than is known. */
  readonly thanked: readonly MessageId[];
}

/** The id of the workflow that reads what was missed in a gap. */
export function messageCatchUpId({ guildId, number }: MessageGap): string {
  return `message-catch-up/${guildId}/${number}`;
}
