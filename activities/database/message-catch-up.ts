import { closeGap, intakeState } from '../../database/messages.ts';
import { toMilliseconds } from '../../domain/duration.ts';
import { firstIdAt, isNewer, toMessageId } from '../../domain/ids.ts';
import type { MessageGap, Missed } from '../../domain/message-catch-up.ts';
import type { DatabaseContext } from './context.ts';

/** How far messages are known, and that they are again. */
export function messageCatchUpInDatabase({ database, config }: DatabaseContext) {
  return {
    /**
     * From which message on is read what may have been missed, or that a later gap has opened, which comprises this one.
     *
     * @param now in ms since 1970
     */
    async missedIn({ guildId, number }: MessageGap, now: number): Promise<Missed> {
      const state = await intakeState(database.em.fork(), guildId);
      if (state === undefined || state.lastGap > number) return { kind: 'superseded' };
      const reach = toMessageId(firstIdAt(now - toMilliseconds(config.recognition.messages.reach)));
      const after = isNewer(state.completeTo, reach) ? state.completeTo : reach;
      return { kind: 'missed', after, reach };
    },

    /** Notes that everything was read. Gives false if a later gap has opened meanwhile: then that one decides. */
    async closeMessageGap({ guildId, number }: MessageGap): Promise<boolean> {
      const em = database.em.fork();
      await closeGap(em, guildId, number);
      const state = await intakeState(em, guildId);
      return state?.lastGap === number;
    },
  };
}
