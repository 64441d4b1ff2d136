/** Where a post stands on Discord: the channel and the message together are its id as something published. */

import { type ChannelId, type MessageId, toChannelId, toMessageId } from '../../domain/ids.ts';
import { type PlatformPostId, toPlatformPostId } from '../../domain/platforms.ts';

export interface PostPlace {
  readonly channelId: ChannelId;
  readonly messageId: MessageId;
}

export function postIdAt({ channelId, messageId }: PostPlace): PlatformPostId {
  return toPlatformPostId(`${channelId}/${messageId}`);
}

/** @throws TypeError if it is not the id of a post on Discord */
export function placeOf(id: PlatformPostId): PostPlace {
  const [channelId = '', messageId = ''] = id.split('/');
  return { channelId: toChannelId(channelId), messageId: toMessageId(messageId) };
}
