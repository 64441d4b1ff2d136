/** What a request to GitHub that failed means for a post. */

import type { NotPublished, Unknown } from '../../domain/platforms.ts';
import { isOctokitError, isRateLimit, type OctokitError, waitOf } from '../github/errors.ts';
import { networkFailureOf, outcomeOfLostRequest } from './network.ts';
import type { CheckTools } from './publisher.ts';

const UNAUTHORISED = 401;
const NOT_FOUND = 404;
const FIRST_SERVER_ERROR = 500;

/** What Octokit throws where GraphQL answers with errors. There may be data beside them. */
interface GraphqlError extends Error {
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly errors: readonly {
    readonly type?: string;
    readonly message: string;
    /** The field that could not be answered: names, and places in a list. */
    readonly path?: readonly (string | number)[];
  }[];
  readonly data?: Readonly<Record<string, unknown>> | null;
}

/**
 * What a request came to, by what Octokit has thrown, at `now` (ms since 1970). `unknown`: it may have been carried out.
 * What is no failed request is thrown again.
 */
export function failureOf(error: unknown, now: number): NotPublished | Unknown {
  if (isGraphqlError(error)) return ofGraphql(error, now);
  if (!isOctokitError(error)) throw error;
  if (isRateLimit(error)) return { kind: 'rate-limited', until: now + waitOf(error.response?.headers ?? {}) };
  if (error.response === undefined) return outcomeOfLostRequest('github', networkFailureOf(error));
  if (error.status >= FIRST_SERVER_ERROR)
    return { kind: 'unknown', reason: `GitHub answered ${error.status}.` };
  if (error.status === UNAUTHORISED)
    return { kind: 'authorisation expired', reason: 'GitHub refuses the token of the account.' };
  if (error.status === NOT_FOUND) return { kind: 'rejected', reason: NOWHERE };
  return { kind: 'rejected', reason: `GitHub says: ${explanationOf(error)}` };
}

/** What a request that may be repeated came to: where nobody knows whether it was carried out, it does not matter. */
export function nothingDone(error: unknown, { now }: Pick<CheckTools, 'now'>): NotPublished {
  const failure = failureOf(error, now());
  return failure.kind === 'unknown' ? { kind: 'unavailable', reason: failure.reason } : failure;
}

const NOWHERE = 'GitHub knows no such repository or post, or the account may not write there.';

/** The types are those that its documentation and its answers name; one without a type is an error of GitHub's own. */
function ofGraphql({ errors, headers }: GraphqlError, now: number): NotPublished | Unknown {
  const reason = `GitHub says: ${errors.map(({ message }) => message).join(', ')}`;
  switch (errors[0]?.type) {
    case 'RATE_LIMITED':
      return { kind: 'rate-limited', until: now + waitOf(headers) };
    case 'INSUFFICIENT_SCOPES':
      return { kind: 'authorisation expired', reason };
    case 'NOT_FOUND':
      return { kind: 'rejected', reason: NOWHERE };
    case 'FORBIDDEN':
    case 'UNPROCESSABLE':
      return { kind: 'rejected', reason };
    default:
      return { kind: 'unknown', reason };
  }
}

/** Whether `error` is GraphQL's answer that something was wrong. */
export function isGraphqlError(error: unknown): error is GraphqlError {
  return error instanceof Error && error.name === 'GraphqlResponseError';
}

/** GitHub's own words for what is wrong with a request. */
function explanationOf({ message, response }: OctokitError): string {
  const data = (response?.data ?? {}) as {
    readonly message?: string;
    readonly errors?: readonly {
      readonly field?: string;
      readonly code?: string;
      readonly message?: string;
    }[];
  };
  const details = (data.errors ?? []).map((one) => one.message ?? `${one.field} ${one.code}`);
  return [data.message ?? message, ...details].join(': ');
}
