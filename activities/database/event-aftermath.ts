import { settleAttendance } from '../../database/event-attendance.ts';
import { closeFeedback } from '../../database/event-feedback.ts';
import { awardAttendees, awardHost, awardQuality } from '../../database/event-points.ts';
import { findEvent } from '../../database/events.ts';
import { dropSessionsOf } from '../../database/voice-sessions.ts';
import type { AttendanceRule } from '../../domain/event-attendance.ts';
import type { RatingSummary } from '../../domain/event-feedback.ts';
import type { EventRef } from '../../domain/events.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import type { DatabaseContext } from './context.ts';

/** What follows in the database when an event is over. Times in ms since 1970. */
export function eventAftermathInDatabase({ database, config }: DatabaseContext) {
  return {
    /** Settles who has attended, and opens the feedback. Gives how many have. */
    settleAttendance(event: EventRef, rule: AttendanceRule): Promise<number> {
      return settleAttendance(database.em, event, rule);
    },

    /** Gives some of those who attended their points, once; see `awardAttendees` in `database/event-points.ts`. */
    awardAttendees(event: EventRef, after: MemberId | null, at: number): Promise<MemberId | null> {
      return awardAttendees(database.em, ledgerOf(event), event, after, at);
    },

    /** Gives the host the points for hosting, once. */
    awardHost(event: EventRef, at: number): Promise<void> {
      return awardHost(database.em, ledgerOf(event), event, at);
    },

    /** Closes the feedback, and forgets who was when in the event's channel. Gives how the event was rated. */
    async closeFeedback(event: EventRef): Promise<RatingSummary> {
      const ratings = await closeFeedback(database.em, event);
      const em = database.em.fork();
      const found = await findEvent(em, event);
      if (found !== undefined) await dropSessionsOf(em, found);
      return ratings;
    },

    /** Gives the host more points, once, if the event was good. */
    awardQuality(event: EventRef, ratings: RatingSummary, at: number): Promise<void> {
      return awardQuality(database.em, ledgerOf(event), event, ratings, at);
    },
  };

  function ledgerOf({ guildId }: { readonly guildId: GuildId }) {
    return { guildId, settings: config.recognition };
  }
}
