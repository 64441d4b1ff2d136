import { settleChange } from '../../database/recognition-change.ts';
import type { ChangeOutcome, ChangeRequest, Presence } from '../../domain/recognition-change.ts';
import type { DatabaseContext } from './context.ts';

/** What staff change in the ledger, and beside it. */
export function recognitionChangeInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Carries out a change, once; see `settleChange` in `database/recognition-change.ts`. */
    settleRecognitionChange(request: ChangeRequest, presence: Presence): Promise<ChangeOutcome> {
      const ledger = { guildId: request.guildId, settings: config.recognition };
      return settleChange(database.em, ledger, request, presence);
    },
  };
}
