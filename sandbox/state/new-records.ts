/** Fresh records with Discord's defaults. */

import type { APIRole, RoleFlags, Snowflake } from 'discord-api-types/v10';
import type {
  GuildChannelRecord,
  GuildChannelType,
  MemberRecord,
  MessageRecord,
  UserRecord,
} from './records.ts';
import type { World } from './world.ts';

/** A user who has not spoken with anybody yet. */
export function newUser(
  id: Snowflake,
  username: string,
  globalName: string | null,
  with_: { bot?: boolean; dmsOpen?: boolean; name?: string } = {},
): UserRecord {
  const bot = with_.bot ?? false;
  // A bot's user name is its display name: it may have capitals and has no global name.
  return {
    id,
    username: bot ? (with_.name ?? username) : username,
    globalName: bot ? null : globalName,
    bot,
    dmsOpen: with_.dmsOpen ?? true,
    dmChannelId: null,
  };
}

/** A member without roles. */
export function newMember(id: Snowflake, joinedAt: string): MemberRecord {
  return {
    id,
    nick: null,
    roles: [],
    joinedAt,
    pending: false,
    timeoutUntil: null,
    inviteCode: null,
    deaf: false,
    mute: false,
    flags: 0,
  };
}

/** A role without permissions. */
export function newRole(
  id: Snowflake,
  name: string,
  position: number,
  with_: Partial<APIRole> = {},
): APIRole {
  const color = with_.color ?? 0;
  return {
    id,
    name,
    position,
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    permissions: '0',
    managed: false,
    mentionable: false,
    flags: 0 as RoleFlags,
    ...with_,
  };
}

/** An empty channel of a guild. */
export function newGuildChannel(
  id: Snowflake,
  type: GuildChannelType,
  name: string,
  position: number,
  with_: Partial<GuildChannelRecord> = {},
): GuildChannelRecord {
  return {
    kind: 'guild',
    id,
    type,
    name,
    position,
    lastMessageId: null,
    lastPinAt: null,
    flags: 0,
    parentId: null,
    topic: null,
    nsfw: false,
    rateLimitPerUser: 0,
    overwrites: [],
    bitrate: 64_000,
    userLimit: 0,
    tags: [],
    defaultReaction: null,
    defaultAutoArchive: 4320,
    ...with_,
  };
}

/** An empty message. */
export function newMessage(
  id: Snowflake,
  channelId: Snowflake,
  authorId: Snowflake,
  with_: Partial<MessageRecord> = {},
): MessageRecord {
  return {
    id,
    channelId,
    authorId,
    type: 0,
    content: '',
    editedAt: null,
    embeds: [],
    components: [],
    attachments: [],
    mentions: [],
    mentionRoles: [],
    mentionEveryone: false,
    pinged: [],
    pinnedAt: null,
    tts: false,
    flags: 0,
    reference: null,
    reactions: [],
    poll: null,
    webhook: null,
    interaction: null,
    visibleTo: null,
    ...with_,
  };
}

/** A free user name made of a display name: lower case, `a-z0-9_.`, 2 to 32 characters, as Discord wants them. */
export function usernameFor(world: World, displayName: string): string {
  const plain = displayName
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_. ]/g, '')
    .trim()
    .replaceAll(/ +/g, '_')
    .replaceAll(/\.{2,}/g, '.')
    .slice(0, 27);
  const base = plain.length >= 2 ? plain : `user${plain}`;
  if (!world.usernames.has(base)) return base;
  let number = 2;
  while (world.usernames.has(`${base}${number}`)) number++;
  return `${base}${number}`;
}
