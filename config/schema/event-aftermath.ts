/** The parts of `events` in `community.yaml` about who was there and what they say of it. */

import { z } from 'zod';
import type { CheckInTexts } from '../../domain/event-attendance.ts';
import type { FeedbackSettings, FeedbackTexts } from '../../domain/event-feedback.ts';
import { duration, text } from './fields.ts';

const toldOfCheckIn = (name: keyof CheckInTexts, description: string) =>
  text(`events.checkIn.${name}`, description);

export const checkIn: z.ZodType<CheckInTexts> = z
  .strictObject({
    done: toldOfCheckIn('done', 'To whoever has checked in'),
    doneAlready: toldOfCheckIn('doneAlready', 'To whoever does so again'),
    tooEarly: toldOfCheckIn('tooEarly', 'Before the start'),
    over: toldOfCheckIn('over', 'After the end'),
    cancelled: toldOfCheckIn('cancelled', 'When the event does not take place'),
    notNeeded: toldOfCheckIn('notNeeded', 'When the event is in a voice or stage channel'),
  })
  .describe('What is said to whoever checks in at an event');

const asked = (name: keyof FeedbackSettings['form'], description: string) =>
  text(`events.feedback.form.${name}`, description);

const form: z.ZodType<FeedbackSettings['form']> = z.strictObject({
  title: asked('title', 'The headline of the form'),
  choose: asked('choose', 'What stands in a rating before it is chosen'),
  overall: asked('overall', 'The rating that decides whether the host gets more points'),
  content: asked('content', 'The rating of what it was about'),
  engagement: asked('engagement', 'The rating of how it was held'),
  improvements: asked('improvements', 'In words'),
  topics: asked('topics', 'In words'),
});

const told = (name: keyof FeedbackTexts, description: string) =>
  text(`events.feedback.answers.${name}`, description);

const answers: z.ZodType<FeedbackTexts> = z.strictObject({
  noted: told('noted', 'To whoever has answered'),
  changed: told('changed', 'To whoever answers again'),
  notYet: told('notYet', 'Before the end'),
  closed: told('closed', 'When it is too late, or the event did not take place'),
  notThere: told('notThere', 'To whoever was not there, and had not said that they go'),
  ownEvent: told('ownEvent', 'To the host'),
  notRated: told('notRated', 'When a rating is missing'),
});

export const eventFeedback: z.ZodType<FeedbackSettings> = z.strictObject({
  openFor: duration.describe('How long after the end members can say what they think'),
  remindAfter: duration.describe('When those are reminded who have not'),
  form,
  answers,
});
