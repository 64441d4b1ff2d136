/** The whole guild as the control API shows it. */

import type { Snowflake } from 'discord-api-types/v10';
import { guildPermissions } from '../rules/permissions.ts';
import type { MemberRecord, ThreadRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewDm, viewGuildChannel, viewThread } from '../views/channels.ts';
import { viewEvent, viewGuild, viewInvite, viewVoiceState } from '../views/guild.ts';
import { viewMember, viewUser } from '../views/users.ts';
import type { GuildState, MemberState } from './api.ts';

/** A member with what only the local Discord knows. */
export function memberState(world: World, member: MemberRecord): MemberState {
  const user = world.users.get(member.id);
  return {
    member: viewMember(world, member),
    dmsOpen: user?.dmsOpen ?? false,
    dmChannelId: user?.dmChannelId ?? null,
    inviteCode: member.inviteCode,
    permissions: guildPermissions(world, member.id).toString(),
  };
}

/** The member, or null for somebody who is not in the guild. */
export function memberStateOf(world: World, userId: Snowflake): MemberState | null {
  const member = world.members.get(userId);
  return member === undefined ? null : memberState(world, member);
}

/** Everything at once. */
export function guildState(world: World, botOnline: boolean): GuildState {
  const channels = [...world.channels.values()];
  return {
    guild: viewGuild(world),
    channels: channels.flatMap((channel) =>
      channel.kind === 'guild' ? viewGuildChannel(world, channel) : [],
    ),
    threads: channels
      .filter((channel): channel is ThreadRecord => channel.kind === 'thread')
      .map((thread) => viewThread(world, thread)),
    members: [...world.members.values()].map((member) => memberState(world, member)),
    formerUsers: [...world.users.keys()]
      .filter((id) => !world.members.has(id))
      .map((id) => viewUser(world, id)),
    commands: [...world.commands.values()],
    events: [...world.scheduledEvents.values()].map((event) => ({
      event: viewEvent(world, event, true),
      interested: event.interested,
    })),
    voiceStates: [...world.voiceStates.values()].map((state) => viewVoiceState(world, state)),
    invites: [...world.invites.values()].map((invite) => viewInvite(world, invite)),
    dmChannels: channels.flatMap((channel) => (channel.kind === 'dm' ? viewDm(world, channel) : [])),
    botOnline,
  };
}
