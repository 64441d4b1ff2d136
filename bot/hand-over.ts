import type { Client } from '@temporalio/client';
import type { GuildId } from '../domain/ids.ts';
import type { Logger } from '../runtime/logger.ts';
import { gatewayEvents } from '../runtime/metrics.ts';
import { untilAborted } from '../runtime/process.ts';
import { untilItWorks } from '../runtime/temporal.ts';
import { CATCH_UP, compareEverything, startCatchUp } from '../workflows/definitions/catch-up.ts';
import { UnderWay } from './under-way.ts';

/** What is needed to hand events over. */
export interface EventHandOverSettings {
  readonly client: Client;
  readonly guildId: GuildId;
  readonly logger: Logger;
  readonly stop: AbortSignal;
  /** How long Temporal may take over one event, in ms. */
  readonly deadlineMs: number;
}

/**
 * Hands what happens on Discord over to Temporal. When that fails, the event is not kept here, where it would be lost with
 * the process: the guild is compared with the database as soon as Temporal answers again, or when the next bot starts.
 */
export class EventHandOver {
  readonly #settings: EventHandOverSettings;
  readonly #attempts = new UnderWay();
  /** Since when we see what happens in the guild, in ms since 1970: long before Temporal hears of it, if that is away. */
  readonly seenSince = Date.now();
  #comparisonWanted = false;
  #requesting: Promise<void> | undefined;

  constructor(settings: EventHandOverSettings) {
    this.#settings = settings;
  }

  /** Hands over the Discord event `event` by doing `work`, once. Never throws. */
  attempt(event: string, work: () => Promise<unknown>): Promise<void> {
    return this.#attempts.track(this.#tryOnce(event, work));
  }

  /** Sees to it that the whole guild is compared with the database, as soon as Temporal takes the request. */
  requestComparison(): void {
    this.#comparisonWanted = true;
    this.#requesting ??= this.#requestWhileWanted();
  }

  /** Waits for what is under way. */
  async finish(): Promise<void> {
    await this.#attempts.finish();
    await this.#requesting;
  }

  async #tryOnce(event: string, work: () => Promise<unknown>): Promise<void> {
    const { client, logger, deadlineMs } = this.#settings;
    try {
      await client.withDeadline(Date.now() + deadlineMs, work);
      gatewayEvents.inc({ event, result: 'handed over' });
    } catch (error) {
      gatewayEvents.inc({ event, result: 'missed' });
      logger.warn(
        { event, reason: (error as Error).message },
        'an event could not be handed over; catching up',
      );
      this.requestComparison();
    }
  }

  /** An event that is missed while a request is on its way may come too late for it, and so asks for another. */
  async #requestWhileWanted(): Promise<void> {
    const { logger, stop } = this.#settings;
    while (this.#comparisonWanted && !stop.aborted) {
      this.#comparisonWanted = false;
      await untilItWorks('Temporal', () => this.#startComparison(), logger, stop);
    }
    // In the same breath as the last look at what is wanted: whoever asks from now on begins anew.
    this.#requesting = undefined;
  }

  /** Ends early, without having asked, when the process is to stop: the next bot compares in any case. */
  async #startComparison(): Promise<void> {
    const { client, guildId, stop, deadlineMs } = this.#settings;
    const asked = client.withDeadline(Date.now() + deadlineMs, () =>
      client.workflow.signalWithStart(CATCH_UP, {
        ...startCatchUp(guildId, this.seenSince),
        signal: compareEverything,
        signalArgs: [],
      }),
    );
    const done = new AbortController();
    try {
      // A client that waits for its first connection does not look at an abort signal: the wait ends here.
      await Promise.race([asked, untilAborted(AbortSignal.any([stop, done.signal]))]);
    } finally {
      done.abort();
    }
  }
}
