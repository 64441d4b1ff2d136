/**
 * Holds recorded traffic against Discord's official OpenAPI description, which the environment variable
 * `DISCORD_OPENAPI` names. Record with `startLocalDiscord({ recordExchanges: true })`, read with
 * `control.getExchanges()`, and pass the exchanges to `checkExchanges`.
 */

import { readFileSync } from 'node:fs';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Exchange } from '../../sandbox/control/api.ts';

/** The file with the description, or undefined where there is none. */
export const descriptionFile = process.env.DISCORD_OPENAPI;

interface Operation {
  requestBody?: { content: Record<string, { schema?: object }> };
  responses: Record<string, { content?: Record<string, { schema?: object }>; $ref?: string }>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
}

/** An exchange that is not as Discord describes it. */
export interface Violation {
  method: string;
  route: string;
  part: 'request' | 'response' | 'operation';
  status: number;
  problem: string;
}

/** Where we or Discord knowingly differ from the description. `part` and `problem` narrow it down. */
interface Deviation {
  route: RegExp;
  part: Violation['part'];
  /** Any status when absent. */
  status?: number;
  problem: RegExp;
  reason: string;
}

/** The whole list. Each entry says why. */
const deviations: readonly Deviation[] = [
  {
    route: /./,
    part: 'request',
    problem: /\/(permissions|allow|deny|default_member_permissions) must be integer,null$/,
    reason:
      'Permissions have more bits than a JSON number keeps: clients send them as text, as the documentation says ' +
      '("Permissions").',
  },
  {
    route: /./,
    part: 'request',
    problem: /^\/(data\/)?attachments\/\d+\/id must be (string|null)$/,
    reason: 'discord.js numbers the files of a message with numbers; Discord takes both.',
  },
  {
    route: /./,
    part: 'response',
    problem: /\/_errors\/\d+\/code must be integer$/,
    reason: 'The codes of nested errors are names such as BASE_TYPE_REQUIRED ("Error Messages").',
  },
  {
    route: /./,
    part: 'response',
    status: 429,
    problem: /^\/ must have required property 'code'$/,
    reason: 'The answer to one request too many has a code for some limits only ("Rate Limits").',
  },
];

export class DiscordContract {
  readonly #description: Description;
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #patterns: { path: string; segments: string[] }[];

  constructor(file: string) {
    this.#description = JSON.parse(readFileSync(file, 'utf8')) as Description;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(this.#description, 'discord');
    this.#patterns = Object.keys(this.#description.paths).map((path) => ({
      path,
      segments: path.split('/'),
    }));
  }

  /** Everything in the exchanges that is not as described and not a known deviation. */
  checkExchanges(exchanges: readonly Exchange[]): Violation[] {
    return exchanges
      .flatMap((exchange) => this.#check(exchange))
      .filter((violation) => !deviations.some((known) => isKnown(known, violation)));
  }

  #check(exchange: Exchange): Violation[] {
    const violation = (part: Violation['part'], problem: string): Violation => {
      const { method, route, status } = exchange;
      return { method, route, status, part, problem };
    };
    const path = this.#findPath(exchange.path.replace(/^\/api\/v\d+/, ''));
    const method = exchange.method.toLowerCase();
    const operation = path === undefined ? undefined : this.#description.paths[path]?.[method];
    if (path === undefined || operation === undefined)
      return exchange.status === 404 || exchange.status === 405
        ? []
        : [violation('operation', `Discord describes no ${exchange.method} ${exchange.path}`)];
    return [
      ...this.#requestProblems(exchange, operation, path, method).map((text) => violation('request', text)),
      ...this.#responseProblems(exchange, operation, path, method).map((text) => violation('response', text)),
    ];
  }

  /** A request that was refused may well be malformed; the others must not be. */
  #requestProblems(exchange: Exchange, operation: Operation, path: string, method: string): string[] {
    if (exchange.status >= 400 || exchange.requestType === null) return [];
    if (operation.requestBody?.content['application/json']?.schema === undefined)
      return ['a body is not described'];
    const pointer = pointerTo('paths', path, method, 'requestBody', 'content', 'application/json', 'schema');
    return this.#problems(pointer, exchange.requestBody);
  }

  #responseProblems(exchange: Exchange, operation: Operation, path: string, method: string): string[] {
    const { status } = exchange;
    const key = [String(status), `${Math.floor(status / 100)}XX`].find((name) => name in operation.responses);
    if (key === undefined) return [`the status ${status} is not described`];
    const response = operation.responses[key];
    if (response?.$ref !== undefined) {
      const name = response.$ref.split('/').at(-1) ?? '';
      const pointer = pointerTo('components', 'responses', name, 'content', 'application/json', 'schema');
      return this.#problems(pointer, exchange.responseBody);
    }
    if (response?.content?.['application/json']?.schema === undefined)
      return exchange.responseBody === undefined ? [] : [`the status ${status} has no body`];
    const pointer = pointerTo(
      'paths',
      path,
      method,
      'responses',
      key,
      'content',
      'application/json',
      'schema',
    );
    return this.#problems(pointer, exchange.responseBody);
  }

  #problems(pointer: string, value: unknown): string[] {
    let validate = this.#validators.get(pointer);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: `discord#${pointer}` });
      this.#validators.set(pointer, validate);
    }
    if (validate(value)) return [];
    return mostTelling(validate.errors ?? []).map((error) => `${error.instancePath || '/'} ${error.message}`);
  }

  /** The described path that fits, the one with the most fixed parts first. */
  #findPath(path: string): string | undefined {
    const segments = path.split('/').map((segment) => decodeURIComponent(segment));
    const fits = this.#patterns.filter(
      (pattern) =>
        pattern.segments.length === segments.length &&
        pattern.segments.every((part, index) => part.startsWith('{') || part === segments[index]),
    );
    const fixed = (candidate: { segments: string[] }) =>
      candidate.segments.filter((part) => !part.startsWith('{')).length;
    return fits.sort((a, b) => fixed(b) - fixed(a))[0]?.path;
  }
}

function pointerTo(...keys: string[]): string {
  return keys
    .map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
    .join('');
}

/**
 * Of a union's many complaints those that say what is wrong: not those of the alternatives that a field `type`
 * rules out, and of the others the deepest.
 */
function mostTelling(errors: ErrorObject[]): ErrorObject[] {
  const ruledOut = new Set(errors.filter(isAboutType).map(alternativeOf));
  const meant = errors.filter((error) => !ruledOut.has(alternativeOf(error)));
  const left = meant.length > 0 ? meant : errors;
  const depth = (error: ErrorObject) => error.instancePath.split('/').length;
  const deepest = Math.max(...left.map(depth));
  return left.filter((error) => depth(error) === deepest).slice(0, 5);
}

function isAboutType(error: ErrorObject): boolean {
  return error.instancePath.endsWith('/type') && (error.keyword === 'enum' || error.keyword === 'const');
}

/** The schema within the union, and the object that is held against it. */
function alternativeOf(error: ErrorObject): string {
  const schema = error.schemaPath.replace(/(\/schemas\/[^/]+)\/.*$/, '$1');
  const object = /\/properties\/[^/]+\/\w+$/.test(error.schemaPath)
    ? error.instancePath.replace(/\/[^/]*$/, '')
    : error.instancePath;
  return `${schema} ${object}`;
}

function isKnown(known: Deviation, violation: Violation): boolean {
  return (
    known.part === violation.part &&
    (known.status === undefined || known.status === violation.status) &&
    known.route.test(violation.route) &&
    known.problem.test(violation.problem)
  );
}
