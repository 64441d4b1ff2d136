/** Leads an event through its life: announced, reminded of, held, followed up, archived. One for each event. */

import {
  ActivityFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { EventTimes } from '../domain/event-attendance.ts';
import { problemWith } from '../domain/event-changes.ts';
import { type DueReminder, nextReminder } from '../domain/event-reminders.ts';
import {
  type Announced,
  type ChangeResult,
  type EventChange,
  type EventState,
  EXPECTED,
} from '../domain/events.ts';
import type { MemberId } from '../domain/ids.ts';
import type { Shown } from '../domain/scheduled-events.ts';
import { database } from './activities.ts';
import {
  cancelEvent,
  changeEvent,
  type EventInput,
  type EventResult,
  getEventProgress,
  type ReminderReport,
  scheduledEventChanged,
  whenAnnounced,
} from './definitions/event.ts';
import { followUp } from './event-aftermath.ts';
import { EventCourse } from './event-course.ts';
import { EventRequests } from './event-requests.ts';
import { UnderWay } from './under-way.ts';

/** How often it looks whether somebody is still there when the planned end is over. */
const LOOK_EVERY_MS = 3 * 60_000;

export async function event(input: EventInput): Promise<EventResult> {
  const { event, plan } = input;
  const requests = new EventRequests(event);
  const course = new EventCourse(input, workflowInfo().startTime.getTime());
  const renaming = new UnderWay();
  let announced: Announced | undefined;
  let aftermath: Awaited<ReturnType<typeof followUp>> | undefined;
  /** What Discord has been made to show, and which start the members have been told. */
  let shownRevision = 0;
  let toldStart = input.startsAt;
  let mustCompare = false;
  let isCalledOff = false;
  let hasBegun = false;
  let hasEnded = false;

  setHandler(whenAnnounced, untilAnnounced);
  setHandler(changeEvent, change, { validator: refuseChange });
  setHandler(cancelEvent, cancel, { validator: refuseNobody });
  setHandler(getEventProgress, () => course.describe());
  setHandler(scheduledEventChanged, () => {
    mustCompare = true;
  });
  // Whoever cancels the workflow in the Temporal UI calls the event off. What is under way comes to its end first.
  let cancellation: unknown;
  CancellationScope.current().cancelRequested.catch((failure: unknown) => {
    cancellation = failure;
    isCalledOff = true;
  });

  try {
    const held = await CancellationScope.nonCancellable(hold);
    if (held !== undefined) await followUpAndArchive(held);
  } catch (error) {
    // It was over, and somebody has cancelled what was left of it.
    if (isCancellation(error)) await CancellationScope.nonCancellable(archive);
    throw error;
  }
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  if (cancellation !== undefined) throw cancellation;
  return { ...course.result(announced), ...aftermath };

  /** Undefined if it does not take place. */
  async function hold(): Promise<EventTimes | undefined> {
    await look();
    if (isOverBefore()) return undefined;
    announced = await announce();
    if (announced.kind === 'refused') return undefined;
    await untilItBegins();
    if (isCalledOff) return callOff();
    const beganAt = await begin();
    await untilItEnds();
    if (isCalledOff) return callOff();
    const endedAt = await end();
    return course.state === 'cancelled' ? callOff() : { beganAt, endedAt };
  }

  /** Temporal forgets what is closed: it may be asked to lead an event again. */
  function isOverBefore(): boolean {
    const { state } = course.schedule;
    const isOver = state === 'refused' || state === 'closed';
    if (isOver) course.enter(state);
    return isOver;
  }

  async function announce(): Promise<Announced> {
    const { startsAt, state } = course.schedule;
    if (state === 'planned' && startsAt <= Date.now()) return refuse('its start is over already');
    const made = await requests.makeScheduledEvent();
    if (made.kind === 'refused') return refuse(made.reason);
    course.noteScheduledEvent(made);
    shownRevision = made.revision;
    const said = await requests.announce();
    if (said.kind !== 'sent') return refuse(said.kind === 'refused' ? said.reason : said.kind);
    const thread = await requests.openThread();
    if (thread.kind === 'refused') return refuse(thread.reason);
    toldStart = startsAt;
    await enter('open');
    if (isCalledOff) return { kind: 'cancelled' };
    return { kind: 'announced', scheduledEventId: made.scheduledEventId, threadId: thread.threadId };
  }

  async function refuse(reason: string): Promise<Announced> {
    for (const removed of await requests.removeAll()) note(removed);
    await enter('refused');
    return { kind: 'refused', reason };
  }

  async function untilItBegins(): Promise<void> {
    for (;;) {
      await attend();
      if (isCalledOff || hasBegun) return;
      const { startsAt } = course.schedule;
      const reminder = nextReminder(plan, startsAt, course.startKnownSince, course.reminders);
      const next = reminder?.at ?? startsAt;
      if (Date.now() < next) await waitFor(reminder === undefined ? 'for the start' : 'to remind', next);
      else if (reminder === undefined) return;
      else await remind(reminder);
    }
  }

  async function remind(reminder: DueReminder): Promise<void> {
    const notAfter = reminder.at + plan.reminderGraceMs;
    const isLate = Date.now() > notAfter;
    course.noteReminder(reminder, isLate ? 'late' : await remindBy(notAfter, reminder));
  }

  async function remindBy(notAfter: number, reminder: DueReminder): Promise<ReminderReport['result']> {
    const { beforeMs } = reminder;
    try {
      const said = await requests.remind(reminder, notAfter);
      await requests.notify({ kind: 'reminder', beforeMs, revision: course.schedule.revision }, notAfter);
      return said.kind === 'refused' ? `refused: ${said.reason}` : 'sent';
    } catch (error) {
      // Discord was away for longer than the grace.
      if (error instanceof ActivityFailure) return 'late';
      throw error;
    }
  }

  async function begin(): Promise<number> {
    const beganAt = Math.min(Date.now(), course.schedule.startsAt);
    await enter('live', { beganAt });
    if (isCalledOff) return beganAt;
    note(await requests.begin());
    note(await requests.showInAnnouncement());
    if (!hasEnded && Date.now() < course.schedule.endsAt) await requests.say('begun', 'once');
    return beganAt;
  }

  /** It goes on for a while after its end, as long as somebody is there. */
  async function untilItEnds(): Promise<void> {
    for (;;) {
      await attend();
      if (isCalledOff || hasEnded) return;
      const { endsAt } = course.schedule;
      const latest = endsAt + plan.overrunMs;
      if (Date.now() < endsAt) await waitFor('for the end', endsAt);
      else if (Date.now() >= latest || !(await database.isAnybodyThere(event))) return;
      else await waitFor('until they have left', Math.min(latest, Date.now() + LOOK_EVERY_MS));
    }
  }

  async function end(): Promise<number> {
    const endedAt = Date.now();
    await enter('over', { endedAt });
    if (course.state === 'cancelled') return endedAt;
    note(await requests.end());
    note(await requests.showInAnnouncement());
    return endedAt;
  }

  async function followUpAndArchive(held: EventTimes): Promise<void> {
    aftermath = await followUp(input, held, (what, until) => course.waitFor(what, until));
    const archiveAt = held.endedAt + plan.archiveMs;
    course.waitFor('to archive it', archiveAt);
    await sleep(Math.max(1, archiveAt - Date.now()), { summary: 'to archive it' });
    await archive();
  }

  async function archive(): Promise<void> {
    await closeThread();
    await enter('closed');
  }

  async function callOff(): Promise<undefined> {
    await enter('cancelled');
    if (announced?.kind !== 'announced') {
      for (const removed of await requests.removeAll()) note(removed);
      return;
    }
    note(await requests.callOff());
    note(await requests.showInAnnouncement());
    await requests.notify({ kind: 'cancelled' });
    await requests.say('cancelled', 'once');
    await closeThread();
  }

  async function closeThread(): Promise<void> {
    await renaming.finish();
    note(await requests.closeThread());
  }

  /** Attends to what has been changed: by command, and on Discord. */
  async function attend(): Promise<void> {
    while (!isCalledOff && hasNews()) {
      if (isBehind()) await showChange();
      else await compare();
    }
  }

  async function showChange(): Promise<void> {
    const { revision, startsAt } = course.schedule;
    note(await requests.showInScheduledEvent());
    note(await requests.showInAnnouncement());
    renaming.begin(requests.renameThread().then(note));
    shownRevision = revision;
    if (startsAt === toldStart) return;
    toldStart = startsAt;
    await requests.say('moved', `${revision}`);
    await requests.notify({ kind: 'moved', revision });
  }

  async function compare(): Promise<void> {
    mustCompare = false;
    const seen = await requests.compare(shownRevision);
    await look();
    if (seen === 'behind' && isBehind()) mustCompare = true;
    if (seen === 'begun') hasBegun = true;
    if (seen === 'ended') hasBegun = hasEnded = true;
    if (seen === 'cancelled') isCalledOff = true;
  }

  async function look(): Promise<void> {
    const schedule = await database.readEventSchedule(event);
    if (schedule !== undefined) course.take(schedule, Date.now());
    if (schedule?.state === 'cancelled') isCalledOff = true;
  }

  /** Enters a state, unless the event was called off meanwhile. */
  async function enter(state: EventState, times?: Partial<EventTimes>): Promise<void> {
    const entered = await database.enterEventState(event, state, times);
    course.enter(entered ?? state);
    if (course.state === 'cancelled') isCalledOff = true;
  }

  /** Waits until `time`, or until there is something to attend to. Then it looks on Discord, too: nobody may have told it. */
  async function waitFor(what: string, time: number): Promise<void> {
    course.waitFor(what, time);
    const isDisturbed = () => isCalledOff || hasNews();
    if (!(await condition(isDisturbed, Math.max(1, time - Date.now()), { summary: what })))
      mustCompare = true;
  }

  function hasNews(): boolean {
    return mustCompare || isBehind();
  }

  function isBehind(): boolean {
    return course.schedule.revision !== shownRevision;
  }

  /** What Discord would not show does not hold the event up. */
  function note(shown: Shown): void {
    if (shown.kind === 'refused') course.note(`not shown on Discord: ${shown.reason}`);
  }

  async function untilAnnounced(): Promise<Announced> {
    await condition(() => announced !== undefined || !EXPECTED.includes(course.state));
    return announced ?? { kind: 'cancelled' };
  }

  async function change(change: EventChange): Promise<ChangeResult> {
    const result = await database.changeEvent(event, change, Date.now());
    await look();
    return result;
  }

  async function cancel(): Promise<'cancelled' | 'over'> {
    const result = await database.callOffEvent(event);
    if (result === 'cancelled') isCalledOff = true;
    return result;
  }

  function refuseChange(change: EventChange | null): void {
    const problem = problemWith(change, Date.now());
    if (problem !== undefined) throw new Error(problem);
    if (isCalledOff || !EXPECTED.includes(course.state)) throw new Error(`the event is ${course.state}`);
  }

  function refuseNobody(by?: { readonly by: MemberId } | null): void {
    if (!/^\d{15,20}$/.test(String(by?.by))) throw new Error('expected by, the Discord id of who cancels it');
  }
}
