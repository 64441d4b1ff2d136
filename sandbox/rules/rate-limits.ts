/** Discord's limits on HTTP requests (Discord docs, "Rate Limits"): buckets, the global limit, invalid requests. */

import { createHash } from 'node:crypto';
import type { Limits } from '../control/api.ts';
import { Windows, type WindowUse } from './window.ts';

/** What a request counts against. */
export interface LimitedRequest {
  /** The bucket's name, null when the route has none. */
  bucket: string | null;
  /** The channel, guild or webhook that the bucket counts for. */
  major: string;
  /** Answers to interactions are exempt from the global limit. */
  countsGlobally: boolean;
}

/** Whether the request may go on, and the headers of its answer. */
export interface LimitVerdict {
  headers: Record<string, string>;
  remaining: number | null;
  refusal: { retryAfter: number; global: boolean; code?: number } | null;
}

export class RateLimits {
  readonly #limits: () => Limits;
  readonly #windows = new Windows();
  readonly #now: () => number;

  constructor(limits: () => Limits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts the request. */
  check(request: LimitedRequest): LimitVerdict {
    const limits = this.#limits();
    if (!limits.enforced) return { headers: {}, remaining: null, refusal: null };
    const banned = this.#checkBan();
    if (banned !== null) return banned;
    const bucketVerdict = this.#checkBucket(request);
    if (bucketVerdict.refusal !== null || !request.countsGlobally) return bucketVerdict;
    return this.#checkGlobal() ?? bucketVerdict;
  }

  /** Counts an answer of 401, 403 or 429 towards the ban. */
  countInvalid(): void {
    const limits = this.#limits();
    if (limits.enforced) this.#windows.use('invalid', limits.invalidRequests, this.#now());
  }

  clear(): void {
    this.#windows.clear();
  }

  #checkBan(): LimitVerdict | null {
    const use = this.#windows.peek('invalid', this.#limits().invalidRequests, this.#now());
    if (use.allowed) return null;
    const retryAfter = this.#secondsUntil(use.resetsAt);
    return refused({ retryAfter, global: true }, { 'retry-after': String(Math.ceil(retryAfter)) });
  }

  #checkGlobal(): LimitVerdict | null {
    const use = this.#windows.use('global', this.#limits().global, this.#now());
    if (use.allowed) return null;
    const retryAfter = this.#secondsUntil(use.resetsAt);
    return refused(
      { retryAfter, global: true },
      {
        'x-ratelimit-global': 'true',
        'x-ratelimit-scope': 'global',
        'retry-after': String(Math.ceil(retryAfter)),
      },
    );
  }

  #checkBucket(request: LimitedRequest): LimitVerdict {
    const bucket = request.bucket === null ? undefined : this.#limits().buckets[request.bucket];
    if (request.bucket === null || bucket === undefined)
      return { headers: {}, remaining: null, refusal: null };
    const use = this.#windows.use(`${request.bucket}/${request.major}`, bucket, this.#now());
    const headers = this.#bucketHeaders(request.bucket, bucket.limit, use);
    if (use.allowed) return { headers, remaining: use.remaining, refusal: null };
    const retryAfter = this.#secondsUntil(use.resetsAt);
    return refused(
      { retryAfter, global: false },
      { ...headers, 'x-ratelimit-scope': 'user', 'retry-after': String(Math.ceil(retryAfter)) },
    );
  }

  #bucketHeaders(name: string, limit: number, use: WindowUse): Record<string, string> {
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(use.remaining),
      'x-ratelimit-reset': (use.resetsAt / 1000).toFixed(3),
      'x-ratelimit-reset-after': this.#secondsUntil(use.resetsAt).toFixed(3),
      'x-ratelimit-bucket': bucketHash(name),
    };
  }

  /** At least a millisecond: a client that waits no time at all would come too early. */
  #secondsUntil(time: number): number {
    return Math.max(0.001, (time - this.#now()) / 1000);
  }
}

function refused(
  refusal: { retryAfter: number; global: boolean },
  headers: Record<string, string>,
): LimitVerdict {
  return { headers, remaining: 0, refusal };
}

const hashes = new Map<string, string>();

/** The name by which clients know a bucket. */
function bucketHash(name: string): string {
  let hash = hashes.get(name);
  if (hash === undefined) {
    hash = createHash('sha256').update(name).digest('hex').slice(0, 32);
    hashes.set(name, hash);
  }
  return hash;
}
