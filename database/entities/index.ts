import { Burst } from './burst.ts';
import { DirectMessageChannel } from './direct-message-channel.ts';
import { GatheredMember } from './gathered-member.ts';
import { Guild } from './guild.ts';
import { Interest } from './interest.ts';
import { MemberStay } from './member-stay.ts';
import { OutboxEntry } from './outbox-entry.ts';
import { PointsEntry } from './points-entry.ts';
import { RoleChoice } from './role-choice.ts';
import { SentMessage } from './sent-message.ts';

/** Every table of ours. */
export const ENTITIES = [
  Burst,
  DirectMessageChannel,
  GatheredMember,
  Guild,
  Interest,
  MemberStay,
  OutboxEntry,
  PointsEntry,
  RoleChoice,
  SentMessage,
];
