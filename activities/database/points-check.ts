import { reviewBadges } from '../../database/badge-review.ts';
import { countWrongSteps } from '../../database/leaderboard-steps.ts';
import { findWrongTotals } from '../../database/totals.ts';
import type { GuildId } from '../../domain/ids.ts';
import { DIFFERENCES_SHOWN, type PointsCheck } from '../../domain/points-check.ts';
import { whileBeating } from '../heartbeat.ts';
import type { DatabaseContext } from './context.ts';

/** How points are checked in the database. */
export function pointsCheckInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Compares all totals with the ledger and leaderboards with totals, and gives badges that members lack at `at` (ms since 1970). It takes a while. */
    async checkPoints(guildId: GuildId, at: number): Promise<PointsCheck> {
      const ledger = { guildId, settings: config.recognition };
      return whileBeating(async () => {
        const wrong = await findWrongTotals(database.em.fork(), ledger, DIFFERENCES_SHOWN + 1);
        const wrongSteps = await countWrongSteps(database.em.fork(), guildId);
        const badgesGiven = await reviewBadges(database.em, ledger, at);
        return {
          wrongTotals: wrong.slice(0, DIFFERENCES_SHOWN),
          hasMore: wrong.length > DIFFERENCES_SHOWN,
          wrongSteps,
          badgesGiven,
        };
      });
    },
  };
}
