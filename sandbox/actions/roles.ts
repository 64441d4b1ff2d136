/** Making, changing, ordering and deleting roles. */

import { AuditLogEvent, GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import { ensure, found } from '../rules/errors.ts';
import { ensureAboveRole, ensureGuildPermissions, ensureMayGive } from '../rules/permissions.ts';
import { newRole } from '../state/new-records.ts';
import type { RoleRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { writeAuditLog } from './audit-log.ts';
import { type Actor, tellMember } from './members.ts';

export interface RoleForm {
  name?: string | undefined;
  permissions?: string | undefined;
  color?: number | undefined;
  colors?: { primary_color: number } | undefined;
  hoist?: boolean | undefined;
  mentionable?: boolean | undefined;
}

const maximumRoles = 250;

function fieldsOf(form: RoleForm): Partial<RoleRecord> {
  const color = form.colors?.primary_color ?? form.color;
  return {
    ...(form.name === undefined ? {} : { name: form.name }),
    ...(form.permissions === undefined ? {} : { permissions: form.permissions }),
    ...(form.hoist === undefined ? {} : { hoist: form.hoist }),
    ...(form.mentionable === undefined ? {} : { mentionable: form.mentionable }),
    ...(color === undefined
      ? {}
      : { color, colors: { primary_color: color, secondary_color: null, tertiary_color: null } }),
  };
}

/**
 * Makes a role just above @everyone.
 * @throws DiscordError 50013, 30005
 */
export function createRole(world: World, actor: Actor, form: RoleForm): RoleRecord {
  ensureGuildPermissions(world, actor.userId, ['ManageRoles']);
  ensure(world.roles.size < maximumRoles, 'maximumRoles');
  const everyone = world.roles.get(world.guild.id)?.permissions ?? '0';
  const permissions = form.permissions ?? everyone;
  ensureMayGive(world, actor.userId, BigInt(permissions) & ~BigInt(everyone));
  for (const other of world.roles.values())
    if (other.position >= 1) world.roles.set(other.id, { ...other, position: other.position + 1 });
  const role = newRole(world.newId(), form.name ?? 'new role', 1, { ...fieldsOf(form), permissions });
  world.roles.set(role.id, role);
  tellRole(world, GatewayDispatchEvents.GuildRoleCreate, role);
  writeAuditLog(world, actor, AuditLogEvent.RoleCreate, role.id, {
    changes: [{ key: 'name', new_value: role.name }],
  });
  return role;
}

function tellRole(
  world: World,
  t: GatewayDispatchEvents.GuildRoleCreate | GatewayDispatchEvents.GuildRoleUpdate,
  role: RoleRecord,
): void {
  world.events.dispatch({ t, d: { guild_id: world.guild.id, role } }, { guildId: world.guild.id });
}

/** @throws DiscordError 10011, 50013 */
export function changeRole(world: World, actor: Actor, roleId: Snowflake, form: RoleForm): RoleRecord {
  const role = found(world.roles.get(roleId), 'unknownRole');
  ensureGuildPermissions(world, actor.userId, ['ManageRoles']);
  if (roleId !== world.guild.id) ensureAboveRole(world, actor.userId, roleId);
  if (form.permissions !== undefined)
    ensureMayGive(world, actor.userId, BigInt(form.permissions) & ~BigInt(role.permissions));
  const changed = world.roles.set(roleId, { ...role, ...fieldsOf(form) });
  tellRole(world, GatewayDispatchEvents.GuildRoleUpdate, changed);
  writeAuditLog(world, actor, AuditLogEvent.RoleUpdate, roleId, {
    changes: [{ key: 'name', old_value: role.name, new_value: changed.name }],
  });
  return changed;
}

/** Gives roles new places; all that move must be below the actor, before and after. */
export function moveRoles(
  world: World,
  actor: Actor,
  moves: { id: Snowflake; position?: number | null | undefined }[],
): RoleRecord[] {
  ensureGuildPermissions(world, actor.userId, ['ManageRoles']);
  for (const { id } of moves) {
    ensure(world.roles.has(id), 'unknownRole');
    ensureAboveRole(world, actor.userId, id);
  }
  const wanted = new Map(moves.map(({ id, position }) => [id, position]));
  const order = [...world.roles.values()]
    .filter(({ id }) => id !== world.guild.id)
    // Half a step up or down puts a moved role beyond the one whose place it takes.
    .map((role) => ({ role, key: sortKey(role, wanted.get(role.id)) }))
    .sort((a, b) => a.key - b.key);
  order.forEach(({ role }, index) => {
    if (role.position === index + 1) return;
    tellRole(
      world,
      GatewayDispatchEvents.GuildRoleUpdate,
      world.roles.set(role.id, { ...role, position: index + 1 }),
    );
  });
  return [...world.roles.values()];
}

function sortKey(role: RoleRecord, position: number | null | undefined): number {
  if (position === undefined || position === null || position === role.position) return role.position;
  return position + (position > role.position ? 0.5 : -0.5);
}

/** @throws DiscordError 10011, 50013, 50028 for the bot's own and @everyone */
export function deleteRole(world: World, actor: Actor, roleId: Snowflake): void {
  const role = found(world.roles.get(roleId), 'unknownRole');
  ensureGuildPermissions(world, actor.userId, ['ManageRoles']);
  ensureAboveRole(world, actor.userId, roleId);
  ensure(!role.managed && roleId !== world.guild.id, 'invalidRole');
  world.roles.delete(roleId);
  world.events.dispatch(
    { t: GatewayDispatchEvents.GuildRoleDelete, d: { guild_id: world.guild.id, role_id: roleId } },
    { guildId: world.guild.id },
  );
  for (const member of world.members.values()) {
    if (!member.roles.includes(roleId)) continue;
    const without = { ...member, roles: member.roles.filter((id) => id !== roleId) };
    tellMember(world, world.members.set(member.id, without));
  }
  writeAuditLog(world, actor, AuditLogEvent.RoleDelete, roleId, {
    changes: [{ key: 'name', old_value: role.name }],
  });
}
