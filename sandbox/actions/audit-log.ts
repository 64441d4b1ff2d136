/** The guild's audit log. */

import {
  type APIAuditLogChange,
  type APIAuditLogOptions,
  type AuditLogEvent,
  GatewayDispatchEvents,
  type Snowflake,
} from 'discord-api-types/v10';
import type { World } from '../state/world.ts';
import type { Actor } from './members.ts';

/** What changed, and what else belongs to the entry. */
export interface AuditDetails {
  changes: { key: string; old_value?: unknown; new_value?: unknown }[];
  options?: APIAuditLogOptions;
}

/** Discord keeps 45 days; here a number of entries bounds the memory. */
const maximumEntries = 5000;

/** Adds an entry and tells those who may read the log. */
export function writeAuditLog(
  world: World,
  actor: Actor,
  action: AuditLogEvent,
  targetId: Snowflake | null,
  details: AuditDetails = { changes: [] },
): void {
  const entry = {
    id: world.newId(),
    user_id: actor.userId,
    target_id: targetId,
    action_type: action,
    ...(details.changes.length === 0 ? {} : { changes: details.changes as APIAuditLogChange[] }),
    ...(details.options === undefined ? {} : { options: details.options }),
    ...(actor.reason === null ? {} : { reason: actor.reason }),
  };
  world.auditLog.set(entry.id, entry);
  if (world.auditLog.size > maximumEntries) {
    const [oldest] = world.auditLog.keys();
    if (oldest !== undefined) world.auditLog.delete(oldest);
  }
  world.events.dispatch(
    { t: GatewayDispatchEvents.GuildAuditLogEntryCreate, d: { ...entry, guild_id: world.guild.id } },
    { guildId: world.guild.id },
  );
}
