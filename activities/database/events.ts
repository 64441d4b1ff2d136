import { callOffEvent, changeEvent } from '../../database/event-changes.ts';
import { enterEventState, findEvent } from '../../database/events.ts';
import { whoIsThere } from '../../database/voice-sessions.ts';
import type {
  ChangeResult,
  CommunityEvent,
  EventChange,
  EventRef,
  EventSchedule,
  EventState,
} from '../../domain/events.ts';
import type { DatabaseContext } from './context.ts';

/** What the life of an event needs of the database. */
export function eventsInDatabase({ database }: DatabaseContext) {
  return {
    /** When an event begins and ends, and where it stands. Undefined if there is none. */
    async readEventSchedule(event: EventRef): Promise<EventSchedule | undefined> {
      const found = await findEvent(database.em.fork(), event);
      if (found === undefined) return undefined;
      const { state, revision, startsAt, endsAt, hostId, kind } = found;
      return { state, revision, startsAt, endsAt, hostId, kind };
    },

    /** Lets an event enter a state; see `enterEventState` in `database/events.ts`. Gives where it stands then. */
    enterEventState(
      event: EventRef,
      state: EventState,
      times?: Partial<Pick<CommunityEvent, 'beganAt' | 'endedAt'>>,
    ): Promise<EventState | undefined> {
      return enterEventState(database.em.fork(), event, state, times);
    },

    /** Changes an event, all of it or nothing. `now` in ms since 1970. */
    changeEvent(event: EventRef, change: EventChange, now: number): Promise<ChangeResult> {
      return changeEvent(database.em, event, change, now);
    },

    /** Calls an event off, unless it is over. */
    callOffEvent(event: EventRef): Promise<'cancelled' | 'over'> {
      return callOffEvent(database.em, event);
    },

    /** Whether somebody is in the channel in which an event takes place. */
    async isAnybodyThere(event: EventRef): Promise<boolean> {
      return (await whoIsThere(database.em.fork(), event)) > 0;
    },
  };
}
