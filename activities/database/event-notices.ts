import { countTold, membersConcerned } from '../../database/event-notices.ts';
import type { EventNotice, EventRef } from '../../domain/events.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { DatabaseContext } from './context.ts';

/** So many are read at a time: their ids stand in a history. */
const PAGE = 1_000;

/** What notices of events need of the database. */
export function eventNoticesInDatabase({ database }: DatabaseContext) {
  return {
    /**
     * A page of those whom a notice concerns, after the member `after`: those whose channel for direct messages is known, and those
     * with whom it has to be opened. `next` says after whom to go on if that were not all.
     */
    async readConcerned(
      event: EventRef,
      kind: EventNotice['kind'],
      after: string,
    ): Promise<{ known: MemberId[]; unknown: MemberId[]; next?: MemberId }> {
      const page = await membersConcerned(database.em.fork(), event, kind, after, PAGE);
      const idsOf = (hasChannel: boolean) =>
        page.filter((member) => member.hasChannel === hasChannel).map(({ memberId }) => memberId);
      const last = page.length < PAGE ? undefined : page.at(-1);
      return {
        known: idsOf(true),
        unknown: idsOf(false),
        ...(last !== undefined && { next: last.memberId }),
      };
    },

    /** How many of `members` have been told. */
    countTold: (event: EventRef, notice: EventNotice, members: readonly MemberId[]): Promise<number> =>
      countTold(database.em.fork(), event, notice, members),
  };
}
