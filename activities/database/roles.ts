import { recordRoleChoice } from '../../database/role-choices.ts';
import { presentStays } from '../../database/stays.ts';
import type { Stay } from '../../domain/onboarding.ts';
import type { RoleChoiceMade } from '../../domain/roles.ts';
import type { DatabaseContext } from './context.ts';

/** What choosing roles does in the database. */
export function rolesInDatabase({ database }: DatabaseContext) {
  return {
    /** Writes down a choice. Gives the stay that the member is in, if we know of it: its onboarding may wait for the choice. */
    async recordRoleChoice(choice: RoleChoiceMade): Promise<Stay | undefined> {
      const em = database.em.fork();
      await recordRoleChoice(em, choice);
      const { guildId, memberId } = choice;
      const stays = await presentStays(em, guildId, { only: memberId });
      const joinedAt = stays.map((stay) => stay.joinedAt).sort((a, b) => b - a)[0];
      return joinedAt === undefined ? undefined : { guildId, memberId, joinedAt };
    },
  };
}
