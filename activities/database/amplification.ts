import { type WeighReport, weighReadings } from '../../database/amplification.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { DatabaseContext } from './context.ts';

/** What is found out about which posts do well. All times in ms since 1970. */
export function amplificationInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Compares what was read of posts with what is usual; see `weighReadings` in `database/amplification.ts`. */
    weighReadings(guildId: GuildId, at: number): Promise<WeighReport> {
      return weighReadings(database.em, guildId, at, config.engagement);
    },
  };
}
