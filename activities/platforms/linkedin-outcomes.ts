/** What LinkedIn's refusals come to: for the course of a post, and in words for staff. */

import type { NotPublished, Unknown } from '../../domain/platforms.ts';
import type { LinkedinAnswer } from '../../runtime/linkedin-answer.ts';
import { networkFailureOf, unavailable } from './network.ts';
import type { ReadTools } from './publisher.ts';

type Refused = Omit<LinkedinAnswer<unknown>, 'body'>;

/** Daily limits end at midnight UTC ("Rate limiting" in LinkedIn's API docs); it sends no header that says so. */
const DAY_MS = 86_400_000;
/** LinkedIn also refuses in order to protect itself, and says only that this passes. */
const STANDARD_WAIT_MS = 900_000;

const UNAUTHORISED = 401;
const FORBIDDEN = 403;
const REQUEST_TIMEOUT = 408;
const CONFLICT = 409;
const VERSION_IS_OVER = 426;
const TOO_MANY_REQUESTS = 429;
const FIRST_SERVER_ERROR = 500;

/** The setting that names the version. */
const VERSION_SETTING = 'distribution.platforms.linkedin.version';

/** Does what can be done again without harm: without an answer, LinkedIn is out of reach for the moment. */
export async function repeatable<Result>(
  { signal }: Pick<ReadTools, 'signal'>,
  work: () => Promise<Result>,
): Promise<Result | ReturnType<typeof unavailable>> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    const failure = networkFailureOf(error);
    if (failure === undefined) throw error;
    return unavailable('linkedin', failure);
  }
}

/** Something that is the same is there already; LinkedIn names it. */
export function duplicateNamedBy({ status, refusal }: Refused): string | undefined {
  if (status < 400 || status >= FIRST_SERVER_ERROR) return undefined;
  return /duplicate of (urn:li:(?:share|ugcPost|activity):\d+)/i.exec(refusal?.message ?? '')?.[1];
}

/** What a refusal means that says that nothing was done. `version` is the one that was asked for. */
export function notPublished(answer: Refused, version: string, now: number): NotPublished {
  const { status, refusal } = answer;
  const said = refusal?.message.trim().replace(/\.$/, '') || `status ${status}`;
  if (status === UNAUTHORISED)
    return { kind: 'authorisation expired', reason: `LinkedIn does not take the account's token: ${said}.` };
  if (status === TOO_MANY_REQUESTS) return { kind: 'rate-limited', until: limitedUntil(answer, now) };
  if (status >= FIRST_SERVER_ERROR || status === CONFLICT)
    return { kind: 'unavailable', reason: `LinkedIn is out of order: ${said}.` };
  if (status === VERSION_IS_OVER) return { kind: 'rejected', reason: versionIsOver(version) };
  if (status === FORBIDDEN)
    return {
      kind: 'rejected',
      reason: `The account may not publish on this page: make it an administrator there, or connect another (${said}).`,
    };
  return { kind: 'rejected', reason: `LinkedIn refuses it: ${said}.` };
}

/** The same after publishing: behind an error of LinkedIn's own the post may stand all the same. */
export function notPublishedOrUnknown(answer: Refused, version: string, now: number): NotPublished | Unknown {
  const isAnswered = answer.status < FIRST_SERVER_ERROR && answer.status !== REQUEST_TIMEOUT;
  if (isAnswered) return notPublished(answer, version, now);
  return { kind: 'unknown', reason: `LinkedIn answered ${answer.status}.` };
}

/** What staff do about a version that is over. */
function versionIsOver(version: string): string {
  return `Version ${version} of LinkedIn's API is over: set ${VERSION_SETTING} in community.yaml to a later month, restart, and retry.`;
}

/** Until when LinkedIn takes nothing, in ms since 1970. */
function limitedUntil({ headers, refusal }: Refused, now: number): number {
  const retryAfter = headers.get('retry-after');
  const seconds = Number(retryAfter ?? Number.NaN);
  if (Number.isFinite(seconds)) return now + Math.max(1, seconds) * 1_000;
  const date = Date.parse(retryAfter ?? '');
  if (!Number.isNaN(date)) return date;
  const isDaily = /\bday\b/i.test(refusal?.message ?? '');
  return isDaily ? (Math.floor(now / DAY_MS) + 1) * DAY_MS : now + STANDARD_WAIT_MS;
}
