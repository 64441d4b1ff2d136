import { awardContributions } from '../../database/contributions.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { DatabaseContext } from './context.ts';

/** What counting code contributions does in the database. */
export function contributionsInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Awards the pull requests that count and were not awarded. Gives how many that were. */
    awardContributions(guildId: GuildId): Promise<number> {
      const ledger = { guildId, settings: config.recognition };
      return awardContributions(database.em, ledger, config.recognition.contributions);
    },
  };
}
