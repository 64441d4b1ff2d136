import { type Client, Events } from 'discord.js';
import { duties } from '../runtime/metrics.ts';
import type { BotContext } from './context.ts';
import { FEATURES } from './features.ts';
import { createGatewayClient, login, untilOver } from './gateway-client.ts';
import { dispatchInteraction } from './interactions.ts';
import { UnderWay } from './under-way.ts';

/** Holds the connection to Discord's gateway while this process is the one that may. */
export class GatewayHolder {
  readonly #context: BotContext;
  readonly #underWay = new UnderWay();
  #itsTurn = false;
  #connected = false;
  #onConnected: (() => void) | undefined;

  constructor(context: BotContext) {
    this.#context = context;
  }

  /** Calls `listener` when the gateway is connected for the first time. */
  onceConnected(listener: () => void): void {
    this.#onConnected = listener;
  }

  /** Throws, with a reason, if this process should be connected and is not. Waiting for one's turn is in order. */
  check(): void {
    if (this.#itsTurn && !this.#connected) throw new Error('not connected to the gateway');
  }

  /**
   * Connects, and hands over what happens until `over` aborts. Then the connection is closed at once; answers that
   * are under way go on, see `finish`.
   *
   * @throws MisconfiguredError if Discord refuses the token or the intents
   */
  async holdUntil(over: AbortSignal): Promise<void> {
    const { environment } = this.#context;
    const client = createGatewayClient(environment, over);
    const ending = new AbortController();
    this.#itsTurn = true;
    const ended = untilOver(client, over);
    try {
      this.#listen(client, AbortSignal.any([over, ending.signal]));
      await Promise.race([login(client, environment.DISCORD_BOT_TOKEN), ended]);
      await ended;
    } finally {
      ending.abort();
      await client.destroy();
      this.#note(false);
      this.#itsTurn = false;
    }
  }

  /** Waits until everyone who has pressed something has their answer, and what was heard is written down: that needs no gateway. */
  async finish(): Promise<void> {
    await this.#underWay.finish();
  }

  #listen(client: Client, over: AbortSignal): void {
    for (const { listen, work } of FEATURES) {
      listen?.(client, this.#context);
      if (work !== undefined) void this.#underWay.track(work(client, this.#context, over));
    }
    client.on(
      Events.InteractionCreate,
      (interaction) => void this.#underWay.track(dispatchInteraction(interaction, this.#context)),
    );
    client.on(Events.Error, (error) =>
      this.#context.logger.warn({ reason: error.message }, 'the gateway had an error'),
    );
    client.on(Events.ShardReconnecting, () => this.#note(false));
    client.on(Events.ShardResume, () => this.#note(true));
    client.on(Events.ShardReady, () => {
      this.#note(true);
      this.#onConnected?.();
      this.#onConnected = undefined;
    });
  }

  #note(connected: boolean): void {
    this.#connected = connected;
    duties.set({ duty: 'gateway' }, connected ? 1 : 0);
  }
}
