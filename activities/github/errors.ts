import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

const UNAUTHORISED = 401;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
const TOO_MANY_REQUESTS = 429;
const FIRST_ERROR = 400;
const FIRST_SERVER_ERROR = 500;
export const NOT_MODIFIED = 304;

/** GitHub asks to wait so long where it says that a limit is reached, but not until when ("Rate limits for the REST API"). */
const STANDARD_WAIT_MS = 60_000;
/** Its limits are those of an hour. */
const LONGEST_WAIT_MS = 3_600_000;

/** A refusal by GitHub that will not change by trying again at once. */
export interface GithubRefusal {
  readonly status: number;
  /** What to tell staff. */
  readonly reason: string;
  /** What the device flow says, by its code: `authorization_pending`, … */
  readonly code: string | undefined;
  /** How long to wait from now on, in seconds, if the device flow says so. */
  readonly interval: number | undefined;
}

/** What staff can do about the refusals that they are likely to see. */
const ADVICE: Readonly<Record<number, string>> = {
  [UNAUTHORISED]: 'GitHub refuses the token: set a valid GITHUB_TOKEN and restart',
  [FORBIDDEN]: 'GITHUB_TOKEN may not read this: give it read access to the repository',
  [NOT_FOUND]: 'there is no such thing, or GITHUB_TOKEN may not see it: correct its name in community.yaml',
};

/** The headers of an answer by GitHub. */
type GithubHeaders = Readonly<Record<string, string | number | undefined>>;

/** What Octokit throws, as far as we look at it. The request in it, which holds secrets, is left alone. */
export interface OctokitError extends Error {
  readonly status: number;
  /** Absent when there was no answer: the status is not GitHub's then. */
  readonly response?: { readonly headers: GithubHeaders; readonly data: unknown };
}

/**
 * Makes a request to GitHub. Gives its answer, or the refusal; `304 Not Modified` comes as one, too. Everything else is thrown
 * as a failure that Temporal tries again: after a rate limit when GitHub said.
 */
export async function askGithub<Answer>(
  request: () => Promise<Answer>,
): Promise<{ answer: Answer } | { refusal: GithubRefusal }> {
  try {
    return { answer: await request() };
  } catch (error) {
    if (!isOctokitError(error)) throw error;
    if (isRateLimit(error)) throw rateLimited(error);
    if (error.status === NOT_MODIFIED) return { refusal: toRefusal(error) };
    if (error.status >= FIRST_ERROR && error.status < FIRST_SERVER_ERROR)
      return { refusal: toRefusal(error) };
    // Without its cause: that holds the request.
    throw ApplicationFailure.create({ type: 'GithubUnavailable', message: `GitHub: ${error.message}` });
  }
}

/** Whether `error` is a request to GitHub that failed. */
export function isOctokitError(error: unknown): error is OctokitError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/** Whether GitHub refuses a request because there were too many, and not for what it is. */
export function isRateLimit({ status, response }: OctokitError): boolean {
  if (status === TOO_MANY_REQUESTS) return true;
  const headers = response?.headers ?? {};
  return (
    status === FORBIDDEN &&
    (header(headers, 'retry-after') !== undefined || header(headers, 'x-ratelimit-remaining') === 0)
  );
}

function rateLimited(error: OctokitError): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'RateLimited',
    message: "GitHub's rate limit is reached",
    nextRetryDelay: waitOf(error.response?.headers ?? {}),
    category: ApplicationFailureCategory.BENIGN,
  });
}

/** How long GitHub wants us to wait after a rate limit, in ms, by the headers of its answer. */
export function waitOf(headers: GithubHeaders): number {
  const retryAfter = header(headers, 'retry-after');
  if (retryAfter !== undefined) return Math.min(Math.max(1, retryAfter) * 1_000, LONGEST_WAIT_MS);
  const reset = header(headers, 'x-ratelimit-reset');
  // The end of its hour is compared with its own clock.
  const answeredAt = Date.parse(String(headers.date));
  if (header(headers, 'x-ratelimit-remaining') !== 0 || reset === undefined || Number.isNaN(answeredAt))
    return STANDARD_WAIT_MS;
  return Math.min(Math.max(1_000, reset * 1_000 - answeredAt), LONGEST_WAIT_MS);
}

function header(headers: GithubHeaders, name: string): number | undefined {
  const value = headers[name];
  return value === undefined || Number.isNaN(Number(value)) ? undefined : Number(value);
}

function toRefusal({ status, message, response }: OctokitError): GithubRefusal {
  const { error: code, interval } = (response?.data ?? {}) as { error?: unknown; interval?: unknown };
  return {
    status,
    reason: ADVICE[status] ?? `GitHub answered ${status}: ${message}`,
    code: typeof code === 'string' ? code : undefined,
    interval: typeof interval === 'number' ? interval : undefined,
  };
}
