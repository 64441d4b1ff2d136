/** Events, invites, channels and roles, as members and staff handle them in Discord's own client. */

import { ChannelType } from 'discord-api-types/v10';
import {
  createChannel,
  deleteChannel,
  deleteThread,
  removeOverwrite,
  setOverwrite,
} from '../../actions/channels.ts';
import { createInvite } from '../../actions/invites.ts';
import { createRole, deleteRole, moveRoles } from '../../actions/roles.ts';
import {
  changeEvent,
  createEvent,
  deleteEvent,
  type EventForm,
  findEvent,
  setInterest,
} from '../../actions/scheduled-events.ts';
import { found } from '../../rules/errors.ts';
import type { GuildChannelType } from '../../state/records.ts';
import { toDiscordTime } from '../../state/world.ts';
import { viewGuildChannel } from '../../views/channels.ts';
import { viewEvent, viewInvite } from '../../views/guild.ts';
import type { Some } from '../handlers.ts';
import { allow } from '../refusal.ts';
import type { ControlServices } from '../services.ts';
import { ensureMember, staffActor } from './members.ts';

type Calls =
  | 'createEvent'
  | 'editEvent'
  | 'deleteEvent'
  | 'markInterested'
  | 'unmarkInterested'
  | 'createInvite'
  | 'createChannel'
  | 'deleteChannel'
  | 'setPermissions'
  | 'clearPermissions'
  | 'createRole'
  | 'deleteRole';

const done = { done: true } as const;

const creatable: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildCategory,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
];

function isCreatable(type: ChannelType): type is GuildChannelType {
  return creatable.includes(type);
}

/** Times as Discord writes them. */
function withTimes<Form extends EventForm>(form: Form): Form {
  const time = (text: string) => toDiscordTime(Date.parse(text));
  return {
    ...form,
    ...(form.startsAt === undefined ? {} : { startsAt: time(form.startsAt) }),
    ...(form.endsAt ? { endsAt: time(form.endsAt) } : {}),
  };
}

export function guildHandlers({ world }: ControlServices): Some<Calls> {
  const actorOf = (memberId: string) => {
    ensureMember(world, memberId);
    return { userId: memberId, reason: null };
  };
  const channelWith = (id: string) => found(world.channels.get(id), 'unknownChannel');
  return {
    createEvent: ({ memberId, ...form }) =>
      viewEvent(world, createEvent(world, actorOf(memberId), withTimes(form)), true),
    editEvent: ({ memberId, eventId, ...form }) =>
      viewEvent(
        world,
        changeEvent(world, actorOf(memberId), findEvent(world, eventId), withTimes(form)),
        true,
      ),
    deleteEvent: ({ memberId, eventId }) => {
      deleteEvent(world, actorOf(memberId), findEvent(world, eventId));
      return done;
    },
    markInterested: ({ memberId, eventId }) => {
      setInterest(world, actorOf(memberId).userId, findEvent(world, eventId), true);
      return done;
    },
    unmarkInterested: ({ memberId, eventId }) => {
      setInterest(world, actorOf(memberId).userId, findEvent(world, eventId), false);
      return done;
    },
    createInvite: ({ memberId, channelId, ...form }) =>
      viewInvite(world, createInvite(world, actorOf(memberId), channelWith(channelId), form)),
    createChannel: ({ name, type, parentId, topic, ...by }) => {
      allow(isCreatable(type), `A channel of type ${type} cannot be made.`, 'invalid');
      const form = { name, type, topic, parent_id: parentId };
      return viewGuildChannel(world, createChannel(world, staffActor(world, by), form));
    },
    deleteChannel: ({ channelId, ...by }) => {
      const channel = channelWith(channelId);
      allow(channel.kind !== 'dm', 'Direct messages cannot be deleted.', 'invalid');
      if (channel.kind === 'guild') deleteChannel(world, staffActor(world, by), channel);
      else deleteThread(world, staffActor(world, by), channel);
      return done;
    },
    setPermissions: ({ channelId, targetId, type, allow: allowed, deny, ...by }) => {
      const form = { id: targetId, type, allow: allowed, deny };
      setOverwrite(world, staffActor(world, by), channelWith(channelId), form);
      return done;
    },
    clearPermissions: ({ channelId, targetId, ...by }) => {
      removeOverwrite(world, staffActor(world, by), channelWith(channelId), targetId);
      return done;
    },
    createRole: ({ position, by, reason, ...form }) => {
      const actor = staffActor(world, { ...(by ? { by } : {}), ...(reason ? { reason } : {}) });
      const role = createRole(world, actor, form);
      if (position !== undefined) moveRoles(world, actor, [{ id: role.id, position }]);
      return found(world.roles.get(role.id), 'unknownRole');
    },
    deleteRole: ({ roleId, ...by }) => {
      deleteRole(world, staffActor(world, by), roleId);
      return done;
    },
  };
}
