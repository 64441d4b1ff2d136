/** What the life of an event asks of Discord: which activity, on which queue, and how urgently. It decides nothing. */

import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { startChild } from '@temporalio/workflow';
import type { ThreadOpened } from '../activities/discord/events.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { FeedbackRequest } from '../domain/event-feedback.ts';
import type { DueReminder } from '../domain/event-reminders.ts';
import type { EventNotice, EventRef } from '../domain/events.ts';
import type { Comparison, Made, Shown } from '../domain/scheduled-events.ts';
import { discord } from './activities.ts';
import { EVENT_NOTICE, eventNoticeOptions } from './definitions/event-notice.ts';

export class EventRequests {
  readonly #event: EventRef;
  readonly #urgent: ReturnType<typeof discord>;

  constructor(event: EventRef) {
    this.#event = event;
    this.#urgent = discord(event.guildId, 'reminder');
  }

  makeScheduledEvent(): Promise<Made> {
    const summary = "make Discord's event";
    return this.#urgent.scheduledEvents.makeScheduledEvent.executeWithOptions({ summary }, [this.#event]);
  }

  announce(): Promise<Delivery> {
    return this.#urgent.channels.announceEvent.executeWithOptions({ summary: 'announce' }, [this.#event]);
  }

  openThread(): Promise<ThreadOpened> {
    return this.#urgent.channels.openEventThread.executeWithOptions({ summary: 'open the thread' }, [
      this.#event,
    ]);
  }

  /** Removes all that stands for the event on Discord. Gives what could not be removed. */
  async removeAll(): Promise<Shown[]> {
    const summary = 'remove what was made';
    return [
      await this.#urgent.scheduledEvents.removeScheduledEvent.executeWithOptions({ summary }, [this.#event]),
      await this.#urgent.channels.removeAnnouncement.executeWithOptions({ summary }, [this.#event]),
    ];
  }

  compare(shownRevision: number): Promise<Comparison> {
    const summary = "compare with Discord's event";
    const args = [this.#event, shownRevision] as const;
    return this.#urgent.scheduledEvents.compareScheduledEvent.executeWithOptions({ summary }, [...args]);
  }

  showInScheduledEvent(): Promise<Shown> {
    const summary = "change Discord's event";
    return this.#urgent.scheduledEvents.showInScheduledEvent.executeWithOptions({ summary }, [this.#event]);
  }

  showInAnnouncement(): Promise<Shown> {
    const summary = 'show it in the announcement';
    return this.#urgent.channels.showInAnnouncement.executeWithOptions({ summary }, [this.#event]);
  }

  renameThread(): Promise<Shown> {
    const summary = 'rename the thread';
    return this.#urgent.general.renameEventThread.executeWithOptions({ summary }, [this.#event]);
  }

  begin(): Promise<Shown> {
    const summary = "begin Discord's event";
    return this.#urgent.scheduledEvents.beginScheduledEvent.executeWithOptions({ summary }, [this.#event]);
  }

  end(): Promise<Shown> {
    const summary = "end Discord's event";
    return this.#urgent.scheduledEvents.endScheduledEvent.executeWithOptions({ summary }, [this.#event]);
  }

  callOff(): Promise<Shown> {
    const summary = "call Discord's event off";
    return this.#urgent.scheduledEvents.cancelScheduledEvent.executeWithOptions({ summary }, [this.#event]);
  }

  closeThread(): Promise<Shown> {
    const summary = 'close the thread';
    return this.#urgent.general.closeEventThread.executeWithOptions({ summary }, [this.#event]);
  }

  /** `which` tells it from what is said with the same text at another time. */
  say(said: 'begun' | 'moved' | 'cancelled', which: string): Promise<Delivery> {
    const summary = `say in the thread: ${said}`;
    return this.#urgent.channels.sayInEventThread.executeWithOptions({ summary }, [this.#event, said, which]);
  }

  /** Reminds in the thread. It fails if that does not work before `notAfter` (ms since 1970). */
  remind({ beforeMs, startsAt }: DueReminder, notAfter: number): Promise<Delivery> {
    const options = {
      summary: `remind, ${beforeMs / 60_000} min before the start`,
      scheduleToCloseTimeout: Math.max(1, notAfter - Date.now()),
    };
    const which = `${beforeMs}/${startsAt}`;
    return this.#urgent.channels.sayInEventThread.executeWithOptions(options, [
      this.#event,
      'reminder',
      which,
    ]);
  }

  /** Asks in the thread for feedback, which is open until `until` (ms since 1970). */
  askForFeedback(which: FeedbackRequest, until: number): Promise<Delivery> {
    const summary = `ask for feedback: ${which}`;
    return this.#urgent.channels.askForFeedback.executeWithOptions({ summary }, [this.#event, which, until]);
  }

  /** Tells staff what became of the event. */
  report(): Promise<Delivery> {
    const summary = 'report to staff';
    return this.#urgent.channels.reportEvent.executeWithOptions({ summary }, [this.#event]);
  }

  /** Begins to tell everybody concerned, each once. That goes on by itself. */
  async notify(notice: EventNotice, notAfter?: number): Promise<void> {
    const input = { event: this.#event, notice, ...(notAfter !== undefined && { notAfter }) };
    await startChild(EVENT_NOTICE, eventNoticeOptions(input)).catch((error) => {
      // A run that somebody resets in the Temporal UI comes here again.
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    });
  }
}
