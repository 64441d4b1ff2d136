/** What may be in `community.yaml`. Types come from the domain; the rules on texts are in `texts.ts`. */

import { z } from 'zod';
import { DURATION_PATTERN, type Duration } from '../domain/duration.ts';
import { EMBED_COLORS, type OnboardingSettings } from '../domain/onboarding.ts';
import { EMBED_TOTAL, exceedEmbed, problemsWithTexts, TEXTS, type TextKey } from './texts.ts';

/** How many fields an embed can have (Discord docs, "Embed Limits"). */
const EMBED_FIELDS = 25;
/** Discord's own limit for names of channels and roles. */
const NAME_LENGTH = 100;

/** A text that is sent to Discord. How long it may become is checked when all of the configuration is known. */
function text(key: TextKey, description: string) {
  return z
    .string()
    .min(1, 'expected a text, found an empty one')
    .describe(description)
    .meta({ maxLength: TEXTS[key].limit });
}

const duration = z
  .string()
  .regex(
    DURATION_PATTERN,
    'expected a duration such as 30s, 2m, 24h or 7d: a whole number, not negative, and a unit',
  )
  .transform((value) => value as Duration)
  .describe('A span of time: a whole number and s, m, h or d');

const channelName = z
  .string()
  .regex(/^[^#\s]+$/, 'expected the name of a channel, without # and spaces')
  .max(NAME_LENGTH)
  .describe('The name of a channel of the guild, without #');

const roleName = z.string().min(1).max(NAME_LENGTH).describe('The name of a role of the guild');

const stepName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected lower-case letters, digits and hyphens, at most 40 of them')
  .describe('Unique in the flow. Do not rename a step while members are on their way through it');

const embed = z.strictObject({
  color: z.enum(EMBED_COLORS).default('blue'),
  title: text('onboarding.steps.embed.title', 'The headline'),
  link: text(
    'onboarding.steps.embed.link',
    'The address behind the headline: https://…, or a name under links in braces',
  ).regex(
    /^(https?:\/\/[^\s#]+|\{[a-z ]+\})$/,
    'expected an address without a # in it, or a name under links in braces',
  ),
  description: text('onboarding.steps.embed.description', 'The text below the headline'),
  fields: z
    .array(
      z.strictObject({
        name: text('onboarding.steps.embed.fields.name', "The field's headline"),
        value: text('onboarding.steps.embed.fields.value', "The field's text"),
      }),
    )
    .max(EMBED_FIELDS, `Discord takes at most ${EMBED_FIELDS} fields`)
    .default([]),
});

const stepBase = {
  name: stepName,
  after: duration,
  text: text('onboarding.steps.text', 'What the message says'),
  role: roleName.optional().describe('A role that the member is given with this step'),
};

const step = z.discriminatedUnion('to', [
  // In a channel the embed's address is what marks a message, so that it is never sent twice.
  z.strictObject({ ...stepBase, to: z.literal('channel'), channel: channelName, embed }),
  z.strictObject({ ...stepBase, to: z.literal('dm'), embed: embed.optional() }),
]);

const onboarding: z.ZodType<OnboardingSettings> = z.strictObject({
  stopButton: text('onboarding.stopButton', 'The button under each tip that stops further ones'),
  stopped: text('onboarding.stopped', 'The answer to whoever presses it'),
  alreadyOver: text(
    'onboarding.alreadyOver',
    'The answer to whoever presses it when there are no further tips anyway',
  ),
  steps: z
    .array(step)
    .min(1, 'expected at least one step')
    .check((context) => {
      const names = context.value.map(({ name }) => name);
      names.forEach((name, index) => {
        if (names.indexOf(name) === index) return;
        context.issues.push({
          code: 'custom',
          input: name,
          path: [index, 'name'],
          message: `there is a step "${name}" already: give each step a name of its own`,
        });
      });
    }),
});

/** All of `community.yaml`. */
export const communitySchema = z
  .strictObject({
    links: z
      .record(z.string().regex(/^[a-z][a-z ]*$/), z.url({ protocol: /^https?$/ }))
      .describe('Addresses that texts can name in braces'),
    answers: z.strictObject({
      tryAgain: text('answers.tryAgain', 'When something that we need is away'),
      takesLonger: text('answers.takesLonger', 'When it is not done in time, and may still be done'),
      outdated: text('answers.outdated', 'When somebody presses a button that we no longer know'),
    }),
    onboarding,
  })
  .check(({ value, issues }) => {
    for (const { path, text, message } of problemsWithTexts(value, value.links)) {
      issues.push({ code: 'custom', input: text, path: [...path], message });
    }
    value.onboarding.steps.forEach(({ embed }, index) => {
      if (embed === undefined) return;
      const texts = embed.fields.flatMap(({ name, value }) => [name, value]);
      if (!exceedEmbed([embed.title, embed.description, ...texts], value.links)) return;
      issues.push({
        code: 'custom',
        input: embed,
        path: ['onboarding', 'steps', index, 'embed'],
        message: `all texts of the embed together are over ${EMBED_TOTAL} characters, Discord's limit: shorten them`,
      });
    });
  });

export type CommunityConfig = z.output<typeof communitySchema>;
