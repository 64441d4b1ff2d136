/** What is kept of a message in a channel: made of what Discord says of it, whether that comes by the gateway or was asked for. */

import { createHash } from 'node:crypto';
import type { APIMessage } from 'discord-api-types/v10';
import { type ChannelMessage, plainWords } from '../domain/channel-messages.ts';
import { type MemberId, toChannelId, toMemberId, toMessageId } from '../domain/ids.ts';
import { isWritten } from '../domain/introductions.ts';

/** The part of a message that it is made of. */
type Written = Pick<APIMessage, 'id' | 'channel_id' | 'author' | 'webhook_id' | 'type' | 'content'>;

/**
 * What is kept of `message`, or undefined if no member has written it: a bot, a webhook, Discord itself.
 *
 * @param excluded whether it stands where messages do not count
 */
export function toChannelMessage(message: Written, excluded: boolean): ChannelMessage | undefined {
  const { author, webhook_id, type, content } = message;
  if (author.bot === true || webhook_id !== undefined || !isWritten(type)) return undefined;
  const words = plainWords(content);
  const memberId = toMemberId(author.id);
  return {
    id: toMessageId(message.id),
    channelId: toChannelId(message.channel_id),
    memberId,
    length: [...words].length,
    fingerprint: fingerprintOf(memberId, words),
    excluded,
  };
}

/** 64 bits are enough to tell two messages of one member apart. The member is in it, so that nobody can see who has written the same. */
function fingerprintOf(memberId: MemberId, words: string): string {
  return String(createHash('sha256').update(`${memberId}/${words}`).digest().readBigInt64BE());
}
