import { Guild } from './guild.ts';
import { MemberStay } from './member-stay.ts';
import { OutboxEntry } from './outbox-entry.ts';
import { PointsEntry } from './points-entry.ts';
import { SentMessage } from './sent-message.ts';

/** Every table of ours. */
export const ENTITIES = [Guild, MemberStay, OutboxEntry, PointsEntry, SentMessage];
