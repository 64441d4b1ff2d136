/** The section `recognition` of `community.yaml`. */

import { z } from 'zod';
import type { ChannelMessageSettings } from '../../domain/channel-messages.ts';
import type { ContributionSettings } from '../../domain/contributions.ts';
import {
  type Achievement,
  type AnnouncementSettings,
  type Badge,
  badgesByPoints,
  QUALITY,
  type RecognitionSettings,
} from '../../domain/recognition.ts';
import { contributions } from './contributions.ts';
import {
  channelName,
  duration,
  emoji,
  itemName,
  link,
  roleName,
  text,
  timeZone,
  uniqueNames,
} from './fields.ts';
import { leaderboards, problemsWithMeasures } from './leaderboards.ts';
import { tutorials } from './tutorials.ts';

/** What totals of points are kept under, beside totals of each action. */
const RESERVED = 'points';

const action = itemName
  .refine((name) => name !== RESERVED, 'expected the name of an action: "points" is taken')
  .describe('Something that members get points for');

const points = z
  .number()
  .min(0, 'expected a number of points, not a negative one')
  .max(100_000)
  .multipleOf(0.1, 'expected a number of points with at most one decimal');

const messages: z.ZodType<ChannelMessageSettings> = z.strictObject({
  coolDown: duration.describe("How long after a message that counted the member's next one can count"),
  minimumLength: z.int().min(0).max(2_000).describe('How many characters a message must have to count'),
  excludedChannels: z.array(channelName).describe('Channels in which messages do not count'),
  keptFor: duration.describe('How long it is known who wrote when and where; texts are never kept'),
  reach: duration.describe('How far back is read what was missed while the bot was away'),
});

const badge: z.ZodType<Badge> = z.strictObject({
  name: itemName.describe('How the badge is called in the database and in Temporal: do not rename it'),
  label: text('recognition.badges.label', 'What members read'),
  emoji,
  description: text('recognition.badges.description', 'What it stands for'),
  points: points
    .optional()
    .describe('From how many points on members have it; without it, given for a cause'),
  role: roleName.optional().describe('The role that comes with it'),
  announced: z.boolean().default(true).describe('Whether the community is told when somebody gets it'),
});

const achievement: z.ZodType<Achievement> = z.strictObject({
  name: itemName.describe('How it is called in the database and in Temporal: do not rename it'),
  label: text('recognition.achievements.label', 'What members read'),
  emoji,
  description: text('recognition.achievements.description', 'What it was given for'),
  when: z.strictObject({
    action: action.describe('What must have been done'),
    times: z.int().min(1).default(1).describe('How often'),
  }),
  points: points.default(0).describe('How many points come with it'),
  announced: z.boolean().default(true).describe('Whether the community is told when somebody gets it'),
});

const announcements: z.ZodType<AnnouncementSettings> = z.strictObject({
  channel: channelName.describe('Where the community is told'),
  link: link('recognition.announcements.link'),
  badge: text('recognition.announcements.badge', 'What is said of a badge'),
  achievement: text('recognition.announcements.achievement', 'What is said of an achievement'),
});

/** Sections of features that award points. */
interface FeatureSettings {
  readonly contributions: ContributionSettings;
}

export const recognition: z.ZodType<RecognitionSettings & FeatureSettings> = z
  .strictObject({
    timeZone: timeZone.describe('Where days, weeks and months begin'),
    points: z.record(action, points).describe('What each action is worth; one that is not here is worth 1'),
    quality: z.strictObject({
      above: z.number().min(QUALITY.least).max(QUALITY.most).describe('A quality above this pays more'),
      factor: z.number().min(1).max(10).multipleOf(0.01).describe('How many times as much'),
    }),
    mostByStaff: points.min(1).describe('The most points that staff can give or take at once'),
    messages,
    thanks: z.strictObject({
      emoji: emoji.describe('The reaction with which members thank each other'),
      dailyLimit: z.int().min(1).describe('How many thanks of one member to another count in a day'),
      announced: text('recognition.thanks.announced', 'What everybody reads when somebody has used /thanks'),
      answers: z.strictObject({
        thanked: text('recognition.thanks.answers.thanked', 'To who has thanked'),
        limitReached: text('recognition.thanks.answers.limitReached', 'To who thanks too often in a day'),
        oneself: text('recognition.thanks.answers.oneself', 'To who thanks themselves'),
        bot: text('recognition.thanks.answers.bot', 'To who thanks a bot'),
        notMember: text(
          'recognition.thanks.answers.notMember',
          'To who thanks somebody who is not in the guild',
        ),
      }),
    }),
    badges: z.array(badge).check(uniqueNames('badge')),
    whenPointsFall: z
      .enum(['keep badge', 'lose badge'])
      .describe('What becomes of a badge whose points are gone'),
    achievements: z.array(achievement).check(uniqueNames('achievement')),
    announcements,
    leaderboards,
    privacy: z.strictObject({
      shown: text('recognition.privacy.shown', 'To who wants to be shown on leaderboards'),
      hidden: text('recognition.privacy.hidden', 'To who does not want that'),
    }),
    contributions,
    tutorials,
    auditChannel: channelName.describe('Where is shown what staff have done to points and badges'),
  })
  .check(({ value, issues }) => {
    for (const { path, measure, message } of problemsWithMeasures(value))
      issues.push({ code: 'custom', input: measure, path: [...path], message });
    const badges = badgesByPoints(value);
    for (const [index, one] of badges.entries()) {
      const same = badges[index + 1];
      if (same === undefined || same.points !== one.points) continue;
      const path = ['badges', value.badges.findIndex(({ name }) => name === same.name), 'points'];
      const message = `the badge "${one.name}" has ${one.points} points already: give each badge a number of its own`;
      issues.push({ code: 'custom', input: same.points, path, message });
    }
  });
