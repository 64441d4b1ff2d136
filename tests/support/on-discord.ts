/** What members do on the local Discord, and what there is to see. */

import { type APIMessage, ChannelType } from 'discord-api-types/v10';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';

/** Whatever has a local Discord. */
interface OnDiscord {
  readonly discord: LocalDiscord;
}

/** The stay of a member, as Discord describes them. */
export function toStay(
  guildId: Stay['guildId'],
  member: { user: { id: string }; joined_at: string | null } | undefined,
): Stay {
  if (member?.joined_at == null) throw new Error('nobody has joined');
  return { guildId, memberId: toMemberId(member.user.id), joinedAt: Date.parse(member.joined_at) };
}

/** What a member has been sent by direct message, oldest first. */
export async function directMessages({ discord }: OnDiscord, memberId: MemberId) {
  const { messages } = await discord.control.getDirectMessages({ memberId });
  return messages.map(({ message }) => message);
}

/** What the bot has written in the channel with this name, oldest first. */
export async function messagesIn({ discord }: OnDiscord, channelName: string) {
  const channelId = await channelNamed({ discord }, channelName);
  const found: APIMessage[] = [];
  let before: string | undefined;
  do {
    const { messages } = await discord.control.getMessages({
      channelId,
      limit: 100,
      ...(before && { before }),
    });
    before = messages[0]?.message.id;
    found.unshift(...messages.map(({ message }) => message));
  } while (before !== undefined);
  return found.filter(({ author }) => author.bot === true);
}

/** The names of the roles that a member has. */
export async function rolesOf({ discord }: OnDiscord, memberId: MemberId): Promise<string[]> {
  const { guild, members } = await discord.control.getState();
  const roles = members.find(({ member }) => member.user.id === memberId)?.member.roles ?? [];
  return guild.roles.filter(({ id }) => roles.includes(id)).map(({ name }) => name);
}

/** Lets a member write in the channel with this name. */
export async function write({ discord }: OnDiscord, memberId: MemberId, channelName: string): Promise<void> {
  const channelId = await channelNamed({ discord }, channelName);
  await discord.control.write({ memberId, channelId, content: 'Hello!' });
}

/** Opens a thread in the name of a member: Discord says so in the channel, by a message of its own with them as author. */
export async function openThread(
  { discord }: OnDiscord,
  memberId: MemberId,
  channelName: string,
): Promise<void> {
  const channelId = await channelNamed({ discord }, channelName);
  await discord.control.openThread({ memberId, channelId, name: 'About something' });
}

/** Deletes a channel, and makes one with the same name. */
export async function replaceChannel({ discord }: OnDiscord, name: string): Promise<void> {
  await discord.control.deleteChannel({ channelId: await channelNamed({ discord }, name) });
  await discord.control.createChannel({ name, type: ChannelType.GuildText });
}

/** Deletes a role, and makes one with the same name. */
export async function replaceRole({ discord }: OnDiscord, name: string): Promise<void> {
  const { guild } = await discord.control.getState();
  const role = guild.roles.find((role) => role.name === name);
  if (role === undefined) throw new Error(`the guild has no role "${name}"`);
  await discord.control.deleteRole({ roleId: role.id });
  await discord.control.createRole({ name });
}

async function channelNamed({ discord }: OnDiscord, channelName: string): Promise<string> {
  const { channels } = await discord.control.getState();
  const channel = channels.find(({ name }) => name === channelName);
  if (channel === undefined) throw new Error(`the guild has no channel #${channelName}`);
  return channel.id;
}

/** How often the bot's messages in #welcome name a member: in a welcome of their own, or in one of several. */
export async function welcomesOf(scene: OnDiscord, memberId: MemberId): Promise<number> {
  const messages = await messagesIn(scene, 'welcome');
  const texts = messages.map(({ content, embeds }) => `${content} ${embeds[0]?.description ?? ''}`);
  return texts.filter((text) => text.includes(`<@${memberId}>`)).length;
}
