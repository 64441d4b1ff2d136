/** Who is in the voice and stage channels in which events take place. */

import type { ChannelId, MemberId } from './ids.ts';

/** A member has come into a channel, from another one or from none, or has left all. `at` in ms since 1970. */
export interface VoiceMove {
  readonly memberId: MemberId;
  readonly channelId: ChannelId | null;
  readonly at: number;
}

/** A member who is in a channel, as far as we know since `since` (ms since 1970). */
export interface PresentInVoice {
  readonly memberId: MemberId;
  readonly channelId: ChannelId;
  readonly since: number;
}
