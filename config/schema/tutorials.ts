/** The section `recognition.tutorials` of `community.yaml`. */

import { z } from 'zod';
import { toMilliseconds } from '../../domain/duration.ts';
import type { TutorialSettings, TutorialTexts } from '../../domain/tutorials.ts';
import { channelName, duration, link, text } from './fields.ts';

const said = (name: keyof TutorialTexts, description: string) =>
  text(`recognition.tutorials.texts.${name}`, description);

const texts: z.ZodType<TutorialTexts> = z.strictObject({
  submitted: said('submitted', 'To whoever has added one'),
  badLink: said('badLink', 'When the link is none to a web page, holds a password, or is too long'),
  badTitle: said('badTitle', 'When there is nothing to read in the title, or too much'),
  thereAlready: said('thereAlready', 'When somebody has added the link before'),
  tooManyWaiting: said('tooManyWaiting', 'When too many of a member wait for staff'),
  published: said('published', 'Above a tutorial that was approved'),
  completions: said('completions', 'Below it: how many have done it'),
  done: said('done', 'To whoever has done one'),
  doneAlready: said('doneAlready', 'To whoever says so again'),
  undone: said('undone', 'To whoever takes that back'),
  ownTutorial: said('ownTutorial', 'To whoever says that they have done their own'),
  declined: said('declined', 'To the author, by direct message, when staff have declined one'),
  expired: said('expired', 'To the author, by direct message, when staff have not decided in time'),
  removed: said('removed', 'In place of one that staff have taken off the list'),
  takenOff: said('takenOff', 'To its author, by direct message'),
  listTitle: said('listTitle', 'The headline of the list'),
  listEntry: said('listEntry', 'Below each title in the list'),
  listEmpty: said('listEmpty', 'When there are none'),
});

export const tutorials: z.ZodType<TutorialSettings> = z
  .strictObject({
    reviewChannel: channelName.describe('Where staff are asked whether a tutorial is taken'),
    channel: channelName.describe('Where tutorials are published'),
    mostWaiting: z.int().min(1).max(100).describe('How many of one member can wait for staff at a time'),
    remindAfter: duration.describe('When staff are asked again'),
    decideWithin: duration.describe('When a tutorial on which nobody has decided is given up'),
    tellAuthor: z.boolean().describe('Whether the author is told that a tutorial was not taken'),
    link: link('recognition.tutorials.link'),
    doneButton: text('recognition.tutorials.doneButton', 'What members press who have done it'),
    undoButton: text('recognition.tutorials.undoButton', 'What takes that back'),
    texts,
  })
  .refine(({ remindAfter, decideWithin }) => toMilliseconds(remindAfter) < toMilliseconds(decideWithin), {
    path: ['remindAfter'],
    message: 'expected less than decideWithin: who is reminded must still be able to decide',
  });
