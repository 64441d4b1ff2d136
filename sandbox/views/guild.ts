/** The guild and what belongs to it in Discord's shapes. */

import {
  type APIGuild,
  type APIGuildScheduledEvent,
  type APIInvite,
  type APIStageInstance,
  type APIVoiceState,
  GuildScheduledEventPrivacyLevel,
  GuildSystemChannelFlags,
  type InviteFlags,
  InviteType,
  StageInstancePrivacyLevel,
} from 'discord-api-types/v10';
import type { EventRecord, InviteRecord, StageRecord, VoiceStateRecord } from '../state/records.ts';
import { toDiscordTime, type World } from '../state/world.ts';
import { viewMember, viewUser } from './users.ts';

/** The guild; `counts` adds the approximate numbers of members. */
export function viewGuild(world: World, counts = false): APIGuild {
  const { guild } = world;
  const size = world.members.size;
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: guild.description,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: guild.features,
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: guild.systemChannelId,
    // Discord's own notes about who joined are switched off: welcoming is the bot's business.
    system_channel_flags: GuildSystemChannelFlags.SuppressJoinNotifications,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: guild.verificationLevel,
    roles: [...world.roles.values()],
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 2,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.preferredLocale,
    rules_channel_id: guild.rulesChannelId,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: viewIncidents(world),
    hub_type: null,
    ...(counts ? { approximate_member_count: size, approximate_presence_count: size } : {}),
  } as APIGuild;
}

/** Pauses of invites and direct messages, or null when there are none. */
export function viewIncidents(world: World): APIGuild['incidents_data'] {
  const { invitesDisabledUntil, dmsDisabledUntil } = world.guild.incidents;
  if (invitesDisabledUntil === null && dmsDisabledUntil === null) return null;
  return { invites_disabled_until: invitesDisabledUntil, dms_disabled_until: dmsDisabledUntil };
}

/** A scheduled event; `withCount` adds the number of those interested. */
export function viewEvent(world: World, event: EventRecord, withCount = false): APIGuildScheduledEvent {
  return {
    id: event.id,
    guild_id: world.guild.id,
    channel_id: event.channelId,
    creator_id: event.creatorId,
    creator: viewUser(world, event.creatorId),
    name: event.name,
    description: event.description,
    scheduled_start_time: event.startsAt,
    scheduled_end_time: event.endsAt,
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    status: event.status,
    entity_type: event.entityType,
    entity_id: null,
    entity_metadata: event.location === null ? null : { location: event.location },
    image: event.image,
    recurrence_rule: event.recurrence,
    guild_scheduled_event_exceptions: [],
    ...(withCount ? { user_count: event.interested.length } : {}),
  } as APIGuildScheduledEvent;
}

/** An invite; `withUses` as lists of invites show it. */
export function viewInvite(world: World, invite: InviteRecord, withUses = true): APIInvite {
  const { guild } = world;
  const channel = world.channels.get(invite.channelId);
  const expires = Date.parse(invite.createdAt) + invite.maxAge * 1000;
  return {
    type: InviteType.Guild,
    code: invite.code,
    guild_id: guild.id,
    guild: {
      id: guild.id,
      name: guild.name,
      description: guild.description,
      icon: null,
      splash: null,
      banner: null,
      features: guild.features,
      verification_level: guild.verificationLevel,
      vanity_url_code: null,
      nsfw: false,
      nsfw_level: 0,
      premium_subscription_count: 0,
      premium_tier: 0,
    },
    channel: { id: invite.channelId, type: channel?.type ?? 0, name: channelName(channel) },
    inviter: viewUser(world, invite.inviterId),
    expires_at: invite.maxAge === 0 ? null : toDiscordTime(expires),
    flags: 0 as InviteFlags,
    ...(invite.roleIds.length === 0 ? {} : { roles: rolesOfInvite(world, invite) }),
    ...(withUses
      ? {
          uses: invite.uses,
          max_uses: invite.maxUses,
          max_age: invite.maxAge,
          temporary: invite.temporary,
          created_at: invite.createdAt,
        }
      : {}),
  } as APIInvite;
}

function rolesOfInvite(world: World, invite: InviteRecord): object[] {
  return invite.roleIds.flatMap((id) => {
    const role = world.roles.get(id);
    if (role === undefined) return [];
    const { name, position, color, colors, icon, unicode_emoji } = role;
    return [{ id, name, position, color, colors, icon, unicode_emoji }];
  });
}

function channelName(channel: { kind: string; name?: string } | undefined): string | null {
  return channel?.name ?? null;
}

/** Where somebody sits. */
export function viewVoiceState(world: World, state: VoiceStateRecord, withMember = true): APIVoiceState {
  const member = world.members.get(state.userId);
  return {
    guild_id: world.guild.id,
    channel_id: state.channelId,
    user_id: state.userId,
    session_id: state.sessionId,
    deaf: state.deaf,
    mute: state.mute,
    self_deaf: state.selfDeaf,
    self_mute: state.selfMute,
    self_video: false,
    self_stream: false,
    suppress: state.suppress,
    request_to_speak_timestamp: null,
    ...(withMember && member !== undefined ? { member: viewMember(world, member) } : {}),
  };
}

/** A stage that is live. */
export function viewStage(world: World, stage: StageRecord): APIStageInstance {
  // discord-api-types calls the event's id optional; Discord says null.
  const view: Omit<APIStageInstance, 'guild_scheduled_event_id'> & { guild_scheduled_event_id: null } = {
    id: stage.id,
    guild_id: world.guild.id,
    channel_id: stage.channelId,
    topic: stage.topic,
    privacy_level: StageInstancePrivacyLevel.GuildOnly,
    discoverable_disabled: true,
    guild_scheduled_event_id: null,
  };
  return view as unknown as APIStageInstance;
}
