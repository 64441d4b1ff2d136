import type { Client } from '@temporalio/client';
import type { GuildId } from '../domain/ids.ts';
import type { Logger } from '../runtime/logger.ts';
import { gatewayEvents } from '../runtime/metrics.ts';
import { untilItWorks } from '../runtime/temporal.ts';
import { CATCH_UP, compareEverything, startCatchUp } from '../workflows/definitions/catch-up.ts';

const DEADLINE_MS = 10_000;

/**
 * Hands what happens on Discord over to Temporal. When that fails, the event is not kept here, where it would be lost with
 * the process: the guild is compared with the database as soon as Temporal answers again, or when the next bot starts.
 */
export class HandOver {
  readonly #client: Client;
  readonly #guildId: GuildId;
  readonly #logger: Logger;
  readonly #stop: AbortSignal;
  readonly #underWay = new Set<Promise<void>>();
  #comparisonWanted = false;
  #requesting: Promise<void> | undefined;

  constructor(client: Client, guildId: GuildId, logger: Logger, stop: AbortSignal) {
    this.#client = client;
    this.#guildId = guildId;
    this.#logger = logger;
    this.#stop = stop;
  }

  /** Hands over the Discord event `event` by doing `work`, once. Never throws. */
  async attempt(event: string, work: () => Promise<unknown>): Promise<void> {
    const handedOver = this.#tryOnce(event, work);
    this.#underWay.add(handedOver);
    await handedOver;
    this.#underWay.delete(handedOver);
  }

  /** Sees to it that the whole guild is compared with the database, as soon as Temporal takes the request. */
  requestComparison(): void {
    this.#comparisonWanted = true;
    this.#requesting ??= this.#requestWhileWanted().finally(() => {
      this.#requesting = undefined;
    });
  }

  /** Waits for what is under way. */
  async finish(): Promise<void> {
    await Promise.all([...this.#underWay, this.#requesting]);
  }

  async #tryOnce(event: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await this.#client.withDeadline(Date.now() + DEADLINE_MS, work);
      gatewayEvents.inc({ event, result: 'handed over' });
    } catch (error) {
      gatewayEvents.inc({ event, result: 'missed' });
      this.#logger.warn(
        { event, reason: (error as Error).message },
        'an event could not be handed over; catching up',
      );
      this.requestComparison();
    }
  }

  /** An event that is missed while a request is on its way may come too late for it, and so asks for another. */
  async #requestWhileWanted(): Promise<void> {
    while (this.#comparisonWanted && !this.#stop.aborted) {
      this.#comparisonWanted = false;
      await untilItWorks('Temporal', () => this.#startComparison(), this.#logger, this.#stop);
    }
  }

  async #startComparison(): Promise<void> {
    const giveUp = AbortSignal.any([this.#stop, AbortSignal.timeout(DEADLINE_MS)]);
    await this.#client.withAbortSignal(giveUp, () =>
      this.#client.workflow.signalWithStart(CATCH_UP, {
        ...startCatchUp(this.#guildId),
        signal: compareEverything,
        signalArgs: [],
      }),
    );
  }
}
