import { readHistory, readStanding } from '../../database/standing.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import type { HistoryPage, MemberStanding } from '../../domain/standing.ts';
import type { DatabaseContext } from './context.ts';

/** What members read about their points. */
export function standingInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Where a member stands at `now` (ms since 1970). */
    readStanding(guildId: GuildId, memberId: MemberId, now: number): Promise<MemberStanding> {
      const ledger = { guildId, settings: config.recognition };
      return readStanding(database.em.fork(), ledger, memberId, now);
    },

    /** A page, from 1 on, of what a member has got points for. */
    readHistory(guildId: GuildId, memberId: MemberId, page: number): Promise<HistoryPage> {
      return readHistory(database.em.fork(), guildId, memberId, page);
    },
  };
}
