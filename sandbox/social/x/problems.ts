/** X's refusals (RFC 9457, as X fills it in). */

import type { Refusal } from '../stand-in.ts';

const PROBLEMS = 'https://api.twitter.com/2/problems';

/** A request that X refuses, with its answer. */
export class XProblem extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`X refuses with ${refusal.status}`);
    this.refusal = refusal;
  }
}

const TITLES = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
} as const;

/** A refusal whose kind is that of its status. */
export function plainRefusal(status: number, detail?: string, headers: Refusal['headers'] = {}): Refusal {
  const title = (TITLES as Readonly<Record<number, string>>)[status] ?? 'Error';
  return {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', ...headers },
    body: { title, detail: detail ?? title, type: 'about:blank', status },
  };
}

/** Something in the request is wrong: X says of which parameter. */
export function invalidRequest(
  message: string,
  parameters: Readonly<Record<string, readonly string[]>> = {},
): XProblem {
  return new XProblem({
    status: 400,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    body: {
      errors: [{ parameters, message }],
      title: 'Invalid Request',
      detail: 'One or more parameters to your request was invalid.',
      type: `${PROBLEMS}/invalid-request`,
    },
  });
}

export const DUPLICATE = 'You are not allowed to create a Tweet with duplicate content.';

/** Something that is asked for by its id is not there: a part of an answer that is none the less 200. */
export function notFound(resource: string, parameter: string, value: string): object {
  return {
    value,
    detail: `Could not find ${resource} with ${parameter}: [${value}].`,
    title: 'Not Found Error',
    resource_type: resource,
    parameter,
    resource_id: value,
    type: `${PROBLEMS}/resource-not-found`,
  };
}

/** A field of something may not be read: a part of an answer that is none the less 200. */
export function fieldNotAllowed(field: string, id: string): object {
  return {
    resource_type: 'tweet',
    field,
    parameter: 'ids',
    resource_id: id,
    title: 'Field Authorization Error',
    section: 'data',
    detail: `Sorry, you are not authorized to access '${field}' on the Tweet with ids : [${id}].`,
    value: id,
    type: `${PROBLEMS}/not-authorized-for-field`,
  };
}
