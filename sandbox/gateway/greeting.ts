/** What a session is told first: READY and GUILD_CREATE. */

import {
  ApplicationFlags,
  ChannelType,
  type GatewayGuildCreateDispatchData,
  GatewayIntentBits,
  type GatewayReadyDispatchData,
} from 'discord-api-types/v10';
import { maySee } from '../rules/permissions.ts';
import type { World } from '../state/world.ts';
import { viewChannel, viewThread } from '../views/channels.ts';
import { viewEvent, viewGuild, viewStage, viewVoiceState } from '../views/guild.ts';
import { viewMember, viewUser } from '../views/users.ts';
import type { Session } from './session.ts';

/** The flags that say which privileged intents the application may use. */
export const applicationFlags =
  ApplicationFlags.GatewayGuildMembersLimited |
  ApplicationFlags.GatewayPresenceLimited |
  ApplicationFlags.GatewayMessageContentLimited |
  ApplicationFlags.ApplicationCommandBadge;

/** READY's data. */
export function readyData(
  world: World,
  session: Session,
  gatewayUrl: string,
  shard: [number, number] | undefined,
): GatewayReadyDispatchData {
  return {
    v: 10,
    user: { ...viewUser(world, world.botId), verified: true, mfa_enabled: true, email: null },
    guilds: [{ id: world.guild.id, unavailable: true }],
    session_id: session.id,
    resume_gateway_url: gatewayUrl,
    application: { id: world.identity.applicationId, flags: applicationFlags },
    ...(shard === undefined ? {} : { shard }),
    session_type: 'normal',
    private_channels: [],
    relationships: [],
    presences: [],
    guild_join_requests: [],
    geo_ordered_rtc_regions: [],
  } as unknown as GatewayReadyDispatchData;
}

/** GUILD_CREATE's data: all channels, but of the members only what the intents give. */
export function guildCreateData(world: World, session: Session): GatewayGuildCreateDispatchData {
  const bot = world.members.get(world.botId);
  const channels = [...world.channels.values()];
  return {
    ...viewGuild(world),
    joined_at: bot?.joinedAt ?? world.isoNow(),
    large: world.members.size > session.largeThreshold,
    unavailable: false,
    member_count: world.members.size,
    members: greetedMembers(world, session),
    channels: channels.flatMap((channel) => (channel.kind === 'guild' ? viewChannel(world, channel) : [])),
    threads: channels.flatMap((channel) =>
      channel.kind === 'thread' && !channel.metadata.archived && mayList(world, channel)
        ? viewThread(world, channel, world.botId)
        : [],
    ),
    presences: [],
    voice_states: [...world.voiceStates.values()].map((state) => viewVoiceState(world, state, false)),
    stage_instances: [...world.stages.values()].map((stage) => viewStage(world, stage)),
    guild_scheduled_events: [...world.scheduledEvents.values()].map((event) => viewEvent(world, event)),
    soundboard_sounds: [],
  } as unknown as GatewayGuildCreateDispatchData;
}

function mayList(world: World, thread: Parameters<typeof maySee>[2] & { kind: 'thread' }): boolean {
  if (thread.type === ChannelType.PrivateThread && !(world.botId in thread.members)) return false;
  return maySee(world, world.botId, thread);
}

/**
 * Without the presence intent only the bot itself and who sits in a voice channel; with it everyone, up to the
 * threshold that the session named (Discord docs, "Guild Create").
 */
function greetedMembers(world: World, session: Session) {
  const everyone = (session.intents & GatewayIntentBits.GuildPresences) !== 0;
  const bot = world.members.get(world.botId);
  const others = everyone
    ? [...world.members.values()].slice(0, session.largeThreshold)
    : [...world.voiceStates.keys()].flatMap((id) => world.members.get(id) ?? []);
  const listed = [...(bot === undefined ? [] : [bot]), ...others.filter(({ id }) => id !== world.botId)];
  return listed.map((member) => viewMember(world, member));
}
