/** Lets members join while everything is killed and Discord's answers get lost, and counts what each of them has got. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { toMemberId } from '../../domain/ids.ts';
import type { RequestEntry } from '../../sandbox/control/observed.ts';
import type { Print } from '../../scripts/stack/report.ts';
import { type ChaosEvent, type ChaosSize, planChaos } from './plan.ts';
import type { Product, Victim } from './product.ts';
import { countReceived, expectedPieces, type Piece, type Received } from './tally.ts';
import { type Resident, verdictOf } from './verdict.ts';

const POLL_MS = 1_000;
const SAY_EVERY_SECONDS = 10;
/** Longer than an activity that nobody answers for is waited for (30 s), and the longest pause before it is tried again (30 s). */
const PATIENCE_SECONDS = 90;
/** When all is done, what would come twice gets this much time. */
const LATE_MS = 3_000;
const ALL_REQUESTS = 200_000;

/** What has happened in a run. */
export interface ChaosReport {
  readonly seconds: number;
  /** Each time that something was killed. */
  readonly killed: readonly Victim[];
  /** Requests that a fault was applied to. */
  readonly disturbed: readonly RequestEntry[];
  /** How often Discord's own limits refused a request. */
  readonly rateLimited: number;
  readonly residents: readonly Resident[];
  readonly received: readonly Received[];
}

/**
 * Plays what is drawn from `seed`, waits until everybody has what they should or nothing changes any more, and counts.
 *
 * @throws Error if a part of the product dies for good
 */
export async function playChaos(
  product: Product,
  seed: number,
  size: ChaosSize,
  print: Print,
): Promise<ChaosReport> {
  const pieces = expectedPieces(product.config.onboarding);
  const run = new Run(product, pieces, print);
  await run.play(planChaos(seed, size));
  const received = await run.untilSettled();
  const { entries } = await product.discord.control.getRequests({ limit: ALL_REQUESTS });
  return {
    seconds: run.seconds,
    killed: run.killed,
    disturbed: entries.filter(({ fault }) => fault !== null),
    rateLimited: entries.filter(({ fault, status }) => fault === null && status === 429).length,
    residents: run.residents,
    received,
  };
}

class Run {
  readonly residents: Resident[] = [];
  readonly killed: Victim[] = [];
  readonly #product: Product;
  readonly #pieces: readonly Piece[];
  readonly #print: Print;
  readonly #startedAt = performance.now();

  constructor(product: Product, pieces: readonly Piece[], print: Print) {
    this.#product = product;
    this.#pieces = pieces;
    this.#print = print;
  }

  /** How long it has taken so far. */
  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1_000;
  }

  async play(events: readonly ChaosEvent[]): Promise<void> {
    for (const event of events) {
      await pause(Math.max(0, event.atMs - this.seconds * 1_000));
      this.#requireAlive();
      await this.#carryOut(event);
    }
  }

  /** Waits until nobody lacks anything and nothing is under way, or nothing has changed for long. Gives what there is then. */
  async untilSettled(): Promise<Received[]> {
    let last = '';
    let changedAt = this.seconds;
    let saidAt = this.seconds;
    while (this.seconds - changedAt < PATIENCE_SECONDS) {
      this.#requireAlive();
      const received = await this.#count();
      const { lost } = verdictOf(this.residents, received);
      if (lost.length === 0 && (await isAtRest(this.#product.client))) break;
      const state = JSON.stringify(received);
      if (state !== last) changedAt = this.seconds;
      last = state;
      if (this.seconds - saidAt >= SAY_EVERY_SECONDS) {
        this.#say(`${lost.length} steps are still to come`);
        saidAt = this.seconds;
      }
      await pause(POLL_MS);
    }
    await pause(LATE_MS);
    return this.#count();
  }

  async #carryOut(event: ChaosEvent): Promise<void> {
    const { control } = this.#product.discord;
    switch (event.do) {
      case 'kill':
        for (const victim of event.victims) this.#product.parts[victim].kill();
        this.killed.push(...event.victims);
        return this.#say(`killed ${event.victims.join(', ')}; ${this.residents.length} have joined`);
      case 'disturb':
        return void (await control.setFaults({ rules: [...event.faults] }));
      case 'join':
        return this.#join();
      case 'leave':
        return this.#leave(event.member);
      case 'return':
        return this.#return(event.member);
    }
  }

  async #join(): Promise<void> {
    const { members } = await this.#product.discord.control.join();
    this.residents.push(...members.map(({ member }) => ({ member: toMemberId(member.user.id) })));
  }

  async #leave(number: number): Promise<void> {
    const { member } = this.#resident(number);
    await this.#product.discord.control.leave({ memberId: member });
    this.residents[number] = { member, leftAt: Date.now() };
  }

  async #return(number: number): Promise<void> {
    const resident = this.#resident(number);
    await this.#product.discord.control.join({ userId: resident.member });
    this.residents[number] = { ...resident, isBack: true };
  }

  #resident(number: number): Resident {
    const resident = this.residents[number];
    if (resident === undefined) throw new Error(`member ${number} has not joined`);
    return resident;
  }

  #count(): Promise<Received[]> {
    const members = this.residents.map(({ member }) => member);
    return countReceived(this.#product.discord, this.#pieces, members);
  }

  #requireAlive(): void {
    const [failure] = this.#product.failures;
    if (failure !== undefined) throw failure;
  }

  #say(text: string): void {
    this.#print(`${this.seconds.toFixed(1).padStart(7)} s  ${text}\n`);
  }
}

/** Whether no workflow waits for an activity, which might yet do something. */
async function isAtRest(client: Client): Promise<boolean> {
  try {
    const open = client.workflow.list({ query: 'ExecutionStatus="Running"' });
    for await (const { workflowId, runId } of open) {
      const { raw } = await client.workflow.getHandle(workflowId, runId).describe();
      if ((raw.pendingActivities ?? []).length > 0) return false;
    }
    return true;
  } catch {
    // Temporal may be starting again.
    return false;
  }
}
