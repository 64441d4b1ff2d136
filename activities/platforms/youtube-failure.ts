/** What a request to YouTube that failed means for a post. */

import { nextPacificMidnight } from '../../domain/pacific-midnight.ts';
import type { NotPublished, Unknown } from '../../domain/platforms.ts';
import { networkFailureOf, outcomeOfLostRequest } from './network.ts';

const UNAUTHORISED = 401;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;
/** Where YouTube says that it is asked too fast, and not for how long. */
const STANDARD_WAIT_MS = 60_000;

/** The quotas that come again at midnight in California. */
const OF_THE_DAY = new Set(['quotaExceeded', 'dailyLimitExceeded', 'uploadLimitExceeded']);
const OF_THE_MINUTE = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'uploadRateLimitExceeded']);
/** The account has not allowed what we want to do. */
const NOT_ALLOWED = new Set(['insufficientPermissions', 'authError', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);

/** What staff can do about the refusals that they are likely to see, by YouTube's reasons. */
const ADVICE: Readonly<Record<string, string>> = {
  invalidTitle: 'YouTube does not take the title: it has to have 1 to 100 characters, and neither < nor >.',
  invalidDescription:
    'YouTube does not take the text: it can have 5,000 bytes, which are fewer characters where they are not English, and neither < nor >.',
  invalidTags:
    'YouTube does not take the hashtags: together they can have 500 characters, and neither < nor >.',
  invalidCategoryId: 'YouTube does not take the category: correct categoryId in community.yaml.',
  youtubeSignupRequired: 'The account has no channel on YouTube: open one.',
  videoNotFound: 'The video is not on YouTube any more.',
  duplicate: 'YouTube says that it has this already.',
};

/** An answer that refuses something. */
export interface YoutubeRefusal {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What Google's library throws, as far as we look at it. The request in it (`config`), which holds the token, is left alone. */
interface GaxiosError extends Error {
  readonly config: unknown;
  readonly response?: {
    readonly status: number;
    readonly headers: Iterable<readonly [string, string]>;
    readonly data: unknown;
  };
}

/**
 * What a request came to, by what the library or `fetch` has thrown, at `now` (ms since 1970). `unknown`: it may have been carried
 * out. What is no failed request is thrown again.
 */
export function failureOf(error: unknown, now: number): NotPublished | Unknown {
  const failure = networkFailureOf(error);
  if (!isGaxiosError(error)) {
    if (failure === undefined) throw error;
    return outcomeOfLostRequest('youtube', failure);
  }
  if (error.response === undefined) return outcomeOfLostRequest('youtube', failure);
  const { status, headers, data: body } = error.response;
  return failureOfRefusal({ status, headers: Object.fromEntries(headers), body }, now);
}

/** What a request that may be repeated came to: where nobody knows whether it was carried out, it does not matter. */
export function harmless(failure: NotPublished | Unknown): NotPublished {
  return failure.kind === 'unknown' ? { kind: 'unavailable', reason: failure.reason } : failure;
}

/** The same, by an answer. */
export function failureOfRefusal(
  { status, headers, body }: YoutubeRefusal,
  now: number,
): NotPublished | Unknown {
  const { reason, message } = errorIn(body);
  if (OF_THE_DAY.has(reason)) return { kind: 'rate-limited', until: nextPacificMidnight(now) };
  if (status === TOO_MANY_REQUESTS || OF_THE_MINUTE.has(reason))
    return { kind: 'rate-limited', until: afterWait(headers['retry-after'], now) };
  if (status >= FIRST_SERVER_ERROR) return { kind: 'unknown', reason: `YouTube answered ${status}.` };
  const advice = ADVICE[reason];
  if (advice !== undefined) return { kind: 'rejected', reason: advice };
  if (status === UNAUTHORISED || NOT_ALLOWED.has(reason))
    return { kind: 'authorisation expired', reason: 'YouTube refuses the token of the account.' };
  return { kind: 'rejected', reason: `YouTube says: ${message || `${status} ${reason}`.trim()}` };
}

function isGaxiosError(error: unknown): error is GaxiosError {
  return error instanceof Error && 'config' in error;
}

/** `Retry-After` has seconds, or a date. */
function afterWait(retryAfter: string | undefined, now: number): number {
  const seconds = Number(retryAfter);
  if (retryAfter !== undefined && seconds >= 0) return now + Math.max(1, seconds) * 1_000;
  const date = Date.parse(retryAfter ?? '');
  return Number.isNaN(date) ? now + STANDARD_WAIT_MS : Math.max(date, now + 1_000);
}

/** The first error of an answer: Google's name for it, and its words, without the links in them. */
function errorIn(body: unknown): { reason: string; message: string } {
  const { error } = (body ?? {}) as {
    readonly error?: { readonly message?: string; readonly errors?: readonly { readonly reason?: string }[] };
  };
  const message = (error?.message ?? '').replace(/<[^>]*>/g, '');
  return { reason: error?.errors?.[0]?.reason ?? '', message };
}
