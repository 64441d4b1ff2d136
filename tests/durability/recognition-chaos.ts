/** Lets members write and thank each other while bot and PostgreSQL are killed, and compares the ledger with what Discord has. */

import { setTimeout as pause } from 'node:timers/promises';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { Print } from '../../scripts/stack/report.ts';
import type { Kill } from './plan.ts';
import type { Product, ProductSetting, Victim } from './product.ts';
import { planRecognitionChaos, type RecognitionChaosSize, type RecognitionPlan } from './recognition-plan.ts';
import {
  expectedLedger,
  type GivenThanks,
  isLedgerRight,
  judgeLedger,
  type RecognitionVerdict,
} from './recognition-verdict.ts';

/** So many members write, beside those who are in the guild anyway. */
const WRITERS = 300;
/** So many are sent at a time. */
const SENDERS = 8;
const POLL_MS = 1_000;
const SAY_EVERY_MS = 10_000;
/** Nothing was settled for so long: it will not be any more. What was missed is read within it, at Discord's limits. */
const PATIENCE_MS = 240_000;
/** When all is done, what would come twice gets this much time. */
const LATE_MS = 3_000;
/** While nobody writes, answers to heartbeats move the mark. */
const HEARTBEAT_MS = 2_000;

/**
 * The cool-down is short, so that it has something to decide; and nobody reaches the limit of thanks, which depends on their
 * order.
 */
export const RECOGNITION_SETTING: ProductSetting = {
  changes: {
    recognition: { messages: { coolDown: '2s', minimumLength: 5 }, thanks: { dailyLimit: 100_000 } },
  },
  members: WRITERS,
};

/** What has happened in a run. */
export interface RecognitionChaosReport {
  readonly seconds: number;
  readonly killed: readonly Victim[];
  readonly written: number;
  readonly thanked: number;
  readonly verdict: RecognitionVerdict;
}

/**
 * Plays what is drawn from `seed`, waits until the ledger is what it should be or nothing changes any more, and compares.
 *
 * @throws Error if a part of the product dies for good
 */
export async function playRecognitionChaos(
  product: Product,
  seed: number,
  size: RecognitionChaosSize,
  print: Print,
): Promise<RecognitionChaosReport> {
  await product.discord.control.setLimits({ heartbeatMs: HEARTBEAT_MS });
  const { members } = await product.discord.control.getState();
  const people = members
    .filter(({ member }) => member.user.bot !== true)
    .map(({ member }) => toMemberId(member.user.id));
  const run = new Run(product, people, print);
  await run.play(planRecognitionChaos(seed, size, people.length), size.seconds);
  const verdict = await run.untilSettled();
  const { seconds, killed, written, given } = run;
  return { seconds, killed, written: written.length, thanked: given.size, verdict };
}

/** A message that was written. */
interface Sent {
  readonly id: string;
  readonly channelId: string;
}

class Run {
  readonly killed: Victim[] = [];
  readonly written: Sent[] = [];
  readonly given = new Map<string, GivenThanks>();
  readonly #product: Product;
  readonly #people: readonly MemberId[];
  readonly #print: Print;
  readonly #startedAt = performance.now();
  #saidAt = this.#startedAt;

  constructor(product: Product, people: readonly MemberId[], print: Print) {
    this.#product = product;
    this.#people = people;
    this.#print = print;
  }

  /** How long it has taken so far. */
  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1_000;
  }

  /** Writes evenly over the time, and kills beside it. */
  async play({ messages, kills }: RecognitionPlan, seconds: number): Promise<void> {
    const channels = await this.#channels();
    let next = 0;
    const send = async () => {
      for (let index = next++; index < messages.length; index = next++) {
        await this.#until((index / messages.length) * seconds);
        const message = messages[index];
        if (message === undefined) return;
        await this.#write(message, channels);
        this.#sayNow(() => `${this.written.length} written, ${this.given.size} thanks`);
      }
    };
    await Promise.all([this.#kill(kills), ...Array.from({ length: SENDERS }, send)]);
  }

  async untilSettled(): Promise<RecognitionVerdict> {
    const { discord, config, database } = this.#product;
    const expected = await expectedLedger(discord, config, [...this.given.values()]);
    const judge = () => judgeLedger(database, discord.guildId, config, expected).catch(() => undefined);
    let lost = Number.POSITIVE_INFINITY;
    let changedAt = performance.now();
    while (performance.now() - changedAt < PATIENCE_MS) {
      this.#requireAlive();
      // PostgreSQL may be starting again.
      const verdict = await judge();
      if (verdict !== undefined && isLedgerRight(verdict)) break;
      if (verdict !== undefined && verdict.lost.length < lost) {
        lost = verdict.lost.length;
        changedAt = performance.now();
      }
      this.#sayNow(() => `${lost} entries are still to come`);
      await pause(POLL_MS);
    }
    await pause(LATE_MS);
    return judgeLedger(database, discord.guildId, config, expected);
  }

  async #write(
    { writer, channel, content, thanks }: RecognitionPlan['messages'][number],
    channels: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { control } = this.#product.discord;
    const channelId = required(channels.get(channel));
    const { message } = await control.write({ memberId: this.#person(writer), channelId, content });
    this.written.push({ id: message.id, channelId });
    for (const { giver, howFarBack } of thanks) {
      const back = Math.floor(howFarBack * this.written.length);
      await this.#thank(this.#person(giver), required(this.written.at(-1 - back)));
    }
  }

  async #thank(giverId: MemberId, { id: messageId, channelId }: Sent): Promise<void> {
    const { discord, config } = this.#product;
    const { emoji } = config.recognition.thanks;
    await discord.control.react({ memberId: giverId, channelId, messageId, emoji });
    this.given.set(`${messageId}/${giverId}`, { messageId, giverId });
  }

  async #kill(kills: readonly Kill[]): Promise<void> {
    for (const { atMs, victims } of kills) {
      await this.#until(atMs / 1_000);
      this.#requireAlive();
      for (const victim of victims) this.#product.parts[victim].kill();
      this.killed.push(...victims);
      this.#say(`killed ${victims.join(', ')}; ${this.written.length} were written`);
    }
  }

  async #channels(): Promise<ReadonlyMap<string, string>> {
    const { channels } = await this.#product.discord.control.getState();
    return new Map(channels.map(({ id, name }) => [name ?? '', id]));
  }

  #person(number: number): MemberId {
    return required(this.#people[number]);
  }

  async #until(seconds: number): Promise<void> {
    const waitMs = (seconds - this.seconds) * 1_000;
    if (waitMs > 0) await pause(waitMs);
  }

  #requireAlive(): void {
    const [failure] = this.#product.failures;
    if (failure !== undefined) throw failure;
  }

  #sayNow(text: () => string): void {
    if (performance.now() - this.#saidAt < SAY_EVERY_MS) return;
    this.#saidAt = performance.now();
    this.#say(text());
  }

  #say(text: string): void {
    this.#print(`${this.seconds.toFixed(1).padStart(7)} s  ${text}\n`);
  }
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the plan names what is not there');
  return value;
}
