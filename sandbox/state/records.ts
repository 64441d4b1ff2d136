/**
 * What the server keeps of each thing. Records hold ids, never copies of other records; `views/` makes Discord's
 * shapes of them. Everything here is plain JSON, so that it can be saved as it is.
 */

import type {
  APIApplicationCommand,
  APIAttachment,
  APIAuditLogEntry,
  APIBan,
  APIEmbed,
  APIGuildForumDefaultReactionEmoji,
  APIGuildForumTag,
  APIGuildScheduledEventRecurrenceRule,
  APIMessageInteractionMetadata,
  APIMessageReference,
  APIMessageTopLevelComponent,
  APIOverwrite,
  APIPollAnswer,
  APIRole,
  APIThreadMetadata,
  ChannelType,
  GuildScheduledEventEntityType,
  GuildScheduledEventStatus,
  MessageType,
  Snowflake,
} from 'discord-api-types/v10';

export interface UserRecord {
  id: Snowflake;
  username: string;
  globalName: string | null;
  bot: boolean;
  /** Whether direct messages are accepted. */
  dmsOpen: boolean;
  dmChannelId: Snowflake | null;
}

export interface MemberRecord {
  id: Snowflake;
  nick: string | null;
  roles: Snowflake[];
  joinedAt: string;
  pending: boolean;
  timeoutUntil: string | null;
  inviteCode: string | null;
  deaf: boolean;
  mute: boolean;
  /** GuildMemberFlags. */
  flags: number;
}

export interface GuildRecord {
  id: Snowflake;
  name: string;
  description: string | null;
  ownerId: Snowflake;
  systemChannelId: Snowflake | null;
  rulesChannelId: Snowflake | null;
  features: string[];
  verificationLevel: number;
  preferredLocale: string;
  createdAt: string;
  /** ISO times until which staff paused invites and direct messages. */
  incidents: { invitesDisabledUntil: string | null; dmsDisabledUntil: string | null };
}

export type GuildChannelType =
  | ChannelType.GuildText
  | ChannelType.GuildVoice
  | ChannelType.GuildCategory
  | ChannelType.GuildAnnouncement
  | ChannelType.GuildStageVoice
  | ChannelType.GuildForum;

export type ThreadType =
  | ChannelType.PublicThread
  | ChannelType.PrivateThread
  | ChannelType.AnnouncementThread;

interface AnyChannel {
  id: Snowflake;
  lastMessageId: Snowflake | null;
  lastPinAt: string | null;
  flags: number;
}

export interface GuildChannelRecord extends AnyChannel {
  kind: 'guild';
  type: GuildChannelType;
  name: string;
  parentId: Snowflake | null;
  position: number;
  topic: string | null;
  nsfw: boolean;
  rateLimitPerUser: number;
  overwrites: APIOverwrite[];
  bitrate: number;
  userLimit: number;
  tags: APIGuildForumTag[];
  defaultReaction: APIGuildForumDefaultReactionEmoji | null;
  defaultAutoArchive: number;
}

export interface ThreadRecord extends AnyChannel {
  kind: 'thread';
  type: ThreadType;
  name: string;
  parentId: Snowflake;
  ownerId: Snowflake;
  metadata: APIThreadMetadata;
  messageCount: number;
  totalMessages: number;
  rateLimitPerUser: number;
  tags: Snowflake[];
  /** Who is in the thread, with the ISO time of joining. */
  members: Record<Snowflake, string>;
}

export interface DmChannelRecord extends AnyChannel {
  kind: 'dm';
  type: ChannelType.DM;
  /** The one who is not the bot. */
  userId: Snowflake;
}

export type ChannelRecord = GuildChannelRecord | ThreadRecord | DmChannelRecord;

export interface ReactionRecord {
  /** The emoji itself, or `name:id` of a custom one. */
  emoji: string;
  userIds: Snowflake[];
}

export interface PollRecord {
  question: string;
  answers: APIPollAnswer[];
  expiry: string;
  multiselect: boolean;
  finalized: boolean;
  /** Who voted, by the answer's id. */
  votes: Record<number, Snowflake[]>;
}

export interface MessageRecord {
  id: Snowflake;
  channelId: Snowflake;
  authorId: Snowflake;
  type: MessageType;
  content: string;
  editedAt: string | null;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  attachments: APIAttachment[];
  mentions: Snowflake[];
  mentionRoles: Snowflake[];
  mentionEveryone: boolean;
  /** Who was notified. */
  pinged: Snowflake[];
  pinnedAt: string | null;
  tts: boolean;
  flags: number;
  reference: APIMessageReference | null;
  reactions: ReactionRecord[];
  poll: PollRecord | null;
  /** Set when an application or webhook wrote it. */
  webhook: { id: Snowflake; applicationId: Snowflake | null; name: string | null } | null;
  interaction: APIMessageInteractionMetadata | null;
  /** The one member who sees it, for an ephemeral message. */
  visibleTo: Snowflake | null;
}

export interface EventRecord {
  id: Snowflake;
  creatorId: Snowflake;
  name: string;
  description: string | null;
  channelId: Snowflake | null;
  location: string | null;
  startsAt: string;
  endsAt: string | null;
  status: GuildScheduledEventStatus;
  entityType: GuildScheduledEventEntityType;
  /** The picture's hash. */
  image: string | null;
  recurrence: APIGuildScheduledEventRecurrenceRule | null;
  interested: Snowflake[];
}

export interface InviteRecord {
  code: string;
  channelId: Snowflake;
  inviterId: Snowflake;
  createdAt: string;
  /** Seconds; 0 for ever. */
  maxAge: number;
  maxUses: number;
  uses: number;
  temporary: boolean;
  /** Roles that whoever joins by it gets. */
  roleIds: Snowflake[];
}

export interface VoiceStateRecord {
  userId: Snowflake;
  channelId: Snowflake;
  sessionId: string;
  selfMute: boolean;
  selfDeaf: boolean;
  mute: boolean;
  deaf: boolean;
  suppress: boolean;
}

export interface StageRecord {
  id: Snowflake;
  channelId: Snowflake;
  topic: string;
}

export interface WebhookRecord {
  id: Snowflake;
  token: string;
  channelId: Snowflake;
  name: string;
  creatorId: Snowflake;
}

/** A file that somebody sent; its id is the attachment's. */
export interface FileRecord {
  filename: string;
  contentType: string;
  base64: string;
}

export type AuditLogRecord = APIAuditLogEntry;
export type BanRecord = Pick<APIBan, 'reason'> & { id: Snowflake };
export type RoleRecord = APIRole;
export type CommandRecord = APIApplicationCommand;
