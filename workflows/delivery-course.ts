/** What is known of a post on one platform by its workflow, as its query and the Temporal UI show it. */

import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { PLATFORM_LABELS } from '../domain/platforms.ts';
import { DECIDABLE, type DeliveryRef, type DeliveryState, SETTLED } from '../domain/posts.ts';
import type { DeliveryProgress, DeliveryResult } from './definitions/delivery.ts';
import { SEARCH_ATTRIBUTES } from './definitions/search-attributes.ts';
import { toTime } from './ui-time.ts';

const WHAT_TO_DO =
  'Send the update `decideDelivery` with `{"by": "<your Discord id>", "decision": "retry"}`, or `"skip"`.';

/** What is waited for, why, and until when (ms since 1970). */
export interface Wait {
  readonly state: Extract<DeliveryState, 'sending' | 'held' | 'account' | 'failed'>;
  readonly what: string;
  readonly reason: string;
  readonly until: number;
}

export class DeliveryCourse {
  readonly #delivery: DeliveryRef;
  #state: DeliveryState = 'sending';
  #attempt = 0;
  #wait: Wait | undefined;
  #url: string | undefined;

  constructor(delivery: DeliveryRef) {
    this.#delivery = delivery;
  }

  get state(): DeliveryState {
    return this.#state;
  }

  get attempt(): number {
    return this.#attempt;
  }

  get isSettled(): boolean {
    return SETTLED.includes(this.#state);
  }

  /** Another attempt begins. Gives its number. */
  begin(): number {
    this.#attempt += 1;
    this.enter('sending');
    return this.#attempt;
  }

  enter(state: DeliveryState): void {
    this.#wait = undefined;
    this.#enter(state);
  }

  /** Says what is waited for. */
  waitFor(wait: Wait): void {
    this.#wait = wait;
    this.#enter(wait.state);
  }

  published(url: string): void {
    this.#url = url;
    this.enter('published');
  }

  /** What `getDeliveryProgress` answers. */
  describe(): DeliveryProgress {
    const { what, until, reason } = this.#wait ?? {};
    const waitsFor = what === undefined || until === undefined ? undefined : { what, until };
    return { state: this.#state, attempt: this.#attempt, reason, waitsFor };
  }

  /** What it leaves behind. */
  result(): DeliveryResult {
    return { state: this.#state, attempts: this.#attempt };
  }

  #enter(state: DeliveryState): void {
    if (state !== this.#state) upsertSearchAttributes([{ key: SEARCH_ATTRIBUTES.state, value: state }]);
    this.#state = state;
    this.#show();
  }

  #show(): void {
    const label = PLATFORM_LABELS[this.#delivery.platform];
    const lines = [`**${this.#state}** on ${label}, attempt ${this.#attempt}`];
    if (this.#url !== undefined) lines.push(`- ${this.#url}`);
    if (this.#wait !== undefined) {
      const { what, reason, until, state } = this.#wait;
      lines.push(`- waits ${what}, until ${toTime(until)} at the latest`, `- ${reason}`);
      if (DECIDABLE.includes(state)) lines.push(`- ${WHAT_TO_DO}`);
    }
    setCurrentDetails(lines.join('\n'));
  }
}
