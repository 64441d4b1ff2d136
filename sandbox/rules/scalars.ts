/** Small schemas that many forms share. */

import { z } from 'zod';
import { isSnowflake } from '../state/snowflake.ts';
import { problem } from './form.ts';

/** An id; numbers are taken too, as Discord does. */
export const snowflake = z
  .union([z.string(), z.int().nonnegative()])
  .transform(String)
  .refine(isSnowflake, problem('NUMBER_TYPE_COERCE', 'Value is not snowflake.'));

/** A whole number, in a query as text. */
export function queryInt(minimum: number, maximum: number) {
  return z.coerce
    .number({ error: () => 'not a number' })
    .int()
    .min(minimum)
    .max(maximum);
}

/** A yes or no in a query. */
export const queryBoolean = z
  .enum(['true', 'false', 'True', 'False', '1', '0'])
  .transform((text) => text.toLowerCase() === 'true' || text === '1');

/** A text whose length counts characters as Discord does. */
export function text(minimum: number, maximum: number) {
  return z.string().refine(
    (value) => {
      const { length } = value.trim();
      return length >= minimum && [...value].length <= maximum;
    },
    minimum > 0
      ? problem('BASE_TYPE_BAD_LENGTH', `Must be between ${minimum} and ${maximum} in length.`)
      : problem('BASE_TYPE_MAX_LENGTH', `Must be ${maximum} or fewer in length.`),
  );
}

/** A list of bounded length. */
export function list<T extends z.ZodType>(item: T, maximum: number, minimum = 0) {
  return z
    .array(item)
    .refine(
      (values) => values.length >= minimum && values.length <= maximum,
      problem('BASE_TYPE_BAD_LENGTH', `Must be between ${minimum} and ${maximum} in length.`),
    );
}

const maximumPermissions = (1n << 60n) - 1n;

/** Permissions as a decimal text (or number). */
export const permissionBits = z
  .union([z.string(), z.int().nonnegative()])
  .transform(String)
  .refine(
    (value) => /^\d{1,19}$/.test(value) && BigInt(value) <= maximumPermissions,
    problem('PERMISSIONS_TYPE_INVALID', 'Value is not a valid permission set.'),
  );

/** An ISO 8601 time, given on in Discord's own form. */
export const isoTime = z
  .string()
  .refine(
    (value) => /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value)),
    problem('DATE_TIME_TYPE_PARSE', 'Could not parse the value. Should be ISO8601.'),
  )
  .transform((value) => new Date(value).toISOString().replace('Z', '000+00:00'));

/** An address that embeds and buttons may carry. */
export function url(schemes: readonly string[], maximum = 2048) {
  return z
    .string()
    .max(maximum)
    .refine(
      (value) => schemes.some((scheme) => value.startsWith(`${scheme}://`)) && URL.canParse(value),
      problem(
        'URL_TYPE_INVALID_SCHEME',
        `Scheme must be one of (${schemes.map((scheme) => `'${scheme}'`).join(', ')}).`,
      ),
    );
}

/** A nullable field whose null means the same as its absence. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}
