/** The section `distribution` of `community.yaml`. */

import { z } from 'zod';
import type {
  DistributionSettings,
  DistributionTexts,
  GithubPlace,
  LanguageModelSettings,
  PlatformCosts,
} from '../../domain/distribution.ts';
import { toMilliseconds } from '../../domain/duration.ts';
import { LONGEST_TEXTS } from '../../domain/platform-limits.ts';
import { isPostPlaceholder } from '../../domain/post-template.ts';
import { placeholdersIn } from '../../domain/template.ts';
import { channelName, duration, link, roleName, text, timeZone } from './fields.ts';

const said = (name: keyof DistributionTexts, description: string) =>
  text(`distribution.texts.${name}`, description);

const dollars = z.number().min(0, 'expected an amount in US dollars, such as 0.015');

const repository = z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'expected a repository as owner/name');

const template = z
  .string()
  .superRefine((value, context) => {
    const named = placeholdersIn(value).map(({ name }) => name);
    for (const needed of ['text', 'link']) {
      if (!named.includes(needed)) context.addIssue(`expected {${needed}} somewhere in it`);
    }
    const unknown = named.find((name) => !isPostPlaceholder(name));
    if (unknown !== undefined) context.addIssue(`{${unknown}} means nothing in a template of posts`);
  })
  .describe('{title}, {text}, {link} and {hashtags}; what is empty then is left out with its line');

/**
 * What all platforms have.
 *
 * @param most how long a text may be at all there, by the platform's own count
 */
const rules = (most: number) => ({
  length: z
    .int()
    .min(1)
    .max(most, `expected at most ${most}: the platform takes no more`)
    .describe("How long a text may be, by the platform's own count"),
  hashtags: z.int().min(0).max(30).describe('How many hashtags are kept, the first ones'),
  media: z.array(z.enum(['image', 'gif', 'video', 'document'])).describe('Which kinds of media it takes'),
  mostMedia: z.int().min(0).max(20).describe('How many media are kept, the first ones'),
  needsMedia: z.boolean().default(false).describe('Whether it takes nothing without a medium'),
  tone: z.string().min(1).describe('In which tone a language model writes, where one is configured'),
  template,
});

const costs: z.ZodType<PlatformCosts> = z.strictObject({
  post: dollars.describe('What a post costs'),
  postWithLink: dollars.describe('What one with a link in it costs'),
  monthlyBudget: dollars.describe('Nothing is published that would cost more than this in a month'),
});

const githubPlace: z.ZodType<GithubPlace> = z.discriminatedUnion('as', [
  z.strictObject({ as: z.literal('discussion'), repository, category: z.string().min(1) }),
  z.strictObject({ as: z.literal('issue'), repository, labels: z.array(z.string().min(1)).default([]) }),
  z.strictObject({ as: z.literal('release'), repository, tagPrefix: z.string().regex(/^[\w.-]{1,60}$/) }),
]);

const languageModel: z.ZodType<LanguageModelSettings> = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).describe('Its address, to which /chat/completions is added'),
  model: z.string().min(1),
});

const texts: z.ZodType<DistributionTexts> = z.strictObject({
  crossPost: said('crossPost', 'To members, when a post is out'),
  failed: said('failed', 'To staff, when a post could not be published on a platform'),
  accountExpired: said('accountExpired', 'To staff, when an account has to be connected again'),
  abandoned: said('abandoned', 'To staff, when nobody has decided in time'),
});

export const distribution: z.ZodType<DistributionSettings> = z.strictObject({
  timeZone: timeZone.describe('In which times are understood of somebody who has not said otherwise'),
  staffChannel: channelName.describe('Where staff approve posts, and read what failed'),
  crossPostChannel: channelName.describe('Where members read that a post is out'),
  authors: z.array(roleName).describe('The roles that may write posts, for others to approve'),
  approvers: z.array(roleName).min(1).describe('The roles that may write, approve and repair'),
  draftFor: duration.describe('A draft that nobody approves is forgotten after so long'),
  decisionWithin: duration
    .refine((value) => toMilliseconds(value) > 0, 'expected more than nothing')
    .describe('How long a platform on which a post failed stays open for a decision'),
  largestMediaMb: z.int().min(1).max(512).describe('The largest medium that is fetched, in MB'),
  platforms: z
    .strictObject({
      discord: z.strictObject({ ...rules(LONGEST_TEXTS.discord), channel: channelName }).optional(),
      x: z.strictObject({ ...rules(LONGEST_TEXTS.x), costs }).optional(),
      linkedin: z
        .strictObject({
          ...rules(LONGEST_TEXTS.linkedin),
          version: z
            .string()
            .regex(/^20\d\d(0[1-9]|1[0-2])$/, 'expected a year and a month, in quotes: "202610"')
            .describe("The version of LinkedIn's API, which lives for a year"),
        })
        .optional(),
      youtube: z
        .strictObject({
          ...rules(LONGEST_TEXTS.youtube),
          privacy: z.enum(['public', 'unlisted', 'private']),
          categoryId: z.string().regex(/^\d{1,3}$/, 'expected the number of a category, in quotes: "27"'),
        })
        .optional(),
      github: z.strictObject({ ...rules(LONGEST_TEXTS.github), place: githubPlace }).optional(),
    })
    .describe('A platform that is left out is never posted to'),
  languageModel: languageModel
    .optional()
    .describe(
      'A service that writes texts for each platform in its tone; they are shown before they are used',
    ),
  link: link('distribution.link'),
  texts,
});
