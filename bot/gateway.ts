import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  Options,
  Partials,
} from 'discord.js';
import { duties } from '../runtime/metrics.ts';
import { MisconfiguredError, untilAborted } from '../runtime/process.ts';
import type { BotContext } from './context.ts';
import { FEATURES } from './features.ts';
import { dispatchInteraction } from './interactions.ts';

/** What the features need to hear of, and no more. */
const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers];

/** More attempts to reconnect than this within a minute mean that it will not work: the gateway is given up for a while. */
const RECONNECTS_PER_MINUTE = 20;

/** Holds the connection to Discord's gateway while this process is the one that may. */
export class GatewayHolder {
  readonly #context: BotContext;
  #client: Client | undefined;
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
    if (this.#client !== undefined && !this.#client.isReady())
      throw new Error('not connected to the gateway');
  }

  /**
   * Connects, and hands over what happens until `over` aborts.
   *
   * @throws MisconfiguredError if Discord refuses the token or the intents
   */
  async holdUntil(over: AbortSignal): Promise<void> {
    const client = createClient(this.#context);
    this.#client = client;
    const ended = new Promise<void>((resolve, reject) => {
      untilAborted(over).then(resolve);
      client.once(Events.Invalidated, () => reject(new Error('Discord has ended the session')));
      rejectOnEndlessReconnects(client, reject);
    });
    // Whoever waits for it may not be there yet when it fails.
    ended.catch(() => undefined);
    try {
      this.#listen(client);
      await client.login(this.#context.environment.DISCORD_BOT_TOKEN).catch((error) => {
        throw explainLoginFailure(error as Error);
      });
      await ended;
    } finally {
      this.#client = undefined;
      duties.set({ duty: 'gateway' }, 0);
      await client.destroy();
    }
  }

  #listen(client: Client): void {
    for (const feature of FEATURES) feature.listen(client, this.#context);
    client.on(
      Events.InteractionCreate,
      (interaction) => void dispatchInteraction(interaction, this.#context),
    );
    client.on(Events.Error, (error) =>
      this.#context.logger.warn({ reason: error.message }, 'the gateway had an error'),
    );
    client.on(Events.ShardReady, () => {
      duties.set({ duty: 'gateway' }, 1);
      this.#onConnected?.();
      this.#onConnected = undefined;
    });
  }
}

function createClient({ environment }: BotContext): Client {
  return new Client({
    intents: INTENTS,
    // Without it, discord.js says nothing of the leaving of members whom it has not seen before.
    partials: [Partials.GuildMember],
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      GuildMemberManager: 0,
      MessageManager: 0,
    }),
    rest: { api: environment.DISCORD_API_URL },
    allowedMentions: { parse: [] },
  });
}

function rejectOnEndlessReconnects(client: Client, reject: (error: Error) => void): void {
  let recent: number[] = [];
  client.on(Events.ShardReconnecting, () => {
    const now = Date.now();
    recent = [...recent.filter((time) => now - time < 60_000), now];
    if (recent.length > RECONNECTS_PER_MINUTE) reject(new Error('the gateway does not stay connected'));
  });
}

function explainLoginFailure(error: Error): Error {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
    return new MisconfiguredError(
      'Discord refuses DISCORD_BOT_TOKEN: copy it anew from the Developer Portal',
    );
  }
  if (/disallowed intents/i.test(error.message)) {
    return new MisconfiguredError(
      'Discord refuses the intents: enable "Server Members Intent" in the Developer Portal (your application, "Bot")',
    );
  }
  return error;
}
