import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ChannelId, GuildId, MemberId } from '../../domain/ids.ts';

/** That a member was in a voice or stage channel in which events take place. */
export const VoiceSession = defineEntity({
  name: 'VoiceSession',
  tableName: 'voice_sessions',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    channelId: p.text().$type<ChannelId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    joinedAt: p.datetime().primary(),
    /** When they were last known to be there. */
    seenAt: p.datetime(),
    /** null: they are still there. */
    leftAt: p.datetime().nullable(),
  },
});

export type VoiceSession = InferEntity<typeof VoiceSession>;
