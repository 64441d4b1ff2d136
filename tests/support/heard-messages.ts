/** Messages as a gateway may have told them, without Discord: in seconds around a beginning. */

import type { ChannelMessage } from '../../domain/channel-messages.ts';
import { firstIdAt, type MessageId, toChannelId, toMemberId, toMessageId } from '../../domain/ids.ts';

/** In ms since 1970. */
export const BEGIN = Date.parse('2026-11-18T12:00:00Z');
export const CHANNEL = toChannelId('1200000000000000001');
export const ANN = toMemberId('1300000000000000001');

let messages = 0n;

/** The first id so many seconds after the beginning, or before it. */
export function markAt(seconds: number): MessageId {
  return toMessageId(firstIdAt(BEGIN + seconds * 1_000));
}

/** A message of Ann's that was written so many seconds after the beginning, with an id and words that no other has. */
export function messageAt(seconds: number, rest: Partial<ChannelMessage> = {}): ChannelMessage {
  messages += 1n;
  const id = toMessageId(String(BigInt(markAt(seconds)) + messages));
  return { id, channelId: CHANNEL, memberId: ANN, length: 20, fingerprint: id, excluded: false, ...rest };
}
