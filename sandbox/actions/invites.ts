/** Invites and how often they were used. */

import { randomBytes } from 'node:crypto';
import { AuditLogEvent, GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import { DiscordError, ensure, found } from '../rules/errors.ts';
import {
  ensureAboveRole,
  ensureChannelPermissions,
  ensureGuildPermissions,
  guildPermissions,
} from '../rules/permissions.ts';
import type { ChannelRecord, InviteRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewUser } from '../views/users.ts';
import { writeAuditLog } from './audit-log.ts';
import type { Actor } from './members.ts';

export interface InviteForm {
  /** Seconds; 0 for ever. */
  maxAge?: number | undefined;
  maxUses?: number | undefined;
  temporary?: boolean | undefined;
  unique?: boolean | undefined;
  roleIds?: Snowflake[] | undefined;
}

const defaultMaxAge = 86_400;
const maximumInvites = 1000;

/**
 * Makes an invite to a channel, or (unless it is to be unique) finds one of the same kind.
 * @throws DiscordError 50013, 50024, 30016
 */
export function createInvite(
  world: World,
  actor: Actor,
  channel: ChannelRecord,
  form: InviteForm,
): InviteRecord {
  ensure(channel.kind === 'guild', 'wrongChannelType');
  ensureChannelPermissions(world, actor.userId, channel, ['CreateInstantInvite']);
  const roleIds = form.roleIds ?? [];
  for (const id of roleIds) {
    ensure(world.roles.has(id), 'unknownRole');
    ensureGuildPermissions(world, actor.userId, ['ManageRoles']);
    ensureAboveRole(world, actor.userId, id);
  }
  const wanted = {
    maxAge: form.maxAge ?? defaultMaxAge,
    maxUses: form.maxUses ?? 0,
    temporary: form.temporary ?? false,
  };
  const known = form.unique === true ? undefined : findSimilar(world, actor, channel, wanted, roleIds);
  if (known !== undefined) return known;
  ensure(world.invites.size < maximumInvites, 'maximumInvites');
  const invite: InviteRecord = {
    ...wanted,
    code: randomBytes(6).toString('base64url').replaceAll(/[-_]/g, 'x'),
    channelId: channel.id,
    inviterId: actor.userId,
    createdAt: world.isoNow(),
    uses: 0,
    roleIds,
  };
  world.invites.set(invite.code, invite);
  tellCreated(world, invite);
  writeAuditLog(world, actor, AuditLogEvent.InviteCreate, null, {
    changes: [{ key: 'code', new_value: invite.code }],
  });
  return invite;
}

function findSimilar(
  world: World,
  actor: Actor,
  channel: ChannelRecord,
  wanted: Pick<InviteRecord, 'maxAge' | 'maxUses' | 'temporary'>,
  roleIds: Snowflake[],
): InviteRecord | undefined {
  for (const invite of world.invites.values())
    if (
      invite.channelId === channel.id &&
      invite.inviterId === actor.userId &&
      invite.maxAge === wanted.maxAge &&
      invite.maxUses === wanted.maxUses &&
      invite.temporary === wanted.temporary &&
      invite.roleIds.join() === roleIds.join() &&
      !isOver(world, invite)
    )
      return invite;
  return undefined;
}

function isOver(world: World, invite: InviteRecord): boolean {
  if (invite.maxUses > 0 && invite.uses >= invite.maxUses) return true;
  return invite.maxAge > 0 && Date.parse(invite.createdAt) + invite.maxAge * 1000 <= world.now();
}

/** The invites that can still be used. Those that are over are forgotten, as Discord does. */
export function currentInvites(world: World): InviteRecord[] {
  for (const invite of [...world.invites.values()]) if (isOver(world, invite)) removeInvite(world, invite);
  return [...world.invites.values()];
}

/** @throws DiscordError 10006 */
export function findInvite(world: World, code: string): InviteRecord {
  const invite = found(world.invites.get(code), 'unknownInvite');
  if (!isOver(world, invite)) return invite;
  removeInvite(world, invite);
  throw new DiscordError('unknownInvite');
}

/**
 * Counts a use. Discord tells nobody: whoever wants to know compares the counts.
 * @throws DiscordError 10006
 */
export function useInvite(world: World, code: string): InviteRecord {
  const invite = findInvite(world, code);
  invite.uses++;
  world.invites.set(code, invite);
  if (isOver(world, invite)) removeInvite(world, invite);
  return invite;
}

/** @throws DiscordError 10006, 50013 */
export function deleteInvite(world: World, actor: Actor, code: string): InviteRecord {
  const invite = findInvite(world, code);
  const channel = found(world.channels.get(invite.channelId), 'unknownChannel');
  const manages = (guildPermissions(world, actor.userId) & (1n << 5n)) !== 0n;
  if (!manages) ensureChannelPermissions(world, actor.userId, channel, ['ManageChannels']);
  removeInvite(world, invite);
  writeAuditLog(world, actor, AuditLogEvent.InviteDelete, null, {
    changes: [{ key: 'code', old_value: code }],
  });
  return invite;
}

function removeInvite(world: World, invite: InviteRecord): void {
  world.invites.delete(invite.code);
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.InviteDelete,
      d: { code: invite.code, channel_id: invite.channelId, guild_id: world.guild.id },
    },
    { guildId: world.guild.id, channelId: invite.channelId },
  );
}

function tellCreated(world: World, invite: InviteRecord): void {
  const expires = Date.parse(invite.createdAt) + invite.maxAge * 1000;
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.InviteCreate,
      d: {
        type: 0,
        code: invite.code,
        channel_id: invite.channelId,
        guild_id: world.guild.id,
        inviter: viewUser(world, invite.inviterId),
        created_at: invite.createdAt,
        max_age: invite.maxAge,
        max_uses: invite.maxUses,
        temporary: invite.temporary,
        uses: invite.uses,
        expires_at: invite.maxAge === 0 ? null : new Date(expires).toISOString(),
      } as never,
    },
    { guildId: world.guild.id, channelId: invite.channelId },
  );
}
