/** The bot's own place in a voice channel. */

import { joinVoice, leaveVoice } from '../actions/voice.ts';
import { DiscordError } from '../rules/errors.ts';
import type { World } from '../state/world.ts';
import { voiceSchema } from './payloads.ts';

/** "Update Voice State" (op 4): the bot itself sits down or leaves. */
export function changeOwnVoice(world: World, data: unknown): void {
  const wanted = voiceSchema.safeParse(data);
  if (!wanted.success) return;
  try {
    const { channel_id: channelId, self_mute: selfMute, self_deaf: selfDeaf } = wanted.data;
    if (channelId === null) leaveVoice(world, world.botId);
    else joinVoice(world, world.botId, channelId, { selfMute, selfDeaf });
  } catch (error) {
    // Discord says nothing to a bot that may not connect.
    if (!(error instanceof DiscordError)) throw error;
  }
}
