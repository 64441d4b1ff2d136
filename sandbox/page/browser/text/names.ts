// What people, roles and channels are called, and how they are coloured.
import type { APIChannel, APIRole, APIUser, Snowflake } from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';
import type { MemberState } from '../../../control/api.ts';
import type { Guild } from '../store/state.ts';

/**
 * Gives the name that somebody goes by in the guild.
 * @param guild the guild
 * @param userId the user
 * @returns nickname, display name or user name; "Unknown user" for nobody
 */
export function nameOf(guild: Guild, userId: Snowflake): string {
  const user = guild.users.get(userId);
  const nick = guild.members.get(userId)?.member.nick;
  return nick ?? (user ? nameOfUser(user) : 'Unknown user');
}

/**
 * Gives the name that somebody goes by outside the guild.
 * @param user the user
 * @returns display name or user name
 */
export function nameOfUser(user: APIUser): string {
  return user.global_name ?? user.username;
}

/**
 * Gives a member's roles.
 * @param guild the guild
 * @param state the member
 * @returns the roles, highest first, without @everyone
 */
export function rolesOf(guild: Guild, state: MemberState): APIRole[] {
  return state.member.roles
    .map((id) => guild.roles.get(id))
    .filter((role) => role !== undefined)
    .sort((a, b) => b.position - a.position);
}

/**
 * Gives the colour of a name: that of the highest role that has one.
 * @param guild the guild
 * @param userId the user
 * @returns a CSS colour, or null for the ordinary one
 */
export function colorOf(guild: Guild, userId: Snowflake): string | null {
  const state = guild.members.get(userId);
  const colored = state && rolesOf(guild, state).find((role) => role.color !== 0);
  // Mixed with the colour of text, so that a name can be read on dark and on light.
  return colored
    ? `color-mix(in oklab, ${cssColor(colored.color)} var(--name-share), var(--text-strong))`
    : null;
}

/**
 * Writes one of Discord's colours as CSS.
 * @param color 0xRRGGBB
 * @returns `#rrggbb`
 */
export function cssColor(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}

/**
 * Finds a channel or thread.
 * @param guild the guild
 * @param channelId its id
 * @returns it, or undefined
 */
export function channelById(guild: Guild, channelId: Snowflake): APIChannel | undefined {
  return guild.channels.get(channelId) ?? guild.threads.get(channelId) ?? guild.dmChannels.get(channelId);
}

/**
 * Gives a channel's name.
 * @param guild the guild
 * @param channelId its id
 * @returns the name without a #; "unknown" for none
 */
export function channelName(guild: Guild, channelId: Snowflake): string {
  return channelById(guild, channelId)?.name ?? 'unknown';
}

/**
 * Gives a channel's name as it is spoken of.
 * @param guild the guild
 * @param channelId its id
 * @returns "#general", and without a # what is not written in that way
 */
export function channelTitle(guild: Guild, channelId: Snowflake): string {
  const name = channelName(guild, channelId);
  return ['text', 'announcement'].includes(channelKind(channelById(guild, channelId))) ? `#${name}` : name;
}

const KINDS: Partial<Record<ChannelType, ChannelKind>> = {
  [ChannelType.GuildVoice]: 'voice',
  [ChannelType.GuildStageVoice]: 'stage',
  [ChannelType.GuildForum]: 'forum',
  [ChannelType.GuildMedia]: 'forum',
  [ChannelType.GuildCategory]: 'category',
  [ChannelType.GuildAnnouncement]: 'announcement',
  [ChannelType.PublicThread]: 'thread',
  [ChannelType.PrivateThread]: 'thread',
  [ChannelType.AnnouncementThread]: 'thread',
  [ChannelType.DM]: 'dm',
};

/** The kinds of channels that are shown differently. */
export type ChannelKind =
  | 'text'
  | 'voice'
  | 'stage'
  | 'forum'
  | 'category'
  | 'announcement'
  | 'thread'
  | 'dm';

/**
 * Sorts a channel by how it is shown.
 * @param channel the channel; undefined counts as text
 * @returns its kind
 */
export function channelKind(channel: APIChannel | undefined): ChannelKind {
  return (channel && KINDS[channel.type]) ?? 'text';
}
