/**
 * Tells all members whom something about an event concerns by direct message, each once. One for each notice. It reads them when it
 * begins; many are told in one activity, so that its history stays small.
 */

import { ActivityFailure, isCancellation, setCurrentDetails } from '@temporalio/workflow';
import type { TellReport } from '../activities/discord/event-notices.ts';
import type { EventNotice } from '../domain/events.ts';
import type { MemberId } from '../domain/ids.ts';
import { database, discord } from './activities.ts';
import type { EventNoticeInput, EventNoticeResult } from './definitions/event-notice.ts';

/** So many are told in one activity, which takes some seconds. */
const TOLD_AT_ONCE = 200;
/** Discord lets about as many channels be opened in ten seconds. */
const OPENED_AT_ONCE = 10;

/** What brings somebody to the right place at the right time goes before what can wait. */
const URGENT: readonly EventNotice['kind'][] = ['reminder', 'moved', 'cancelled'];

type Tell = ReturnType<typeof discord>['notices']['tellMembers'];

export async function eventNotice(input: EventNoticeInput): Promise<EventNoticeResult> {
  const { event, notice, notAfter } = input;
  const onDiscord = discord(event.guildId, URGENT.includes(notice.kind) ? 'reminder' : 'bulkMessage');
  const result = { told: 0, notTold: 0, late: 0 };

  const { known, unknown } = await readConcerned();
  const concerned = known.length + unknown.length;
  // Whose channel has to be opened takes many times as long: that holds up nobody else.
  await Promise.all([
    tellAll(known, TOLD_AT_ONCE, onDiscord.notices.tellMembers),
    tellAll(unknown, OPENED_AT_ONCE, onDiscord.openings.openAndTellMembers),
  ]);
  setCurrentDetails(
    `${result.told} told, ${result.notTold} not, ${result.late} of them since it was too late`,
  );
  return result;

  /** Those whose channel for direct messages is known, and those with whom it has to be opened. */
  async function readConcerned(): Promise<{ known: MemberId[]; unknown: MemberId[] }> {
    const known: MemberId[] = [];
    const unknown: MemberId[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page: Awaited<ReturnType<typeof database.readConcerned>> = await database.readConcerned(
        event,
        notice.kind,
        after,
      );
      known.push(...page.known);
      unknown.push(...page.unknown);
      after = page.next;
    }
    return { known, unknown };
  }

  async function tellAll(members: readonly MemberId[], atOnce: number, tell: Tell): Promise<void> {
    for (let left = members; left.length > 0; ) {
      setCurrentDetails(`${result.told + result.notTold} of ${concerned} done: ${result.told} told`);
      if (remainingMs() <= 0) return note({ told: 0, notTold: left.length, late: left.length });
      const { done, failed } = await tellInTime(left.slice(0, atOnce), tell);
      left = [...left.slice(done), ...failed];
    }
  }

  /** It is done with the first `done` of them, but for those to whom it did not get through. */
  async function tellInTime(
    members: readonly MemberId[],
    tell: Tell,
  ): Promise<Pick<TellReport, 'done' | 'failed'>> {
    const options = {
      summary: `tell ${members.length}`,
      ...(notAfter !== undefined && { scheduleToCloseTimeout: remainingMs() }),
    };
    try {
      const report = await tell.executeWithOptions(options, [{ event, notice, members }]);
      const { told, done, failed } = report;
      note({ told, notTold: done - told - failed.length, late: 0 });
      return report;
    } catch (error) {
      // It is tried until it works, or until it is too late. Some may have been told by then.
      if (notAfter === undefined || !(error instanceof ActivityFailure) || isCancellation(error)) throw error;
      const told = await database.countTold(event, notice, members);
      const late = members.length - told;
      note({ told, notTold: late, late });
      return { done: members.length, failed: [] };
    }
  }

  function remainingMs(): number {
    return notAfter === undefined ? Number.POSITIVE_INFINITY : notAfter - Date.now();
  }

  function note({ told, notTold, late }: EventNoticeResult): void {
    result.told += told;
    result.notTold += notTold;
    result.late += late;
  }
}
