/** Winners: a schedule closes a week or a month, and who has won it and comes back after having left has the role again. */

import { setCurrentDetails } from '@temporalio/workflow';
import type { RoleChange } from '../domain/delivery.ts';
import type { ReturnedWinner } from '../domain/winners.ts';
import { database, discord } from './activities.ts';
import type { WinnersInput, WinnersResult } from './definitions/winners.ts';
import { scheduledTime } from './scheduled-time.ts';

/** Closes a week or a month: its winners stand fast, the role moves on to them, and they are congratulated. */
export async function winners({ guildId, kind, first }: WinnersInput): Promise<WinnersResult> {
  const onDiscord = discord(guildId, 'bulkMessage');

  const closed = await database.closePeriod(guildId, kind, first, scheduledTime());
  const { period } = closed;
  const roles = await moveRole();
  const result = { period, winners: closed.winners.length, roles };
  setCurrentDetails(`${period}: ${result.winners} have won`);
  if (result.winners === 0) return result;
  const told = await onDiscord.channels.congratulateWinners.executeWithOptions({ summary: period }, [
    guildId,
    kind,
    period,
  ]);
  return { ...result, told };

  /** Those who had the role lose it, those who have won get it. */
  async function moveRole(): Promise<WinnersResult['roles']> {
    const changes: { memberId: (typeof closed.roles)[number]; change: RoleChange }[] = [];
    for (const memberId of closed.roles) {
      const summary = `role of ${memberId}`;
      const change = await onDiscord.roles.applyWinnersRole.executeWithOptions({ summary }, [
        guildId,
        kind,
        memberId,
      ]);
      changes.push({ memberId, change });
    }
    return changes;
  }
}

/** Gives a winner who is back the role again, unless others have won meanwhile. One for each stay. */
export async function winnersRole({ guildId, kind, memberId }: ReturnedWinner): Promise<RoleChange> {
  const { roles } = discord(guildId, 'bulkMessage');
  const summary = `role of the ${kind}`;
  return roles.applyWinnersRole.executeWithOptions({ summary }, [guildId, kind, memberId]);
}
