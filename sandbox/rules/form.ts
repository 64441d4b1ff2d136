/** Checks request bodies with zod and says what is wrong in Discord's nested form (error 50035). */

import type { z } from 'zod';
import { DiscordError } from './errors.ts';

/** One problem of a field. */
export interface FormProblem {
  code: string;
  message: string;
}

/** Problems of the fields, nested as the fields are; a list's index is a key. */
export interface FormErrors {
  _errors?: FormProblem[];
  [field: string]: FormErrors | FormProblem[] | undefined;
}

type Path = readonly PropertyKey[];

/**
 * Checks a body, query or path. `at` is where in the form the value stands.
 * @throws DiscordError 50035 with every problem.
 */
export function checkForm<S extends z.ZodType>(schema: S, value: unknown, at: Path = []): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors: FormErrors = {};
  for (const issue of result.error.issues) addIssue(errors, issue, at);
  throw new DiscordError('invalidFormBody', { formErrors: errors });
}

/** The refusal for one field, for rules that no schema can state. */
export function formError(path: Path, code: string, message: string): DiscordError {
  const errors: FormErrors = {};
  addProblem(errors, path, { code, message });
  return new DiscordError('invalidFormBody', { formErrors: errors });
}

/** A problem that a schema's own check (`refine`) reports: `params` of the issue. */
export function problem(code: string, message: string): { params: FormProblem; message: string } {
  return { params: { code, message }, message };
}

function addIssue(errors: FormErrors, issue: z.core.$ZodIssue, prefix: Path): void {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    addUnionIssue(errors, issue.errors, path);
    return;
  }
  addProblem(errors, path, problemOf(issue));
}

/** Of a union's alternatives the one that came furthest says best what is wrong. */
function addUnionIssue(errors: FormErrors, alternatives: z.core.$ZodIssue[][], path: Path): void {
  const depth = (issues: z.core.$ZodIssue[]) => Math.max(...issues.map((issue) => issue.path.length));
  const best = alternatives.reduce((a, b) => (depth(b) > depth(a) ? b : a));
  for (const issue of best) addIssue(errors, issue, path);
}

function addProblem(errors: FormErrors, path: Path, found: FormProblem): void {
  let node = errors;
  for (const key of path) {
    const next = node[String(key)];
    const child: FormErrors = next !== undefined && !Array.isArray(next) ? next : {};
    node[String(key)] = child;
    node = child;
  }
  node._errors = [...(node._errors ?? []), found];
}

function problemOf(issue: z.core.$ZodIssue): FormProblem {
  switch (issue.code) {
    case 'invalid_type':
      return typeProblem(issue.expected, issue.input);
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum));
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum));
    case 'invalid_value':
      return choices(issue.values);
    case 'invalid_format':
      return formatProblem(issue.format);
    case 'custom':
      return customProblem(issue);
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}

function typeProblem(expected: string, input: unknown): FormProblem {
  if (input === undefined || input === null)
    return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  if (expected === 'array')
    return { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' };
  if (expected === 'object' || expected === 'record')
    return { code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' };
  if (expected === 'number' || expected === 'int')
    return { code: 'NUMBER_TYPE_COERCE', message: `Value "${shown(input)}" is not int.` };
  if (expected === 'boolean')
    return { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' };
  return { code: 'STRING_TYPE_CONVERT', message: `Could not interpret "${shown(input)}" as string.` };
}

function shown(input: unknown): string {
  const text = typeof input === 'string' ? input : (JSON.stringify(input) ?? String(input));
  return text.slice(0, 100);
}

function tooBig(origin: string, maximum: number): FormProblem {
  if (origin === 'string' || origin === 'array')
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` };
  return { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${maximum}.` };
}

function tooSmall(origin: string, minimum: number): FormProblem {
  if ((origin === 'string' || origin === 'array') && minimum === 1)
    return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  if (origin === 'string' || origin === 'array')
    return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${minimum} or more in length.` };
  return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${minimum}.` };
}

function choices(values: readonly unknown[]): FormProblem {
  const list = values.map((value) => (typeof value === 'string' ? `'${value}'` : String(value))).join(', ');
  return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${list}}.` };
}

function formatProblem(format: string): FormProblem {
  if (format === 'url') return { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' };
  if (format === 'datetime')
    return { code: 'DATE_TIME_TYPE_PARSE', message: 'Could not parse the value. Should be ISO8601.' };
  return { code: 'STRING_TYPE_REGEX', message: 'String value did not match validation regex.' };
}

function customProblem(issue: z.core.$ZodIssueCustom): FormProblem {
  const { code, message } = issue.params ?? {};
  if (typeof code === 'string' && typeof message === 'string') return { code, message };
  return { code: 'BASE_TYPE_INVALID', message: issue.message };
}
