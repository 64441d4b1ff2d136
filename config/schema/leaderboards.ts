/** The part `leaderboards` of the section `recognition`. */

import { z } from 'zod';
import { WEEKDAYS } from '../../domain/calendar.ts';
import {
  LEADERBOARD_PERIODS,
  type Leaderboard,
  type LeaderboardSettings,
  type PostTimes,
} from '../../domain/leaderboards.ts';
import { ACTION, type RecognitionSettings } from '../../domain/recognition.ts';
import { WINNERS_PERIODS, type WinnersSettings } from '../../domain/winners.ts';
import { channelName, itemName, link, roleName, text, timeOfDay, uniqueNames } from './fields.ts';

/** All leaderboards go into one message, and Discord takes no more embeds in it. With so many members their texts fit too. */
const BOARDS = 10;
const MEMBERS = 10;

const board: z.ZodType<Leaderboard> = z
  .strictObject({
    name: itemName.describe('How it is called in commands and buttons: do not rename it'),
    title: text('recognition.leaderboards.boards.title', 'What members read'),
    measure: z.string().describe('What is compared: points, or the name of an action'),
    period: z.enum(LEADERBOARD_PERIODS).describe('In which time; of actions only all time is counted'),
  })
  .refine(({ measure, period }) => measure === 'points' || period === 'all', {
    path: ['period'],
    error: 'expected all: only points are counted by week and month',
  });

const posts: z.ZodType<PostTimes> = z.strictObject({
  every: z.enum(['week', 'day']),
  at: timeOfDay.describe('At which time of day'),
  on: z.enum(WEEKDAYS).default('monday').describe('On which day, if it is every week'),
});

const winners: z.ZodType<WinnersSettings> = z.strictObject({
  period: z.enum(WINNERS_PERIODS).describe('Of what'),
  at: timeOfDay.describe('When they are named, on the day after'),
  role: roleName.describe('The role that they have until others win'),
  first: z.int().min(1).max(10).default(1).describe('Up to which place one wins'),
  title: text('recognition.leaderboards.winners.title', 'The headline of the congratulation'),
  text: text('recognition.leaderboards.winners.text', 'What is said to them'),
});

export const leaderboards: z.ZodType<LeaderboardSettings> = z.strictObject({
  channel: channelName.describe('Where leaderboards are posted, and winners congratulated'),
  link: link('recognition.leaderboards.link'),
  size: z.int().min(1).max(MEMBERS).describe('How many members are shown at once'),
  boards: z
    .array(board)
    .min(1, 'expected a leaderboard')
    .max(BOARDS, `at most ${BOARDS} leaderboards go into a message`)
    .check(uniqueNames('leaderboard')),
  posts,
  winners: z
    .array(winners)
    .refine((all) => new Set(all.map(({ period }) => period)).size === all.length, {
      error: 'a week and a month have winners once: leave one of them out',
    })
    .describe('Who gets a role when a week or a month is over'),
});

/** Leaderboards that compare what is not known, which will be a mistake in writing. */
export function problemsWithMeasures({
  points,
  leaderboards,
}: Pick<RecognitionSettings, 'points' | 'leaderboards'>) {
  const known = [...new Set(['points', ...Object.values(ACTION), ...Object.keys(points)])];
  return leaderboards.boards.flatMap(({ measure }, index) =>
    known.includes(measure)
      ? []
      : [
          {
            path: ['leaderboards', 'boards', index, 'measure'],
            measure,
            message: `"${measure}" is no action: expected one of ${known.join(', ')}`,
          },
        ],
  );
}
