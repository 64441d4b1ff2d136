/** The guild itself: reading and changing it, its roles, channels, audit log and incident actions. */

import { AuditLogEvent, GatewayDispatchEvents } from 'discord-api-types/v10';
import { z } from 'zod';
import { writeAuditLog } from '../actions/audit-log.ts';
import { ensureGuildPermissions } from '../rules/permissions.ts';
import { isoTime, optional, queryBoolean, queryInt, snowflake, text } from '../rules/scalars.ts';
import { compareIds } from '../state/snowflake.ts';
import { viewGuild, viewIncidents } from '../views/guild.ts';
import { viewUser } from '../views/users.ts';
import { type Route, route } from './route.ts';

export const guildRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/guilds/:guildId',
    bucket: 'read-guild',
    query: z.object({ with_counts: optional(queryBoolean) }),
    handle: ({ query, world }) => viewGuild(world, query.with_counts),
  }),
  route({
    method: 'PATCH',
    path: '/guilds/:guildId',
    bucket: 'change-guild',
    body: z.object({
      name: optional(text(2, 100)),
      description: text(0, 300).nullish(),
      system_channel_id: snowflake.nullish(),
      rules_channel_id: snowflake.nullish(),
    }),
    handle: ({ body, world, actor }) => {
      ensureGuildPermissions(world, actor.userId, ['ManageGuild']);
      const { guild } = world;
      world.guilds.set(guild.id, {
        ...guild,
        name: body.name ?? guild.name,
        description: body.description === undefined ? guild.description : body.description,
        systemChannelId:
          body.system_channel_id === undefined ? guild.systemChannelId : body.system_channel_id,
        rulesChannelId: body.rules_channel_id === undefined ? guild.rulesChannelId : body.rules_channel_id,
      });
      writeAuditLog(world, actor, AuditLogEvent.GuildUpdate, guild.id);
      world.events.dispatch(
        { t: GatewayDispatchEvents.GuildUpdate, d: viewGuild(world) },
        { guildId: guild.id },
      );
      return viewGuild(world);
    },
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/audit-logs',
    bucket: 'audit-log',
    needs: ['ViewAuditLog'],
    query: z.object({
      user_id: optional(snowflake),
      action_type: optional(queryInt(0, 1000)),
      before: optional(snowflake),
      after: optional(snowflake),
      limit: optional(queryInt(1, 100)),
    }),
    handle: ({ query, world }) => {
      const entries = [...world.auditLog.values()]
        .filter((entry) => query.user_id === undefined || entry.user_id === query.user_id)
        .filter((entry) => query.action_type === undefined || entry.action_type === query.action_type)
        .filter((entry) => query.before === undefined || compareIds(entry.id, query.before) < 0)
        .filter((entry) => query.after === undefined || compareIds(entry.id, query.after) > 0);
      const page =
        query.after === undefined
          ? entries.reverse().slice(0, query.limit ?? 50)
          : entries.slice(0, query.limit ?? 50);
      const userIds = new Set(page.flatMap((entry) => [entry.user_id, entry.target_id]));
      return {
        audit_log_entries: page,
        users: [...userIds].flatMap((id) => (id !== null && world.users.has(id) ? viewUser(world, id) : [])),
        integrations: [],
        webhooks: [],
        guild_scheduled_events: [],
        threads: [],
        application_commands: [],
        auto_moderation_rules: [],
      };
    },
  }),
  route({
    method: 'PUT',
    path: '/guilds/:guildId/incident-actions',
    bucket: 'change-guild',
    body: z.object({
      invites_disabled_until: isoTime.nullish(),
      dms_disabled_until: isoTime.nullish(),
    }),
    handle: ({ body, world, actor }) => {
      ensureGuildPermissions(world, actor.userId, ['ManageGuild']);
      const { guild } = world;
      world.guilds.set(guild.id, {
        ...guild,
        incidents: {
          invitesDisabledUntil:
            body.invites_disabled_until === undefined
              ? guild.incidents.invitesDisabledUntil
              : body.invites_disabled_until,
          dmsDisabledUntil:
            body.dms_disabled_until === undefined
              ? guild.incidents.dmsDisabledUntil
              : body.dms_disabled_until,
        },
      });
      world.events.dispatch(
        { t: GatewayDispatchEvents.GuildUpdate, d: viewGuild(world) },
        { guildId: guild.id },
      );
      return viewIncidents(world) ?? { invites_disabled_until: null, dms_disabled_until: null };
    },
  }),
];
