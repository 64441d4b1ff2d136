/** Where the gateway is, and who the bot is. */

import { z } from 'zod';
import { openDm } from '../actions/direct-messages.ts';
import { applicationFlags } from '../gateway/greeting.ts';
import { ensure, found } from '../rules/errors.ts';
import { guildPermissions } from '../rules/permissions.ts';
import { optional, queryBoolean, queryInt, snowflake, text } from '../rules/scalars.ts';
import type { World } from '../state/world.ts';
import { viewDm } from '../views/channels.ts';
import { viewMember, viewUser } from '../views/users.ts';
import { type Route, route } from './route.ts';

export const gatewayRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/gateway',
    open: true,
    handle: ({ gateway }) => ({ url: gateway.url }),
  }),
  route({
    method: 'GET',
    path: '/gateway/bot',
    handle: ({ gateway }) => ({ url: gateway.url, shards: 1, session_start_limit: gateway.startLimit() }),
  }),
  route({
    method: 'GET',
    path: '/users/@me',
    bucket: 'read-user',
    handle: ({ world }) => botUser(world),
  }),
  route({
    method: 'PATCH',
    path: '/users/@me',
    bucket: 'read-user',
    body: z.object({ username: optional(text(2, 32)) }),
    handle: ({ world, body }) => {
      const bot = found(world.users.get(world.botId), 'unknownUser');
      if (body.username !== undefined) world.setUser({ ...bot, username: body.username });
      return botUser(world);
    },
  }),
  route({
    method: 'GET',
    path: '/users/@me/guilds',
    bucket: 'read-user',
    query: z.object({
      limit: optional(queryInt(1, 200)),
      before: optional(snowflake),
      after: optional(snowflake),
      with_counts: optional(queryBoolean),
    }),
    handle: ({ world, query }) => [
      {
        id: world.guild.id,
        name: world.guild.name,
        icon: null,
        banner: null,
        owner: false,
        permissions: guildPermissions(world, world.botId).toString(),
        features: world.guild.features,
        ...(query.with_counts
          ? { approximate_member_count: world.members.size, approximate_presence_count: world.members.size }
          : {}),
      },
    ],
  }),
  route({
    method: 'POST',
    path: '/users/@me/channels',
    bucket: 'open-dm',
    body: z.object({ recipient_id: snowflake }),
    handle: ({ world, body }) => viewDm(world, openDm(world, body.recipient_id)),
  }),
  route({
    method: 'GET',
    path: '/users/:userId',
    bucket: 'read-user',
    handle: ({ world, params }) => {
      ensure(world.users.has(params.userId), 'unknownUser');
      return viewUser(world, params.userId);
    },
  }),
  ...(['/oauth2/applications/@me', '/applications/@me'] as const).map((path) =>
    route({ method: 'GET', path, handle: ({ world }) => application(world) }),
  ),
];

function botUser(world: World): object {
  return { ...viewUser(world, world.botId), mfa_enabled: true, locale: 'en-US', verified: true, email: null };
}

function application(world: World): object {
  const owner = found(world.members.get(world.guild.ownerId), 'unknownUser');
  const bot = viewUser(world, world.botId);
  return {
    id: world.identity.applicationId,
    name: bot.username,
    icon: null,
    description: '',
    type: null,
    bot,
    bot_public: false,
    bot_require_code_grant: false,
    integration_types_config: { 0: {} },
    verify_key: '0'.repeat(64),
    flags: applicationFlags,
    flags_new: String(applicationFlags),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    owner: viewMember(world, owner).user,
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: ['bot', 'applications.commands'],
  };
}
