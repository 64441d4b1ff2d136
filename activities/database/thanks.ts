import { thank } from '../../database/thanks.ts';
import { createdAt } from '../../domain/ids.ts';
import type { ThanksCommand, ThanksOutcome } from '../../domain/thanks.ts';
import type { DatabaseContext } from './context.ts';

/** Thanks by the command. Those by a reaction are settled with the messages. */
export function thanksInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Lets one member thank another, once; see `thank` in `database/thanks.ts`. */
    thankByCommand({ guildId, interactionId, giverId, receiverId }: ThanksCommand): Promise<ThanksOutcome> {
      const ledger = { guildId, settings: config.recognition };
      const thanks = { giverId, receiverId, cause: `thanks/${interactionId}`, at: createdAt(interactionId) };
      return database.em.fork().transactional((transaction) => thank(transaction, ledger, thanks));
    },
  };
}
