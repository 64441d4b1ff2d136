/** Roles of the guild. */

import { z } from 'zod';
import { changeRole, createRole, deleteRole, moveRoles } from '../actions/roles.ts';
import { found } from '../rules/errors.ts';
import { optional, permissionBits, snowflake, text } from '../rules/scalars.ts';
import { type Route, route } from './route.ts';

const roleForm = z.object({
  name: optional(text(0, 100)),
  permissions: optional(permissionBits),
  color: optional(z.int().min(0).max(0xffffff)),
  colors: optional(z.object({ primary_color: z.int().min(0).max(0xffffff) })),
  hoist: optional(z.boolean()),
  mentionable: optional(z.boolean()),
});

export const roleRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/guilds/:guildId/roles',
    bucket: 'read-guild',
    handle: ({ world }) => [...world.roles.values()],
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/roles/:roleId',
    bucket: 'read-guild',
    handle: ({ params, world }) => found(world.roles.get(params.roleId), 'unknownRole'),
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/roles/member-counts',
    bucket: 'read-guild',
    handle: ({ world }) => {
      const counts: Record<string, number> = {};
      for (const id of world.roles.keys()) counts[id] = 0;
      for (const member of world.members.values())
        for (const id of member.roles) counts[id] = (counts[id] ?? 0) + 1;
      delete counts[world.guild.id];
      return counts;
    },
  }),
  route({
    method: 'POST',
    path: '/guilds/:guildId/roles',
    bucket: 'change-roles',
    body: roleForm,
    handle: ({ body, world, actor }) => createRole(world, actor, body),
  }),
  route({
    method: 'PATCH',
    path: '/guilds/:guildId/roles',
    bucket: 'change-roles',
    body: z.array(z.object({ id: snowflake, position: z.int().min(0).nullish() })),
    handle: ({ body, world, actor }) => moveRoles(world, actor, body),
  }),
  route({
    method: 'PATCH',
    path: '/guilds/:guildId/roles/:roleId',
    bucket: 'change-roles',
    body: roleForm,
    handle: ({ params, body, world, actor }) => changeRole(world, actor, params.roleId, body),
  }),
  route({
    method: 'DELETE',
    path: '/guilds/:guildId/roles/:roleId',
    bucket: 'change-roles',
    handle: ({ params, world, actor }) => deleteRole(world, actor, params.roleId),
  }),
];
