/** Members of the guild, their roles, and bans. */

import { z } from 'zod';
import { addRole, ban, changeMember, kick, removeRole, unban } from '../actions/members.ts';
import { joinVoice, leaveVoice } from '../actions/voice.ts';
import { nameStartsWith } from '../gateway/member-chunks.ts';
import { DiscordError, ensure, found } from '../rules/errors.ts';
import { ensureGuildPermissions } from '../rules/permissions.ts';
import { isoTime, list, optional, queryInt, snowflake, text } from '../rules/scalars.ts';
import { compareIds } from '../state/snowflake.ts';
import { viewMember, viewUser } from '../views/users.ts';
import { Reply, type Route, route } from './route.ts';

const memberForm = z.object({
  nick: text(0, 32).nullish(),
  roles: z.array(snowflake).nullish(),
  mute: z.boolean().nullish(),
  deaf: z.boolean().nullish(),
  channel_id: snowflake.nullish(),
  communication_disabled_until: isoTime.nullish(),
  flags: z.int().nullish(),
});

const banForm = z.object({
  delete_message_seconds: optional(z.int().min(0).max(604_800)),
  delete_message_days: optional(z.int().min(0).max(7)),
});

export const memberRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/guilds/:guildId/members',
    bucket: 'list-members',
    query: z.object({ limit: optional(queryInt(1, 1000)), after: optional(snowflake) }),
    handle: ({ query, world }) =>
      [...world.members.values()]
        .filter(({ id }) => compareIds(id, query.after ?? '0') > 0)
        .sort((a, b) => compareIds(a.id, b.id))
        .slice(0, query.limit ?? 1)
        .map((member) => viewMember(world, member)),
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/members/search',
    bucket: 'search-members',
    query: z.object({ query: text(1, 100), limit: optional(queryInt(1, 1000)) }),
    handle: ({ query, world }) =>
      [...world.members.values()]
        .filter(({ id }) => nameStartsWith(world, id, query.query.toLowerCase()))
        .slice(0, query.limit ?? 1)
        .map((member) => viewMember(world, member)),
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/members/:userId',
    bucket: 'read-member',
    handle: ({ params, world }) => {
      const member = world.members.get(params.userId);
      // Discord tells apart who is not here and who is nobody.
      if (member === undefined)
        throw new DiscordError(world.users.has(params.userId) ? 'unknownMember' : 'unknownUser');
      return viewMember(world, member);
    },
  }),
  route({
    method: 'PATCH',
    path: '/guilds/:guildId/members/@me',
    bucket: 'change-member',
    body: z.object({ nick: text(0, 32).nullish() }),
    handle: ({ body, world, actor }) => viewMember(world, changeMember(world, actor, actor.userId, body)),
  }),
  route({
    method: 'PATCH',
    path: '/guilds/:guildId/members/:userId',
    bucket: 'change-member',
    body: memberForm,
    handle: ({ params, body, world, actor }) => {
      const { channel_id: channelId, ...changes } = body;
      const member = changeMember(world, actor, params.userId, changes);
      if (channelId !== undefined) {
        ensureGuildPermissions(world, actor.userId, ['MoveMembers']);
        ensure(world.voiceStates.has(params.userId), 'userNotInVoice');
        if (channelId === null) leaveVoice(world, params.userId);
        else joinVoice(world, params.userId, channelId, { moved: true });
      }
      return viewMember(world, member);
    },
  }),
  route({
    method: 'DELETE',
    path: '/guilds/:guildId/members/:userId',
    bucket: 'remove-member',
    handle: ({ params, world, actor }) => kick(world, actor, params.userId),
  }),
  route({
    method: 'PUT',
    path: '/guilds/:guildId/members/:userId/roles/:roleId',
    bucket: 'change-member-roles',
    handle: ({ params, world, actor }) => {
      addRole(world, actor, params.userId, params.roleId);
    },
  }),
  route({
    method: 'DELETE',
    path: '/guilds/:guildId/members/:userId/roles/:roleId',
    bucket: 'change-member-roles',
    handle: ({ params, world, actor }) => {
      removeRole(world, actor, params.userId, params.roleId);
    },
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/bans',
    bucket: 'bans',
    needs: ['BanMembers'],
    query: z.object({
      limit: optional(queryInt(1, 1000)),
      before: optional(snowflake),
      after: optional(snowflake),
    }),
    handle: ({ query, world }) =>
      [...world.bans.values()]
        .filter(({ id }) => compareIds(id, query.after ?? '0') > 0)
        .filter(({ id }) => query.before === undefined || compareIds(id, query.before) < 0)
        .sort((a, b) => compareIds(a.id, b.id))
        .slice(0, query.limit ?? 1000)
        .map(({ id, reason }) => ({ user: viewUser(world, id), reason })),
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/bans/:userId',
    bucket: 'bans',
    needs: ['BanMembers'],
    handle: ({ params, world }) => {
      const { id, reason } = found(world.bans.get(params.userId), 'unknownBan');
      return { user: viewUser(world, id), reason };
    },
  }),
  route({
    method: 'PUT',
    path: '/guilds/:guildId/bans/:userId',
    bucket: 'bans',
    body: banForm,
    handle: ({ params, body, world, actor }) => {
      const days = body.delete_message_days ?? 0;
      ban(world, actor, params.userId, body.delete_message_seconds ?? days * 86_400);
    },
  }),
  route({
    method: 'DELETE',
    path: '/guilds/:guildId/bans/:userId',
    bucket: 'bans',
    handle: ({ params, world, actor }) => unban(world, actor, params.userId),
  }),
  route({
    method: 'POST',
    path: '/guilds/:guildId/bulk-ban',
    bucket: 'bans',
    body: z.object({
      user_ids: list(snowflake, 200, 1),
      delete_message_seconds: optional(z.int().min(0).max(604_800)),
    }),
    handle: ({ body, world, actor }) => {
      const failed: string[] = [];
      for (const id of body.user_ids)
        try {
          ban(world, actor, id, body.delete_message_seconds);
        } catch (error) {
          if (!(error instanceof DiscordError)) throw error;
          failed.push(id);
        }
      return new Reply(200, {
        banned_users: body.user_ids.filter((id) => !failed.includes(id)),
        failed_users: failed,
      });
    },
  }),
];
