/** The section `engagement` of `community.yaml`. */

import { z } from 'zod';
import { WEEKDAYS } from '../../domain/calendar.ts';
import { toMilliseconds } from '../../domain/duration.ts';
import type {
  AmplificationSettings,
  EngagementSettings,
  FollowUpSettings,
  LinkSettings,
  ScoreSettings,
} from '../../domain/engagement.ts';
import { PLATFORMS } from '../../domain/platforms.ts';
import { placeholdersIn } from '../../domain/template.ts';
import { channelName, duration, text, timeOfDay, timeZone } from './fields.ts';

const FOLLOW_UP_PLACEHOLDERS: readonly string[] = ['title', 'platform', 'link'];
const LONGEST_READING_MS = 90 * 86_400_000;

const platforms = z
  .array(z.enum(PLATFORMS))
  .min(1, 'expected at least one platform')
  .refine((names) => new Set(names).size === names.length, 'expected each platform once');

const some = duration.refine((value) => toMilliseconds(value) > 0, 'expected more than nothing');

const readings = z
  .array(some.refine((value) => toMilliseconds(value) <= LONGEST_READING_MS, 'expected at most 90d'))
  .min(1, 'expected at least one')
  .max(12, 'expected at most 12')
  .refine(
    (ages) =>
      ages.every((age, index) => index === 0 || toMilliseconds(age) > toMilliseconds(ages[index - 1] ?? age)),
    'expected them from the shortest to the longest, each once',
  )
  .describe('How long after publishing figures are read: likes, comments and what else there is');

const weight = z.number().min(0, 'expected 0 or more').max(100, 'expected at most 100');

const score: z.ZodType<ScoreSettings> = z.strictObject({
  weights: z
    .strictObject({ likes: weight, shares: weight, comments: weight, clicks: weight })
    .refine((weights) => Object.values(weights).some((one) => one > 0), 'expected at least one above 0')
    .describe('How much each counts when posts are compared'),
  leastPosts: z
    .int()
    .min(3, 'expected at least 3: of fewer nothing can be said')
    .describe('Of a platform with fewer posts to compare with, nothing is said'),
  within: some.describe('How far back those may be'),
});

const inFollowUp = (most: number) =>
  z
    .string()
    .regex(/\S/, 'expected a text, found an empty one')
    .max(most)
    .superRefine((value, context) => {
      const unknown = placeholdersIn(value).find(({ name }) => !FOLLOW_UP_PLACEHOLDERS.includes(name));
      if (unknown !== undefined) context.addIssue(`{${unknown.name}} means nothing in a follow-up`);
    });

const followUp: z.ZodType<FollowUpSettings> = z.strictObject({
  platforms: platforms.describe('Where it is proposed, beside the platform on which the post does well'),
  title: inFollowUp(100),
  text: inFollowUp(1_000).describe('{title}, {platform} and {link}, which leads to the post'),
});

const amplification: z.ZodType<AmplificationSettings> = z.strictObject({
  above: z
    .number()
    .min(0.5, 'expected 0.5 to 1: 0.5 is as usual')
    .max(1, 'expected 0.5 to 1')
    .describe('Above which score, which is between 0 and 1'),
  pinFor: some.optional().describe('How long it is pinned on Discord; left out: it is not'),
  followUp: followUp.optional().describe('A post that is proposed for other platforms; left out: none is'),
});

const links: z.ZodType<LinkSettings> = z.strictObject({
  address: z
    .url({ protocol: /^https?$/, error: 'expected an address that begins with https://' })
    .refine((value) => !/[?#]|\/$/.test(value), 'expected no ? or # in it and no / at its end')
    .describe('Where they lead to us; the port is LINKS_PORT in the environment'),
  platforms: platforms.describe("Where they take the place of a post's link"),
});

export const engagement: z.ZodType<EngagementSettings> = z.strictObject({
  timeZone: timeZone.describe('In which hours, days and weeks are meant'),
  readings,
  channel: channelName.describe('Where staff read of posts that do much better than usual, and reports'),
  score,
  amplification,
  report: z
    .strictObject({ weekday: z.enum(WEEKDAYS), at: timeOfDay })
    .describe('When the report on the last seven days is posted'),
  links: links.optional().describe('Addresses of our own that count clicks; left out: none are used'),
  texts: z.strictObject({
    amplified: text('engagement.texts.amplified', 'To staff, when a post does much better than usual'),
  }),
});
