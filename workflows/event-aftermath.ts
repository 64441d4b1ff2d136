/** What follows when an event is over: attendance, points, thanks, feedback, and a report for staff. It is a part of the event's workflow. */

import { sleep } from '@temporalio/workflow';
import type { EventTimes } from '../domain/event-attendance.ts';
import type { MemberId } from '../domain/ids.ts';
import { database } from './activities.ts';
import type { EventInput, EventResult } from './definitions/event.ts';
import { EventRequests } from './event-requests.ts';

/** What an event leaves behind when it was held. */
type Aftermath = Required<Pick<EventResult, 'attended' | 'answers'>>;

/**
 * Follows up an event that began and ended at `times`. It is done when staff have the report: at once, if nobody has attended.
 *
 * @param waitFor is told what is waited for, and until when (ms since 1970)
 */
export async function followUp(
  { event, plan }: EventInput,
  { beganAt, endedAt }: EventTimes,
  waitFor: (what: string, until: number) => void,
): Promise<Aftermath> {
  const requests = new EventRequests(event);
  const { attendedPercent } = plan;
  const feedbackUntil = endedAt + plan.feedbackMs;

  const rule = { beganAt, endedAt, attendedPercent, feedbackUntil };
  const attended = await database.settleAttendance(event, rule);
  if (attended > 0) {
    await awardPoints();
    await thank();
    await sleepUntil(endedAt + plan.feedbackReminderMs, 'to remind of the feedback');
    if (Date.now() < feedbackUntil) await remind();
    await sleepUntil(feedbackUntil, 'until feedback closes');
  }
  const ratings = await database.closeFeedback(event);
  await database.awardQuality(event, ratings, Date.now());
  await requests.report();
  return { attended, answers: ratings.answers };

  /** A part of those who attended after the other: there may be thousands. */
  async function awardPoints(): Promise<void> {
    let last: MemberId | null = null;
    do last = await database.awardAttendees(event, last, endedAt);
    while (last !== null);
    await database.awardHost(event, endedAt);
  }

  async function thank(): Promise<void> {
    await requests.askForFeedback('thanks', feedbackUntil);
    await requests.notify({ kind: 'thanks' }, feedbackUntil);
  }

  async function remind(): Promise<void> {
    await requests.askForFeedback('reminder', feedbackUntil);
    await requests.notify({ kind: 'feedback reminder' }, feedbackUntil);
  }

  async function sleepUntil(time: number, what: string): Promise<void> {
    if (time <= Date.now()) return;
    waitFor(what, time);
    await sleep(time - Date.now(), { summary: what });
  }
}
