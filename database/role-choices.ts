import type { EntityManager } from '@mikro-orm/postgresql';
import { createdAt, type GuildId, type MemberId } from '../domain/ids.ts';
import type { RoleChoiceMade } from '../domain/roles.ts';
import { RoleChoice } from './entities/role-choice.ts';

/**
 * Writes down what a member has chosen. Of several choices the latest stands, in whatever order and however often they
 * arrive: Discord's ids grow with time.
 */
export async function recordRoleChoice(em: EntityManager, choice: RoleChoiceMade): Promise<void> {
  const { guildId, memberId, kind, interactionId } = choice;
  await em.execute(
    `insert into role_choices as latest (guild_id, member_id, kind, interaction_id, chosen_at) values (?, ?, ?, ?, ?)
     on conflict (guild_id, member_id) do update
       set kind = excluded.kind, interaction_id = excluded.interaction_id, chosen_at = excluded.chosen_at
       where latest.interaction_id::numeric < excluded.interaction_id::numeric`,
    [guildId, memberId, kind, interactionId, new Date(createdAt(interactionId))],
  );
}

/** The kind that a member has chosen last, if that was at `since` or later; undefined if they have not. */
export async function findRoleChoice(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
  since = new Date(0),
): Promise<string | undefined> {
  const choice = await em.fork().findOne(RoleChoice, { guildId, memberId, chosenAt: { $gte: since } });
  return choice?.kind;
}
