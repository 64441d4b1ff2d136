import { type APIGuildMember, Routes } from 'discord-api-types/v10';
import { findRoleChoice } from '../../database/role-choices.ts';
import { type GuildId, type MemberId, type RoleId, toRoleId } from '../../domain/ids.ts';
import { findRoleKind, type RoleKind, type RolesApplied, rolesOfOthers } from '../../domain/roles.ts';
import type { DiscordContext } from './context.ts';
import { ask, saysGone } from './errors.ts';
import { changeRole, reportRefusal } from './member-roles.ts';

/** A change of one role of a member. */
interface Change {
  readonly what: 'give' | 'take';
  readonly role: string;
  readonly roleId: RoleId;
}

/** What choosing roles does on Discord. */
export function rolesOnDiscord(context: DiscordContext) {
  return {
    /**
     * Makes a member's roles those of the kind that they have chosen last, one role after the other: roles of which no kind
     * knows stay as they are, whoever changes them meanwhile. It reads what is there and does what is missing, so it can be
     * broken off anywhere and done again.
     */
    async applyRoleChoice(guildId: GuildId, memberId: MemberId): Promise<RolesApplied> {
      for (;;) {
        const chosen = await currentChoice(guildId, memberId);
        if (chosen === undefined) return { outcome: 'nothing chosen' };
        const applied = await apply(guildId, memberId, chosen);
        // Another choice may have been carried out at the same time: whoever ends last has looked at the latest one.
        if ((await currentChoice(guildId, memberId)) === chosen) return applied;
      }
    },
  };

  function currentChoice(guildId: GuildId, memberId: MemberId): Promise<string | undefined> {
    return findRoleChoice(context.database.em.fork(), guildId, memberId);
  }

  async function apply(guildId: GuildId, memberId: MemberId, name: string): Promise<RolesApplied> {
    const kind = findRoleKind(context.config.roles, name);
    if (kind === undefined) return refused(name, [`the kind "${name}" is no longer configured`]);
    const member = await ask(
      () => context.rest.get(Routes.guildMember(guildId, memberId)) as Promise<APIGuildMember>,
    );
    if ('refusal' in member) {
      return saysGone(member.refusal) ? { outcome: 'gone' } : refused(name, [member.refusal.reason]);
    }
    const { changes, missing } = await compare(kind, new Set(member.answer.roles.map(toRoleId)));
    const reasons = missing.map((role) => `the guild has no role "${role}"`);
    for (const change of changes) {
      const result = await changeRole(context, change.what, { guildId, memberId }, change.roleId);
      if (!('refusal' in result)) continue;
      if (saysGone(result.refusal)) return { outcome: 'gone' };
      reasons.push(reportRefusal(context, memberId, change, result.refusal));
    }
    return reasons.length === 0 ? { outcome: 'done', kind: name } : refused(name, reasons);
  }

  /** What to change for a member who has these roles and is of `kind`, and which roles the guild does not have. */
  async function compare(
    kind: RoleKind,
    present: ReadonlySet<RoleId>,
  ): Promise<{ changes: Change[]; missing: string[] }> {
    const wanted = await withIds(kind.roles);
    const unwanted = await withIds(rolesOfOthers(context.config.roles, kind));
    const give = wanted.found.filter(({ roleId }) => !present.has(roleId));
    const take = unwanted.found.filter(({ roleId }) => present.has(roleId));
    return {
      changes: [
        ...give.map((role) => ({ ...role, what: 'give' }) as const),
        ...take.map((role) => ({ ...role, what: 'take' }) as const),
      ],
      missing: wanted.missing,
    };
  }

  async function withIds(names: readonly string[]) {
    const found: Omit<Change, 'what'>[] = [];
    const missing: string[] = [];
    for (const role of names) {
      const roleId = await context.directory.role(role);
      if (roleId === undefined) missing.push(role);
      else found.push({ role, roleId });
    }
    return { found, missing };
  }
}

function refused(kind: string, reasons: readonly string[]): RolesApplied {
  return { outcome: 'refused', kind, reasons };
}
