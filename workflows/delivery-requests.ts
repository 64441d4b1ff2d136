/** What bringing a post to a platform asks of that platform, and of staff: which activity, and on which queue. It decides nothing. */

import { ActivityFailure } from '@temporalio/workflow';
import type { LookUpOutcome } from '../domain/platforms.ts';
import type {
  AttemptOutcome,
  DeliveryEdit,
  DeliveryFailure,
  FailureOutcome,
} from '../domain/post-deliveries.ts';
import type { DeliveryRef } from '../domain/posts.ts';
import { discord, publishing } from './activities.ts';
import { InTurn } from './in-turn.ts';

export class DeliveryRequests {
  readonly #delivery: DeliveryRef;
  readonly #platform: ReturnType<typeof publishing>;
  readonly #staff: ReturnType<typeof discord>['channels'];
  readonly #shown = new InTurn();

  constructor(delivery: DeliveryRef) {
    this.#delivery = delivery;
    this.#platform = publishing(delivery);
    this.#staff = discord(delivery.guildId, 'staff').channels;
  }

  /** Where the activity itself has failed, it may have sent something or not. */
  publish(attempt: number): Promise<AttemptOutcome> {
    const summary = `attempt ${attempt}`;
    return this.#platform.publishPost
      .executeWithOptions({ summary }, [this.#delivery, attempt, Date.now()])
      .catch((error: unknown) => ({ kind: 'unknown', reason: reasonOf(error) }));
  }

  lookFor(attempt: number): Promise<LookUpOutcome> {
    const summary = `look for attempt ${attempt}`;
    return this.#platform.settlePost
      .executeWithOptions({ summary }, [this.#delivery, attempt, Date.now()])
      .catch((error: unknown) => ({ kind: 'unavailable', reason: reasonOf(error) }));
  }

  /** Makes what is published say what the post says by now. */
  changeWords(): Promise<DeliveryEdit> {
    const summary = 'change what is published';
    return this.#platform.editPost
      .executeWithOptions({ summary }, [this.#delivery])
      .catch((error: unknown) => ({ kind: 'unavailable', reason: reasonOf(error) }));
  }

  /** Shows staff what became of a failure, after what they were shown before. It goes on beside the rest. */
  showFailure(failure: DeliveryFailure, outcome: FailureOutcome): void {
    const summary = `tell staff: ${outcome.kind}`;
    this.#shown.add(() => this.#staff.showFailure.executeWithOptions({ summary }, [failure, outcome]));
  }

  /** Waits until staff have been shown everything. */
  allShown(): Promise<void> {
    return this.#shown.finish();
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof ActivityFailure)) throw error;
  return error.cause?.message ?? error.message;
}
