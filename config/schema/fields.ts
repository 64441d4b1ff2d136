/** The kinds of values that several sections of `community.yaml` have. */

import { z } from 'zod';
import type { TimeOfDay } from '../../domain/calendar.ts';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import { DURATION_PATTERN, type Duration } from '../../domain/duration.ts';
import { EMBED_COLORS, type EmbedTemplate } from '../../domain/embed.ts';
import { ITEM_NAME, ITEM_NAME_LENGTH } from '../../domain/item-names.ts';
import { isTimeZone } from '../../domain/time-zones.ts';
import { TEXTS, type TextKey } from '../texts.ts';

/** The newest emoji are known to `Extended_Pictographic` alone. */
const ONE_EMOJI = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic})$/v;
/** An address, or a name under `links`. Behind a # in it a message's mark could not be found. */
const ADDRESS = /^(https?:\/\/[^\s#{}]+|\{[a-z ]+\})$/;

/** A text that is sent to Discord. How long it may become is checked when all of the configuration is known. */
export function text(key: TextKey, description: string) {
  return z
    .string()
    .regex(/\S/, 'expected a text, found an empty one')
    .describe(description)
    .meta({ maxLength: TEXTS[key].limit });
}

/** The address behind the headline of an embed. */
export function link(key: TextKey) {
  return text(key, 'The address behind the headline: https://…, or a name under links in braces').regex(
    ADDRESS,
    'expected an address without a # in it, or a name under links in braces',
  );
}

/** A span of time. */
export const duration = z
  .string()
  .regex(
    DURATION_PATTERN,
    'expected a duration such as 30s, 2m, 24h or 7d: a whole number, not negative, and a unit',
  )
  .transform((value) => value as Duration)
  .describe('A span of time: a whole number and s, m, h or d');

/** A channel of the guild by its name. */
export const channelName = z
  .string()
  .regex(/^[^#\s]+$/, 'expected the name of a channel, without # and spaces')
  .max(DISCORD_LIMITS.name)
  .describe('The name of a channel of the guild, without #');

/** A channel in which members talk, by its name: other than of text channels, spaces and capitals may be in it. */
export const voiceChannelName = z
  .string()
  .regex(/^\S(.*\S)?$/, 'expected the name of a voice or stage channel, without spaces around it')
  .max(DISCORD_LIMITS.name)
  .describe('The name of a voice or stage channel of the guild');

/** A role of the guild by its name. */
export const roleName = z
  .string()
  .regex(/\S/, 'expected the name of a role')
  .max(DISCORD_LIMITS.name)
  .describe('The name of a role of the guild');

/** An emoji in a menu or on a button. */
export const emoji = z
  .string()
  .refine((value) => ONE_EMOJI.test(value), 'expected one emoji, such as 🎨')
  .describe('An emoji beside the text');

/** The name of an item of a list, by which files that are laid over it and `custom_id`s know it. */
export const itemName = z
  .string()
  .regex(
    new RegExp(`^${ITEM_NAME}$`),
    `expected lower-case letters, digits and hyphens, at most ${ITEM_NAME_LENGTH} of them`,
  );

/** Where on Earth a time of day is meant. */
export const timeZone = z
  .string()
  .refine(isTimeZone, 'expected the name of a time zone, such as Europe/Berlin or UTC');

/** A time of day: `09:00`. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as 09:00')
  .transform((value) => value as TimeOfDay);

/** The place of an embed among the texts: their keys begin with it. */
type EmbedPlace = {
  [Key in TextKey]: Key extends `${infer Place}.embed.title` ? Place : never;
}[TextKey];

/** An embed whose texts are those of `place`. */
export function embed(place: EmbedPlace): z.ZodType<EmbedTemplate> {
  return z.strictObject({
    color: z.enum(EMBED_COLORS).default('blue'),
    title: text(`${place}.embed.title`, 'The headline'),
    link: link(`${place}.embed.link`),
    description: text(`${place}.embed.description`, 'The text below the headline'),
    fields: z
      .array(
        z.strictObject({
          name: text(`${place}.embed.fields.name`, "The field's headline"),
          value: text(`${place}.embed.fields.value`, "The field's text"),
        }),
      )
      .max(DISCORD_LIMITS.embedFields, `Discord takes at most ${DISCORD_LIMITS.embedFields} fields`)
      .default([]),
  });
}

/** Items of a list must have names that differ: says so where one is there already. */
export function uniqueNames(what: string) {
  return (context: z.core.ParsePayload<readonly { readonly name: string }[]>) => {
    const names = context.value.map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      context.issues.push({
        code: 'custom',
        input: name,
        path: [index, 'name'],
        message: `there is a ${what} "${name}" already: give each ${what} a name of its own`,
      });
    });
  };
}
