/** The section `topics` of `community.yaml`. */

import { z } from 'zod';
import type { Topic } from '../../domain/topics.ts';
import { emoji, itemName, text, uniqueNames } from './fields.ts';

/** Four rows of five buttons: the fifth row is for the button that stops the tips (Discord docs, "Action Row"). */
const MOST_TOPICS = 20;

const topic: z.ZodType<Topic> = z.strictObject({
  name: itemName.describe('How the topic is called in the database: do not rename it'),
  label: text('topics.label', 'What stands on the button'),
  emoji: emoji.optional(),
  answer: text('topics.answer', 'What who presses it is told: where to go for it'),
});

export const topics: z.ZodType<readonly Topic[]> = z
  .array(topic)
  .min(1, 'expected at least one topic')
  .max(MOST_TOPICS, `there is room for at most ${MOST_TOPICS} topics under a message`)
  .check(uniqueNames('topic'));
