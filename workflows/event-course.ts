/** What is known of an event by its workflow, as its query and the Temporal UI show it. */

import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { DueReminder } from '../domain/event-reminders.ts';
import type { Announced, EventSchedule, EventState } from '../domain/events.ts';
import type { Made } from '../domain/scheduled-events.ts';
import type { EventInput, EventProgress, EventResult, ReminderReport } from './definitions/event.ts';
import { SEARCH_ATTRIBUTES } from './definitions/search-attributes.ts';
import { toTime } from './ui-time.ts';

export class EventCourse {
  readonly #reminders: ReminderReport[] = [];
  readonly #notes: string[] = [];
  #schedule: EventSchedule;
  #state: EventState = 'planned';
  #startKnownSince: number;
  #waitsFor: EventProgress['waitsFor'];

  /** `now` in ms since 1970. When it ends is not known before it is read. */
  constructor({ kind, startsAt, hostId }: EventInput, now: number) {
    this.#schedule = { state: 'planned', revision: 0, kind, startsAt, endsAt: startsAt, hostId };
    this.#startKnownSince = now;
  }

  get schedule(): EventSchedule {
    return this.#schedule;
  }

  get state(): EventState {
    return this.#state;
  }

  get reminders(): readonly ReminderReport[] {
    return this.#reminders;
  }

  /** Since when the start is known, in ms since 1970: no reminder is due before. */
  get startKnownSince(): number {
    return this.#startKnownSince;
  }

  /** What `getEventProgress` answers. */
  describe(): EventProgress {
    const { startsAt, endsAt, revision } = this.#schedule;
    return {
      ...{ state: this.#state, startsAt, endsAt, revision },
      ...{ reminders: this.#reminders, waitsFor: this.#waitsFor },
    };
  }

  /** What the event leaves behind. */
  result(announced: Announced | undefined): EventResult {
    const refusal = announced?.kind === 'refused' ? { reason: announced.reason } : {};
    return { state: this.#state, reminders: this.#reminders, ...refusal };
  }

  /** Takes what was read of the event at `now` (ms since 1970). What was read before that comes too late. */
  take(schedule: EventSchedule, now: number): void {
    const { startsAt, revision, hostId } = this.#schedule;
    if (schedule.revision < revision) return;
    this.#schedule = schedule;
    if (schedule.startsAt !== startsAt) {
      this.#startKnownSince = now;
      upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.start, value: new Date(schedule.startsAt) }]);
    }
    if (schedule.hostId !== hostId)
      upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.host, value: schedule.hostId }]);
    this.#show();
  }

  enter(state: EventState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#waitsFor = undefined;
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: state }]);
    this.#show();
  }

  noteScheduledEvent({ scheduledEventId, picture }: Extract<Made, { kind: 'made' }>): void {
    upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.scheduledEvent, value: scheduledEventId }]);
    if (picture === 'could not be had') this.note('the picture could not be had, and is left out');
  }

  noteReminder({ beforeMs, startsAt }: DueReminder, result: ReminderReport['result']): void {
    this.#reminders.push({ beforeMs, startsAt, result });
    this.#show();
  }

  /** Says something that staff should know. */
  note(text: string): void {
    this.#notes.push(text);
    this.#show();
  }

  /** Says what is waited for, and until when (ms since 1970). */
  waitFor(what: string, until: number): void {
    this.#waitsFor = { what, until };
    this.#show();
  }

  #show(): void {
    const { startsAt, endsAt, revision } = this.#schedule;
    const waitsFor =
      this.#waitsFor === undefined ? '' : `, waits ${this.#waitsFor.what} (${toTime(this.#waitsFor.until)})`;
    setCurrentDetails(
      [
        `**${this.#state}**${waitsFor}`,
        `- from ${toTime(startsAt)} to ${toTime(endsAt)}, revision ${revision}`,
        ...this.#reminders.map(
          ({ beforeMs, result }) => `- reminder ${beforeMs / 60_000} min before: ${result}`,
        ),
        ...this.#notes.map((note) => `- ${note}`),
      ].join('\n'),
    );
  }
}
