import { closeWindow, readRaid } from '../../database/bursts.ts';
import type { BurstWindow, Raid } from '../../domain/burst.ts';
import type { DatabaseContext } from './context.ts';

/** What the workflows of bursts do in the database. */
export function burstInDatabase({ database }: DatabaseContext) {
  return {
    /** Closes a window. Gives the number of welcomes that it takes to name all who joined in it. */
    closeWindow(window: BurstWindow): Promise<number> {
      return closeWindow(database.em.fork(), window);
    },

    /** Until when a raid holds back tips (ms since 1970) as far as is known, and how many have joined; or that it is over. */
    readRaid(raid: Raid): Promise<{ until: number; joins: number } | 'over'> {
      return readRaid(database.em.fork(), raid);
    },
  };
}
