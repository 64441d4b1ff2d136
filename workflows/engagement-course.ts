/** What is known of reading figures by its workflow: what is next, and which platforms are held. */

import { setCurrentDetails } from '@temporalio/workflow';
import type { CollectionOutcome, NextReadings } from '../domain/engagement.ts';
import { PLATFORM_LABELS, type Platform } from '../domain/platforms.ts';
import type { EngagementProgress, HeldPlatform } from './definitions/engagement.ts';
import { toTime } from './ui-time.ts';

/** While a platform is out of order, each pause is twice as long as the last one, up to the longest. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 30 * 60_000;
/** Nothing changes here before a person has connected an account, or changed what it may do. */
const UNTIL_A_PERSON_MS = 6 * 3_600_000;

/** When it is a platform's turn, and from when it may have it together with others: ms since 1970. */
interface Turn {
  readonly platform: Platform;
  readonly at: number;
  readonly firstAt: number;
}

type NotRead = Exclude<CollectionOutcome, { kind: 'read' }>;

export class EngagementCourse {
  readonly #held: Map<Platform, HeldPlatform>;
  readonly #pauses = new Map<Platform, number>();
  #turns: readonly Turn[] = [];
  #taken = 0;
  #requests = 0;

  constructor(held: readonly HeldPlatform[] = []) {
    this.#held = new Map(held.map((one) => [one.platform, one]));
  }

  /** Takes note of when readings are due. Who is held has its turn after that. */
  plan(next: readonly NextReadings[]): void {
    this.#turns = next.map(({ platform, dueAt, firstAt }) => {
      const until = this.#held.get(platform)?.until ?? 0;
      return { platform, at: Math.max(dueAt, until), firstAt: Math.max(firstAt, until) };
    });
    this.#show();
  }

  /** When the next turn is, or undefined if there is none. */
  get nextAt(): number | undefined {
    return this.#turns.length === 0 ? undefined : Math.min(...this.#turns.map(({ at }) => at));
  }

  /** Whose turn it is at `now`. Nobody's, before it is somebody's: then others may join. */
  whoseTurn(now: number): Platform[] {
    if (this.nextAt === undefined || this.nextAt > now) return [];
    return this.#turns.filter(({ firstAt }) => firstAt <= now).map(({ platform }) => platform);
  }

  /** Takes note of what came of a platform's turn, at `now`. */
  follow(platform: Platform, outcome: CollectionOutcome, now: number): void {
    if (outcome.kind !== 'unavailable') this.#pauses.delete(platform);
    if (outcome.kind !== 'read') {
      this.#held.set(platform, { platform, kind: outcome.kind, ...this.#holdAfter(platform, outcome, now) });
      return;
    }
    this.#held.delete(platform);
    this.#taken += outcome.taken;
    this.#requests += outcome.requests;
  }

  /** Who is held until a person has done something is held no more: somebody may have. A limit or an outage goes on. */
  releaseWhoWaitsForAPerson(): void {
    for (const { platform, kind } of this.held)
      if (kind === 'authorisation expired' || kind === 'not allowed') this.#held.delete(platform);
  }

  /** Which platforms are held, for the next run. */
  get held(): HeldPlatform[] {
    return [...this.#held.values()];
  }

  /** What `getEngagementProgress` answers. */
  describe(): EngagementProgress {
    return { nextAt: this.nextAt, held: this.held, taken: this.#taken, requests: this.#requests };
  }

  #holdAfter(platform: Platform, outcome: NotRead, now: number): Pick<HeldPlatform, 'until' | 'reason'> {
    switch (outcome.kind) {
      case 'rate-limited':
        // By our clock it may be over already.
        return { until: Math.max(outcome.until, now + FIRST_PAUSE_MS), reason: 'its limit is reached' };
      case 'unavailable':
        return { until: now + this.#nextPause(platform), reason: outcome.reason };
      case 'authorisation expired':
      case 'not allowed':
        return { until: now + UNTIL_A_PERSON_MS, reason: outcome.reason };
    }
  }

  #nextPause(platform: Platform): number {
    const pauses = this.#pauses.get(platform) ?? 0;
    this.#pauses.set(platform, pauses + 1);
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses);
  }

  #show(): void {
    const { nextAt, held, taken, requests } = this.describe();
    const next = nextAt === undefined ? 'nothing is due any more' : `next at ${toTime(nextAt)}`;
    const lines = [`**${next}**`, `- ${taken} readings by ${requests} requests in this run`];
    for (const { platform, until, reason } of held)
      lines.push(`- ${PLATFORM_LABELS[platform]} is held until ${toTime(until)}: ${reason}`);
    setCurrentDetails(lines.join('\n'));
  }
}
