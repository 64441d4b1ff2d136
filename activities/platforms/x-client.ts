/** The client of X, pointed at an address, and what its failures mean. */

import http from 'node:http';
import https from 'node:https';
import { type ITwitterApiClientPlugin, TwitterApi, type TwitterApiv2 } from 'twitter-api-v2';
import type { NotPublished } from '../../domain/platforms.ts';
import type { PlatformAddress } from '../../runtime/platform-addresses.ts';
import { type NetworkFailure, networkFailureOf, unavailable } from './network.ts';

/** Where the client takes X to be. */
const REAL_API = /^https:\/\/api\.x\.com(?=\/)/;
const QUARTER_HOUR_MS = 15 * 60_000;
/** What X says of itself is shown to staff, up to here. */
const LONGEST_REASON = 300;

/** Where X's own headers say how much is left, and until when. */
const LIMITS = ['x-rate-limit', 'x-app-limit-24hour', 'x-user-limit-24hour'];

/** A request to X has failed: X has refused it, or there was no answer. */
export type XFailure =
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly headers: Readonly<Record<string, unknown>>;
      readonly body: unknown;
    }
  | { readonly kind: 'no answer'; readonly failure: NetworkFailure | undefined };

/** Thrown in place of the client's own errors: they hold the request with its token. */
class XRequestFailed extends Error {
  override readonly name = 'XRequestFailed';
  readonly failure: XFailure;

  constructor(failure: XFailure) {
    super('A request to X has failed');
    this.failure = failure;
  }
}

/**
 * The second version of X's API. The client tries nothing again by itself.
 *
 * @param signal ends whatever is on its way
 * @param timeoutMs for each request
 */
export function connectXClient(
  { api }: Pick<PlatformAddress, 'api'>,
  accessToken: string,
  signal: AbortSignal,
  timeoutMs: number,
): TwitterApiv2 {
  // Without connections that are kept: one that X has just ended would look like a lost answer.
  const Agent = api.startsWith('http:') ? http.Agent : https.Agent;
  return new TwitterApi(accessToken, {
    httpAgent: new Agent({ keepAlive: false }),
    plugins: [atAddress(api), inTime(signal, timeoutMs), withFailures()],
    // It waits for ever for a compressed answer that breaks off.
    compression: false,
  }).v2;
}

/** Asks there in place of the real X. */
function atAddress(api: string): ITwitterApiClientPlugin {
  return {
    onBeforeRequestConfig({ params }) {
      params.url = params.url.replace(REAL_API, api);
      // The client guesses this from the path, which is right only where the API is at the root.
      if (params.method === 'POST') params.forceBodyMode ??= 'json';
    },
  };
}

function inTime(signal: AbortSignal, timeoutMs: number): ITwitterApiClientPlugin {
  return {
    onBeforeRequest({ requestOptions }) {
      requestOptions.signal = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    },
  };
}

/** Throws what is known of a failure, and nothing else of it. */
function withFailures(): ITwitterApiClientPlugin {
  const causes = new WeakMap<object, unknown>();
  return {
    onBeforeRequestConfig({ params }) {
      // The client's error does not say why there was no answer.
      params.requestEventDebugHandler = (event, data) => {
        if (event === 'request-error') causes.set(params, data?.requestError);
      };
    },
    onRequestError({ params, error }) {
      const cause = causes.get(params) ?? ('responseError' in error ? error.responseError : undefined);
      throw new XRequestFailed({ kind: 'no answer', failure: networkFailureOf(cause) });
    },
    onResponseError({ error: { code, headers, data } }) {
      throw new XRequestFailed({ kind: 'refused', status: code, headers, body: data });
    },
  };
}

/** Why a request has failed. @throws what it is given when that is something else */
export function failureOf(error: unknown): XFailure {
  if (error instanceof XRequestFailed) return error.failure;
  throw error;
}

/** What a failure comes to where the request can be made again without harm. */
export function notPublishedBy(failure: XFailure, now: number): NotPublished {
  if (failure.kind === 'no answer') return unavailable('x', failure.failure);
  const { status, headers, body } = failure;
  if (status === 401)
    return { kind: 'authorisation expired', reason: 'X does not accept the access of the account any more.' };
  if (status === 429 && !isUsedUp(body)) return { kind: 'rate-limited', until: limitedUntil(headers, now) };
  if (status >= 500) return { kind: 'unavailable', reason: `X is out of order (${status}).` };
  return { kind: 'rejected', reason: reasonOf(status, body) };
}

/** Why X has refused something, in X's own words. */
function reasonOf(status: number, body: unknown): string {
  if (status === 402) return 'X asks for payment: the credits of the app are used up.';
  const { title, detail, errors = [] } = readProblem(body);
  const said = [...new Set(errors.map(({ message }) => message).filter((text) => text !== undefined))];
  const words = said.length > 0 ? said.join(' ') : (detail ?? title ?? '');
  return words === ''
    ? `X has refused it (${status}).`
    : `X says: ${words.slice(0, LONGEST_REASON)} (${status})`;
}

/** Whether X refuses a text because it is there already. */
export function isDuplicate(failure: XFailure): boolean {
  return (
    failure.kind === 'refused' &&
    failure.status === 403 &&
    /duplicate/i.test(readProblem(failure.body).detail ?? '')
  );
}

/** Whether what the app may use in a month is gone: that is no wait of minutes, and X does not say until when. */
function isUsedUp(body: unknown): boolean {
  return readProblem(body).type?.endsWith('usage-capped') ?? false;
}

function limitedUntil(headers: Readonly<Record<string, unknown>>, now: number): number {
  const resets = LIMITS.filter((name) => headers[`${name}-remaining`] === '0').map(
    (name) => Number(headers[`${name}-reset`]) * 1_000,
  );
  const until = Math.max(...resets.filter(Number.isFinite));
  // A clock that is ahead of X's must not make it ask at once, again and again.
  return Number.isFinite(until) ? Math.max(until, now + 1_000) : now + QUARTER_HOUR_MS;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly type?: string;
  readonly errors?: readonly { readonly message?: string }[];
}

/** What a refusal says; nothing where it is not as X words them, such as a page of some server in between. */
function readProblem(body: unknown): Problem {
  if (typeof body !== 'object' || body === null) return {};
  const { title, detail, type, errors } = body as Readonly<Record<string, unknown>>;
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof detail === 'string' && { detail }),
    ...(typeof type === 'string' && { type }),
    ...(Array.isArray(errors) && { errors: errors.map(toMessage) }),
  };
}

function toMessage(error: unknown): { message?: string } {
  const message: unknown = (error as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? { message } : {};
}
