/** Invites. */

import { z } from 'zod';
import { createInvite, currentInvites, deleteInvite, findInvite } from '../actions/invites.ts';
import { ensureChannelPermissions } from '../rules/permissions.ts';
import { list, optional, queryBoolean, snowflake } from '../rules/scalars.ts';
import { viewInvite } from '../views/guild.ts';
import { findChannel } from './find.ts';
import { type Route, route } from './route.ts';

const inviteForm = z.object({
  max_age: optional(z.int().min(0).max(604_800)),
  max_uses: optional(z.int().min(0).max(100)),
  temporary: optional(z.boolean()),
  unique: optional(z.boolean()),
  role_ids: optional(list(snowflake, 100)),
});

export const inviteRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/channels/:channelId/invites',
    bucket: 'create-invite',
    body: inviteForm,
    handle: ({ params, body, world, actor }) =>
      viewInvite(
        world,
        createInvite(world, actor, findChannel(world, params.channelId), {
          maxAge: body.max_age,
          maxUses: body.max_uses,
          temporary: body.temporary,
          unique: body.unique,
          roleIds: body.role_ids,
        }),
      ),
  }),
  route({
    method: 'GET',
    path: '/channels/:channelId/invites',
    bucket: 'read-invites',
    handle: ({ params, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      ensureChannelPermissions(world, botId, channel, ['ManageChannels']);
      return currentInvites(world)
        .filter(({ channelId }) => channelId === channel.id)
        .map((invite) => viewInvite(world, invite));
    },
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/invites',
    bucket: 'read-invites',
    needs: ['ManageGuild'],
    handle: ({ world }) => currentInvites(world).map((invite) => viewInvite(world, invite)),
  }),
  route({
    method: 'GET',
    path: '/invites/:code',
    bucket: 'read-invites',
    query: z.object({
      with_counts: optional(queryBoolean),
      with_expiration: optional(queryBoolean),
      guild_scheduled_event_id: optional(snowflake),
    }),
    handle: ({ params, query, world }) => ({
      ...viewInvite(world, findInvite(world, params.code), false),
      ...(query.with_counts
        ? { approximate_member_count: world.members.size, approximate_presence_count: world.members.size }
        : {}),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/invites/:code',
    bucket: 'create-invite',
    handle: ({ params, world, actor }) => viewInvite(world, deleteInvite(world, actor, params.code)),
  }),
];
