/** Counts in windows of fixed length that begin with the first use, as Discord's buckets do. */

import type { Bucket } from '../control/api.ts';

interface Window {
  used: number;
  endsAt: number;
}

/** What is left after a use. */
export interface WindowUse {
  allowed: boolean;
  remaining: number;
  /** When the window ends, in milliseconds since 1970. */
  resetsAt: number;
}

export class Windows {
  readonly #windows = new Map<string, Window>();
  #nextSweep = 0;

  /** Uses the key's window once, unless it is used up. */
  use(key: string, bucket: Bucket, now: number): WindowUse {
    this.#sweep(now);
    let window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      window = { used: 0, endsAt: now + bucket.perMs };
      this.#windows.set(key, window);
    }
    const allowed = window.used < bucket.limit;
    if (allowed) window.used++;
    return { allowed, remaining: Math.max(0, bucket.limit - window.used), resetsAt: window.endsAt };
  }

  /** What a use would give, without using it. */
  peek(key: string, bucket: Bucket, now: number): WindowUse {
    const window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now)
      return { allowed: bucket.limit > 0, remaining: bucket.limit, resetsAt: now + bucket.perMs };
    const remaining = Math.max(0, bucket.limit - window.used);
    return { allowed: remaining > 0, remaining, resetsAt: window.endsAt };
  }

  clear(): void {
    this.#windows.clear();
  }

  #sweep(now: number): void {
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + 60_000;
    for (const [key, window] of this.#windows) if (window.endsAt <= now) this.#windows.delete(key);
  }
}
