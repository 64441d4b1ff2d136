/** What may be in `community.yaml`. Types come from the domain; limits are Discord's ("Embed Limits", "Create Message"). */

import { z } from 'zod';
import { DURATION_PATTERN, type Duration } from '../domain/duration.ts';
import { EMBED_COLORS, type OnboardingSettings } from '../domain/onboarding.ts';
import { placeholdersIn } from '../domain/template.ts';

const MESSAGE_LENGTH = 2_000;
const EMBED = { title: 256, description: 4_096, fields: 25, fieldName: 256, fieldValue: 1_024, total: 6_000 };
const BUTTON_LABEL_LENGTH = 80;
/** Discord's own limit for names of channels and roles. */
const NAME_LENGTH = 100;

/** A text that Discord takes up to `limit` characters of. */
function text(limit: number, description: string) {
  return z
    .string()
    .min(1, 'expected a text, found an empty one')
    .check((context) => {
      const length = [...context.value].length;
      if (length > limit) {
        context.issues.push({
          code: 'custom',
          input: context.value,
          message: `is ${length} characters long, but Discord takes at most ${limit} here: shorten it`,
        });
      }
    })
    .describe(description)
    .meta({ maxLength: limit });
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

const embed = z
  .strictObject({
    color: z.enum(EMBED_COLORS).default('blue'),
    title: text(EMBED.title, 'The headline'),
    link: text(
      MESSAGE_LENGTH,
      'The address behind the headline: https://…, or a name under links in braces',
    ).regex(
      /^(https?:\/\/[^\s#]+|\{[a-z ]+\})$/,
      'expected an address without a # in it, or a name under links in braces',
    ),
    description: text(EMBED.description, 'The text below the headline'),
    fields: z
      .array(
        z.strictObject({
          name: text(EMBED.fieldName, "The field's headline"),
          value: text(EMBED.fieldValue, "The field's text"),
        }),
      )
      .max(EMBED.fields, `Discord takes at most ${EMBED.fields} fields`)
      .default([]),
  })
  .refine(
    ({ title, description, fields }) =>
      [title, description, ...fields.flatMap(({ name, value }) => [name, value])].join('').length <=
      EMBED.total,
    `all texts of the embed together are over ${EMBED.total} characters, Discord's limit: shorten them`,
  );

const stepBase = {
  name: stepName,
  after: duration,
  text: text(MESSAGE_LENGTH, 'What the message says'),
  role: roleName.optional().describe('A role that the member is given with this step'),
};

const step = z.discriminatedUnion('to', [
  // In a channel the embed's address is what marks a message, so that it is never sent twice.
  z.strictObject({ ...stepBase, to: z.literal('channel'), channel: channelName, embed }),
  z.strictObject({ ...stepBase, to: z.literal('dm'), embed: embed.optional() }),
]);

const onboarding: z.ZodType<OnboardingSettings> = z.strictObject({
  stopButton: text(BUTTON_LABEL_LENGTH, 'The button under each tip that stops further ones'),
  stopped: text(MESSAGE_LENGTH, 'The answer to whoever presses it'),
  alreadyOver: text(MESSAGE_LENGTH, 'The answer to whoever presses it when there are no further tips anyway'),
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

/** The placeholders that every text may hold, beside the names under `links`. */
const MEMBER_PLACEHOLDERS = ['member'];

/** All of `community.yaml`. */
export const communitySchema = z
  .strictObject({
    links: z
      .record(z.string().regex(/^[a-z][a-z ]*$/), z.url({ protocol: /^https?$/ }))
      .describe('Addresses that texts can name in braces'),
    answers: z.strictObject({
      tryAgain: text(MESSAGE_LENGTH, 'When something that we need is away'),
      takesLonger: text(MESSAGE_LENGTH, 'When it is not done in time, and may still be done'),
      outdated: text(MESSAGE_LENGTH, 'When somebody presses a button that we no longer know'),
    }),
    onboarding,
  })
  .check((context) => {
    const known = new Set([...MEMBER_PLACEHOLDERS, ...Object.keys(context.value.links)]);
    for (const { path, text } of textsIn(context.value)) {
      for (const placeholder of placeholdersIn(text)) {
        if (placeholder.kind === 'channel' || known.has(placeholder.name)) continue;
        context.issues.push({
          code: 'custom',
          input: text,
          path: [...path],
          message: `{${placeholder.name}} stands for nothing: expected {#channel}, ${[...known].map((name) => `{${name}}`).join(', ')}`,
        });
      }
    }
  });

export type CommunityConfig = z.output<typeof communitySchema>;

/** Every text in a part of the configuration, with the path to it. */
export function textsIn(
  value: unknown,
  path: readonly (string | number)[] = [],
): { path: readonly (string | number)[]; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key]));
  }
  return [];
}
