import { type WeighReport, weighReadings } from '../../database/amplification.ts';
import { proposeFollowUp } from '../../database/follow-up.ts';
import type { FollowUpOutcome } from '../../domain/amplification.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { PostRef } from '../../domain/posts.ts';
import type { DatabaseContext } from './context.ts';

/** Which posts do well, and what follows one up. All times in ms since 1970. */
export function amplificationInDatabase({ database, config }: DatabaseContext) {
  const { engagement, distribution } = config;

  return {
    /** Compares what was read of posts with what is usual; see `weighReadings` in `database/amplification.ts`. */
    weighReadings(guildId: GuildId, at: number): Promise<WeighReport> {
      return weighReadings(database.em, guildId, at, engagement);
    },

    /** Proposes a post for other platforms, once; see `proposeFollowUp` in `database/follow-up.ts`. */
    async proposeFollowUp(post: PostRef, at: number): Promise<FollowUpOutcome> {
      const { followUp } = engagement.amplification;
      // It was switched off meanwhile.
      if (followUp === undefined) return { kind: 'nowhere', leftOut: [] };
      return proposeFollowUp(database.em, post, at, { followUp, distribution });
    },
  };
}
