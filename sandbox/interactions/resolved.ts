/** `resolved`: the full objects behind the ids in an interaction's data. */

import type { APIAttachment, Snowflake } from 'discord-api-types/v10';
import { allow } from '../control/refusal.ts';
import { channelPermissions } from '../rules/permissions.ts';
import type { ChannelRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewChannel } from '../views/channels.ts';
import { viewMessage } from '../views/messages.ts';
import { viewMemberAlone, viewUser } from '../views/users.ts';

/** Ids by what they name. */
export interface IdsToResolve {
  users?: Snowflake[];
  roles?: Snowflake[];
  channels?: Snowflake[];
  messages?: Snowflake[];
  attachments?: APIAttachment[];
  /** Each id in `users` and `roles` names one or the other. */
  mentionable?: boolean;
}

/** @throws Refusal for an id that names nothing */
export function resolve(world: World, channel: ChannelRecord, ids: IdsToResolve): object {
  const users = filtered(ids.users, (id) => world.users.has(id), ids.mentionable, 'user');
  const roles = filtered(ids.roles, (id) => world.roles.has(id), ids.mentionable, 'role');
  const inGuild = users.filter((id) => world.members.has(id));
  const channels = filtered(ids.channels, (id) => world.channels.has(id), false, 'channel');
  const resolved = {
    users: byId(users, (id) => viewUser(world, id)),
    members: byId(inGuild, (id) => resolvedMember(world, channel, id)),
    roles: byId(roles, (id) => world.roles.get(id)),
    channels: byId(channels, (id) => resolvedChannel(world, id)),
    messages: byId(ids.messages ?? [], (id) => {
      const message = world.messages.records.get(id);
      return message === undefined ? undefined : viewMessage(world, message, world.botId);
    }),
    attachments: Object.fromEntries((ids.attachments ?? []).map((file) => [file.id, file])),
  };
  return Object.fromEntries(Object.entries(resolved).filter(([, found]) => Object.keys(found).length > 0));
}

function filtered(
  ids: Snowflake[] | undefined,
  exists: (id: Snowflake) => boolean,
  mayBeOther: boolean | undefined,
  kind: string,
): Snowflake[] {
  const unknown = (ids ?? []).find((id) => !exists(id));
  allow(unknown === undefined || mayBeOther === true, `There is no ${kind} ${unknown}.`, 'not-found');
  return (ids ?? []).filter(exists);
}

function byId<T>(ids: Snowflake[], view: (id: Snowflake) => T): Record<Snowflake, T> {
  return Object.fromEntries(ids.map((id) => [id, view(id)]));
}

function resolvedMember(world: World, channel: ChannelRecord, id: Snowflake): object | undefined {
  const member = world.members.get(id);
  if (member === undefined) return undefined;
  const { deaf: _deaf, mute: _mute, ...view } = viewMemberAlone(member);
  return { ...view, permissions: channelPermissions(world, id, channel).toString() };
}

function resolvedChannel(world: World, id: Snowflake): object | undefined {
  const channel = world.channels.get(id);
  if (channel === undefined) return undefined;
  return {
    ...viewChannel(world, channel),
    permissions: channelPermissions(world, world.botId, channel).toString(),
  };
}
