import { Burst } from './burst.ts';
import { DirectMessageChannel } from './direct-message-channel.ts';
import { GatheredMember } from './gathered-member.ts';
import { Guild } from './guild.ts';
import { MemberStay } from './member-stay.ts';
import { OutboxEntry } from './outbox-entry.ts';
import { PointsEntry } from './points-entry.ts';
import { SentMessage } from './sent-message.ts';

/** Every table of ours. */
export const ENTITIES = [
  Burst,
  DirectMessageChannel,
  GatheredMember,
  Guild,
  MemberStay,
  OutboxEntry,
  PointsEntry,
  SentMessage,
];
