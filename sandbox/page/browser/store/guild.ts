// The guild in the store: made from the server's snapshot, then kept up to date by live dispatches.
import type {
  APIChannel,
  APIThreadChannel,
  APIUser,
  GatewayGuildMemberUpdateDispatchData,
} from 'discord-api-types/v10';
import { ChannelType, GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Dispatch, GuildState, MemberState } from '../../../control/api.ts';
import type { Guild } from './state.ts';

/**
 * Brings a snapshot into the form of the store.
 * @param snapshot the whole guild
 * @param revision larger than that of the guild it replaces
 * @returns the guild
 */
export function guildFromSnapshot(snapshot: GuildState, revision: number): Guild {
  const users = new Map(snapshot.formerUsers.map((user) => [user.id, user]));
  for (const { member } of snapshot.members) users.set(member.user.id, member.user);
  return {
    guild: snapshot.guild,
    channels: byId(snapshot.channels),
    threads: byId(snapshot.threads),
    roles: byId(snapshot.guild.roles),
    members: new Map(snapshot.members.map((state) => [state.member.user.id, state])),
    users,
    commands: snapshot.commands,
    events: new Map(snapshot.events.map((state) => [state.event.id, state])),
    voiceStates: new Map(snapshot.voiceStates.map((voice) => [voice.user_id, voice])),
    dmChannels: byId(snapshot.dmChannels),
    botOnline: snapshot.botOnline,
    revision,
  };
}

function byId<Entity extends { id: string }>(entities: Entity[]): Map<string, Entity> {
  return new Map(entities.map((entity) => [entity.id, entity]));
}

/**
 * Takes in what the local Discord alone knows of a member.
 * @param guild the guild, changed in place
 * @param member the member as they are now
 */
export function applyMember(guild: Guild, member: MemberState): void {
  const { user } = member.member;
  guild.members.set(user.id, member);
  guild.users.set(user.id, user);
  guild.revision += 1;
}

/**
 * Takes in a dispatch that concerns the guild itself: members, roles, channels, threads, events, voice.
 * @param guild the guild, changed in place
 * @param dispatch any dispatch; others change nothing
 * @returns whether something changed that decides who sees which channel
 */
export function applyGuildDispatch(guild: Guild, dispatch: Dispatch): boolean {
  const before = guild.revision;
  const visibility = applyMembers(guild, dispatch) || applyChannels(guild, dispatch);
  if (!visibility) applyEventsAndVoice(guild, dispatch);
  if (visibility && guild.revision === before) guild.revision += 1;
  return visibility;
}

function applyMembers(guild: Guild, dispatch: Dispatch): boolean {
  switch (dispatch.t) {
    case GatewayDispatchEvents.GuildMemberAdd:
    case GatewayDispatchEvents.GuildMemberUpdate:
      mergeMember(guild, dispatch.d.user, dispatch.d);
      return true;
    case GatewayDispatchEvents.GuildMemberRemove:
      guild.members.delete(dispatch.d.user.id);
      guild.users.set(dispatch.d.user.id, dispatch.d.user);
      guild.voiceStates.delete(dispatch.d.user.id);
      return true;
    case GatewayDispatchEvents.GuildRoleCreate:
    case GatewayDispatchEvents.GuildRoleUpdate:
      guild.roles.set(dispatch.d.role.id, dispatch.d.role);
      return true;
    case GatewayDispatchEvents.GuildRoleDelete:
      guild.roles.delete(dispatch.d.role_id);
      return true;
    case GatewayDispatchEvents.GuildUpdate:
      guild.guild = { ...guild.guild, ...dispatch.d };
      return true;
    default:
      return false;
  }
}

/** A dispatch about a member leaves out what the local Discord keeps beside it; that stays as it was. */
function mergeMember(
  guild: Guild,
  user: APIUser,
  changes: Partial<Omit<GatewayGuildMemberUpdateDispatchData, 'guild_id'>>,
): void {
  const known = guild.members.get(user.id);
  guild.users.set(user.id, user);
  guild.members.set(user.id, {
    dmsOpen: known?.dmsOpen ?? true,
    dmChannelId: known?.dmChannelId ?? null,
    inviteCode: known?.inviteCode ?? null,
    permissions: known?.permissions ?? '0',
    // Dispatches of members carry every field that the page reads.
    member: { ...known?.member, ...changes, user } as MemberState['member'],
  });
}

function applyChannels(guild: Guild, dispatch: Dispatch): boolean {
  switch (dispatch.t) {
    case GatewayDispatchEvents.ChannelCreate:
    case GatewayDispatchEvents.ChannelUpdate:
      setChannel(guild, dispatch.d);
      return true;
    case GatewayDispatchEvents.ChannelDelete:
      guild.channels.delete(dispatch.d.id);
      return true;
    case GatewayDispatchEvents.ThreadCreate:
    case GatewayDispatchEvents.ThreadUpdate:
      setThread(guild, dispatch.d as APIThreadChannel);
      return true;
    case GatewayDispatchEvents.ThreadDelete:
      guild.threads.delete(dispatch.d.id);
      return true;
    default:
      return false;
  }
}

function setChannel(guild: Guild, channel: APIChannel): void {
  if (channel.type === ChannelType.DM) {
    guild.dmChannels.set(channel.id, channel);
    return;
  }
  const known = guild.channels.get(channel.id);
  guild.channels.set(channel.id, known ? ({ ...known, ...channel } as APIChannel) : channel);
}

function setThread(guild: Guild, thread: APIThreadChannel): void {
  guild.threads.set(thread.id, { ...guild.threads.get(thread.id), ...thread });
}

function applyEventsAndVoice(guild: Guild, dispatch: Dispatch): void {
  switch (dispatch.t) {
    case GatewayDispatchEvents.GuildScheduledEventCreate:
    case GatewayDispatchEvents.GuildScheduledEventUpdate:
      guild.events.set(dispatch.d.id, {
        event: dispatch.d,
        interested: guild.events.get(dispatch.d.id)?.interested ?? [],
      });
      break;
    case GatewayDispatchEvents.GuildScheduledEventDelete:
      guild.events.delete(dispatch.d.id);
      break;
    case GatewayDispatchEvents.GuildScheduledEventUserAdd:
    case GatewayDispatchEvents.GuildScheduledEventUserRemove: {
      const joined = dispatch.t === GatewayDispatchEvents.GuildScheduledEventUserAdd;
      setInterest(guild, dispatch.d.guild_scheduled_event_id, dispatch.d.user_id, joined);
      break;
    }
    case GatewayDispatchEvents.VoiceStateUpdate:
      if (dispatch.d.channel_id) guild.voiceStates.set(dispatch.d.user_id, dispatch.d);
      else guild.voiceStates.delete(dispatch.d.user_id);
      break;
    default:
      break;
  }
}

function setInterest(guild: Guild, eventId: string, userId: string, interested: boolean): void {
  const known = guild.events.get(eventId);
  if (!known) return;
  const others = known.interested.filter((id) => id !== userId);
  guild.events.set(eventId, { ...known, interested: interested ? [...others, userId] : others });
}
