import { closePeriod } from '../../database/winners.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { ClosedPeriod, WinnersPeriod } from '../../domain/winners.ts';
import type { DatabaseContext } from './context.ts';

/** How weeks and months are closed in the database. */
export function winnersInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Closes the period that was over on the day before `at` (ms since 1970); see `closePeriod` in `database/winners.ts`. */
    closePeriod(guildId: GuildId, kind: WinnersPeriod, first: number, at: number): Promise<ClosedPeriod> {
      return closePeriod(database.em, { guildId, settings: config.recognition }, { kind, at, first });
    },
  };
}
