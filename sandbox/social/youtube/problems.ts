/** Refusals as Google's APIs word them ("Errors" in the documentation of the YouTube Data API). */

import type { Refusal } from '../stand-in.ts';

/** A request that is refused. */
export class YoutubeProblem extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`refused with ${refusal.status}`);
    this.refusal = refusal;
  }
}

/** What else belongs to an error: by which part of the API it is given, Google's own name of the status, headers. */
interface Details {
  readonly domain?: string;
  readonly status?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer with one error in it. */
export function refusalOf(code: number, reason: string, message: string, details: Details = {}): Refusal {
  const { domain = 'youtube.video', status, headers } = details;
  const errors = [{ message, domain, reason }];
  return {
    status: code,
    ...(headers !== undefined && { headers }),
    body: { error: { code, message, errors, ...(status !== undefined && { status }) } },
  };
}

export const problem = (...parameters: Parameters<typeof refusalOf>): YoutubeProblem =>
  new YoutubeProblem(refusalOf(...parameters));

export const UNAUTHORISED = refusalOf(
  401,
  'authError',
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  {
    domain: 'global',
    status: 'UNAUTHENTICATED',
    headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
  },
);

/** The quota of the day is used up. When it comes again is documented, and not said here. */
export const QUOTA_EXCEEDED = refusalOf(
  403,
  'quotaExceeded',
  'The request cannot be completed because you have exceeded your <a href="/youtube/v3/getting-started#quota">quota</a>.',
  { domain: 'youtube.quota' },
);

export const UPLOAD_LIMIT_EXCEEDED = refusalOf(
  400,
  'uploadLimitExceeded',
  'The user has exceeded the number of videos they may upload.',
);

/** Too many requests in a short time. */
export function tooFast(resetAt: number): Refusal {
  const after = new Date(Math.ceil(resetAt / 1_000) * 1_000).toUTCString();
  return refusalOf(429, 'rateLimitExceeded', 'Quota exceeded for quota metric of requests per minute.', {
    ...{ domain: 'usageLimits', status: 'RESOURCE_EXHAUSTED', headers: { 'retry-after': after } },
  });
}
