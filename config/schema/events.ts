/** The section `events` of `community.yaml`. */

import { z } from 'zod';
import { toMilliseconds } from '../../domain/duration.ts';
import type { EventKind, EventSettings, EventTexts } from '../../domain/events.ts';
import { checkIn, eventFeedback } from './event-aftermath.ts';
import {
  channelName,
  duration,
  emoji,
  itemName,
  link,
  roleName,
  text,
  timeOfDay,
  timeZone,
  uniqueNames,
} from './fields.ts';

const said = (name: keyof EventTexts, description: string) => text(`events.texts.${name}`, description);

const kind: z.ZodType<EventKind> = z.strictObject({
  name: itemName.describe('How it is called in the database and in Temporal: do not rename it'),
  label: text('events.kinds.label', 'What members read'),
  emoji,
  duration: duration
    .refine((value) => toMilliseconds(value) > 0, 'expected more than nothing')
    .describe('How long one lasts of which nobody says'),
  reminders: z
    .array(duration)
    .max(5, 'expected at most 5 reminders')
    .describe('How long before the start members are reminded'),
});

const texts: z.ZodType<EventTexts> = z.strictObject({
  announced: said('announced', 'Above an announcement'),
  reminder: said('reminder', 'Before the start, in the thread and to those who want it'),
  begun: said('begun', 'In the thread, when an event has begun'),
  moved: said('moved', 'When the time of an event changes'),
  cancelled: said('cancelled', 'When an event does not take place'),
  movedUp: said('movedUp', 'To whoever has waited for a place and has one now'),
  thanks: said('thanks', 'To those who were there'),
  feedbackReminder: said('feedbackReminder', 'To those who were there and have not answered'),
});

export const events: z.ZodType<EventSettings> = z
  .strictObject({
    timeZone: timeZone.describe('In which times are understood of somebody who has not said otherwise'),
    channel: channelName.describe('Where events are announced; each has a thread below its announcement'),
    reportChannel: channelName.describe('Where staff read what became of an event'),
    organisers: z.array(roleName).min(1).describe('The roles that may create and change events'),
    kinds: z
      .array(kind)
      .min(1, 'expected a kind of event')
      .max(25, 'Discord offers at most 25 choices')
      .check(uniqueNames('kind of event')),
    reminderGrace: duration.describe('A reminder that would be later than this is not sent'),
    overrun: duration.describe('How long after its end an event may go on while people are there'),
    attendedPercent: z
      .int()
      .min(1)
      .max(100)
      .describe('Which part of the time, in percent, one must be there to have attended'),
    checkIn,
    feedback: eventFeedback,
    archiveAfter: duration.describe("How long after the end an event's thread stays open"),
    morning: z
      .strictObject({
        at: timeOfDay,
        title: text('events.morning.title', 'The headline above the events'),
      })
      .describe('The note that lists the events of the day, when there are any'),
    link: link('events.link'),
    texts,
  })
  .refine(({ feedback }) => toMilliseconds(feedback.remindAfter) < toMilliseconds(feedback.openFor), {
    path: ['feedback', 'remindAfter'],
    message: 'expected less than openFor: who is reminded must still be able to answer',
  });
