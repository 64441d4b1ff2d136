/** Members press the button that stops tips, at a steady pace, while something else goes on. */

import { setTimeout as pause } from 'node:timers/promises';
import { type APIMessage, ComponentType } from 'discord-api-types/v10';
import { parseStopButtonId } from '../../domain/onboarding.ts';
import type { Dispatch } from '../../sandbox/control/api.ts';
import type { BenchDiscord } from '../support/scene.ts';
import { watch } from '../support/watch.ts';

const PRESS_EVERY_MS = 500;
/**
 * Of so many presses one is by a member who has not pressed before, which stops their tips; the others are repeated
 * by members who have. More would stop what is being measured.
 */
const FIRST_PRESS_EVERY = 10;
/** Discord waits for 3 s; whoever waits for longer than this for the result is not answered. */
const PATIENCE_MS = 30_000;

/** A press of a button. Times from the press until the member sees something. */
export interface Press {
  /** Whether this member had not pressed before. */
  readonly isFirst: boolean;
  /** Until the acknowledgement, which may be the result. */
  readonly acknowledgedMs: number;
  /** Until the result. */
  readonly resultMs: number;
  /** Whether there was a result, and not Discord's "did not respond". */
  readonly isAnswered: boolean;
}

/** A tip with its button, and whose it is. */
interface Tip {
  readonly memberId: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly customId: string;
}

/** Presses buttons from its start until it is stopped. */
export class Presser {
  readonly #discord: BenchDiscord;
  readonly #recipients = new Map<string, string>();
  /** The newest tip of each member who has not pressed. */
  readonly #fresh = new Map<string, Tip>();
  readonly #pressed: Tip[] = [];
  readonly #presses: Promise<Press>[] = [];
  readonly #stopped = new AbortController();
  #pressing: Promise<void> = Promise.resolve();
  #unwatch: () => void = () => undefined;

  private constructor(discord: BenchDiscord) {
    this.#discord = discord;
  }

  static async on(discord: BenchDiscord): Promise<Presser> {
    const presser = new Presser(discord);
    presser.#unwatch = await watch(discord, (dispatch) => presser.#note(dispatch));
    presser.#pressing = presser.#pressUntilStopped();
    return presser;
  }

  /** How many presses there were so far. */
  get count(): number {
    return this.#presses.length;
  }

  /** Stops pressing, waits for the last answers, and gives all presses. */
  async stop(): Promise<Press[]> {
    this.#stopped.abort();
    await this.#pressing;
    const presses = await Promise.all(this.#presses);
    this.#unwatch();
    return presses;
  }

  #note(dispatch: Dispatch): void {
    if (dispatch.t === 'CHANNEL_CREATE') this.#noteChannel(dispatch.d);
    if (dispatch.t === 'MESSAGE_CREATE') this.#noteTip(dispatch.d);
  }

  /** Of direct messages, the live view tells too: they have a recipient, whom a channel of the guild has not. */
  #noteChannel({
    id,
    recipients = [],
  }: {
    id: string;
    recipients?: readonly { readonly id: string }[];
  }): void {
    if (recipients[0] !== undefined) this.#recipients.set(id, recipients[0].id);
  }

  #noteTip(message: APIMessage): void {
    const memberId = this.#recipients.get(message.channel_id);
    const customId = stopButtonIn(message);
    if (memberId === undefined || customId === undefined) return;
    if (this.#pressed.some((tip) => tip.memberId === memberId)) return;
    this.#fresh.set(memberId, { memberId, channelId: message.channel_id, messageId: message.id, customId });
  }

  /** Each press begins at its time, however long the answer to the one before takes. */
  async #pressUntilStopped(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const isFirst = this.#presses.length % FIRST_PRESS_EVERY === 0;
      const tip = isFirst ? this.#takeFresh() : this.#pressed[this.#presses.length % this.#pressed.length];
      if (tip !== undefined) this.#presses.push(press(this.#discord, tip, isFirst));
      await pause(PRESS_EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** The newest tip there is: most likely its member's onboarding still goes on. */
  #takeFresh(): Tip | undefined {
    const tip = [...this.#fresh.values()].at(-1);
    if (tip === undefined) return undefined;
    this.#fresh.delete(tip.memberId);
    this.#pressed.push(tip);
    return tip;
  }
}

/** Whatever keeps a press from being answered counts as no answer: it must not end a measurement of an hour. */
async function press({ control }: BenchDiscord, tip: Tip, isFirst: boolean): Promise<Press> {
  const pressedAt = performance.now();
  const sincePress = () => performance.now() - pressedAt;
  try {
    const { interactionId } = await control.press({ ...tip });
    await control.getInteraction({ interactionId, wait: PATIENCE_MS, until: 'first' });
    const acknowledgedMs = sincePress();
    const { outcome } = await control.getInteraction({ interactionId, wait: PATIENCE_MS, until: 'final' });
    return { isFirst, acknowledgedMs, resultMs: sincePress(), isAnswered: outcome.state === 'answered' };
  } catch {
    return { isFirst, acknowledgedMs: sincePress(), resultMs: sincePress(), isAnswered: false };
  }
}

function stopButtonIn({ components = [] }: APIMessage): string | undefined {
  return components
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((component) => ('custom_id' in component ? [component.custom_id] : []))
    .find((customId) => parseStopButtonId(customId) !== undefined);
}
