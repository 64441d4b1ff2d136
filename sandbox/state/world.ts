/** Everything there is on the local Discord, and the stream of what happens. Rules are in `actions/` and `rules/`. */

import type { Snowflake } from 'discord-api-types/v10';
import type { Limits } from '../control/api.ts';
import { limitsFor } from '../rules/limits.ts';
import { Collection } from './collection.ts';
import { EventStream } from './events.ts';
import { Messages } from './messages.ts';
import type {
  AuditLogRecord,
  BanRecord,
  ChannelRecord,
  CommandRecord,
  EventRecord,
  FileRecord,
  GuildRecord,
  InviteRecord,
  MemberRecord,
  RoleRecord,
  StageRecord,
  UserRecord,
  VoiceStateRecord,
  WebhookRecord,
} from './records.ts';
import { type Clock, createSnowflakes } from './snowflake.ts';

/** Ids that stay the same for the life of a server. */
export interface Identity {
  guildId: Snowflake;
  /** Also the bot's user id, as for all applications made since 2016. */
  applicationId: Snowflake;
  botRoleId: Snowflake;
}

export class World {
  readonly now: Clock;
  readonly newId: () => Snowflake;
  readonly events = new EventStream();
  readonly messages = new Messages();
  readonly users = new Collection<UserRecord>();
  readonly members = new Collection<MemberRecord>();
  readonly roles = new Collection<RoleRecord>();
  readonly channels = new Collection<ChannelRecord>();
  readonly commands = new Collection<CommandRecord>();
  readonly scheduledEvents = new Collection<EventRecord>();
  readonly invites = new Collection<InviteRecord>();
  readonly voiceStates = new Collection<VoiceStateRecord>();
  readonly stages = new Collection<StageRecord>();
  readonly webhooks = new Collection<WebhookRecord>();
  readonly bans = new Collection<BanRecord>();
  readonly auditLog = new Collection<AuditLogRecord>();
  readonly files = new Collection<FileRecord>();
  readonly guilds = new Collection<GuildRecord>();
  /** Who has been a member before. */
  readonly formerMembers = new Collection<{ at: number }>();
  /** Which message was sent with which nonce; the key is author, channel and nonce. */
  readonly nonces = new Collection<{ messageId: Snowflake; at: number }>();
  /** The lower-case user name to the user's id, so that no name is given twice. */
  readonly usernames = new Map<string, Snowflake>();
  /** How much is allowed and how long things wait; may be replaced at any time. */
  limits: Limits = limitsFor('strict');
  /** Where the server can be reached, for the addresses of files. */
  publicUrl = '';
  identity: Identity = { guildId: '0', applicationId: '0', botRoleId: '0' };

  constructor(now: Clock = Date.now) {
    this.now = now;
    this.newId = createSnowflakes(now);
  }

  /** The one guild. */
  get guild(): GuildRecord {
    const guild = this.guilds.get(this.identity.guildId);
    if (guild === undefined) throw new Error('The guild has not been set up yet.');
    return guild;
  }

  get botId(): Snowflake {
    return this.identity.applicationId;
  }

  /** The current time as Discord writes it. */
  isoNow(): string {
    return toDiscordTime(this.now());
  }

  /** All collections by name, for saving and clearing. */
  collections() {
    return {
      guilds: this.guilds,
      users: this.users,
      members: this.members,
      roles: this.roles,
      channels: this.channels,
      messages: this.messages.records,
      commands: this.commands,
      scheduledEvents: this.scheduledEvents,
      invites: this.invites,
      voiceStates: this.voiceStates,
      stages: this.stages,
      webhooks: this.webhooks,
      bans: this.bans,
      auditLog: this.auditLog,
      files: this.files,
      nonces: this.nonces,
      formerMembers: this.formerMembers,
    };
  }

  /** Adds or replaces a user and keeps the index of names. */
  setUser(user: UserRecord): UserRecord {
    this.usernames.set(user.username.toLowerCase(), user.id);
    return this.users.set(user.id, user);
  }

  /** Forgets everything, as before the guild was set up. */
  clear(): void {
    for (const collection of Object.values(this.collections())) collection.clear();
    this.usernames.clear();
    this.messages.reindex();
  }

  /** Rebuilds what is derived from the records, after they were read from a file. */
  reindex(): void {
    this.usernames.clear();
    for (const user of this.users.values()) this.usernames.set(user.username.toLowerCase(), user.id);
    this.messages.reindex();
  }
}

/** A time in milliseconds as Discord writes times: with microseconds and offset. */
export function toDiscordTime(time: number): string {
  return new Date(time).toISOString().replace('Z', '000+00:00');
}
