import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ChannelId, GuildId, MemberId, MessageId } from '../../domain/ids.ts';

/** A Discord message that a workflow sends: the intent first, then the id of what was sent. */
export const SentMessage = defineEntity({
  name: 'SentMessage',
  tableName: 'sent_messages',
  properties: {
    /** Workflow id and step: what makes the message once. */
    key: p.text().primary(),
    guildId: p.text().$type<GuildId>(),
    /** Whom it is about, if it is about somebody. */
    memberId: p.text().$type<MemberId>().nullable(),
    channelId: p.text().$type<ChannelId>(),
    /** When it was last tried. By this machine's clock: it only tells where to look. */
    triedAt: p.datetime(),
    /** Empty as long as Discord's answer is not written down. */
    messageId: p.text().$type<MessageId>().nullable(),
  },
});

export type SentMessage = InferEntity<typeof SentMessage>;
