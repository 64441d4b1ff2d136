/** discord.js's client, as we use it: what it hears, what it keeps, and how it tells that it cannot go on. */

import {
  Client,
  type CloseEvent,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Partials,
  SimpleShardingStrategy,
  Status,
} from 'discord.js';
import type { Environment } from '../config/environment.ts';
import { TOKEN_REFUSED } from '../runtime/discord-rest.ts';
import { MisconfiguredError, untilAborted } from '../runtime/process.ts';

/** What the features need to hear of, and no more. */
const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.MessageContent,
  GatewayIntentBits.GuildVoiceStates,
  GatewayIntentBits.GuildScheduledEvents,
];

/** More attempts to reconnect than this within a minute mean that it will not work: the gateway is given up for a while. */
const RECONNECTS_PER_MINUTE = 20;

/** Why Discord closes the gateway for good, where the set-up is wrong (Discord: "Gateway Close Event Codes"). */
const SETUP_MISTAKES: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: TOKEN_REFUSED,
  [GatewayCloseCodes.DisallowedIntents]:
    'Discord refuses the intents: enable "Server Members Intent" and "Message Content Intent" in the Developer Portal (your application, "Bot")',
};

/** A client that is not logged in yet, and identifies itself to Discord only as long as `over` has not aborted. */
export function createGatewayClient(
  { DISCORD_API_URL }: Pick<Environment, 'DISCORD_API_URL'>,
  over: AbortSignal,
): Client {
  return new Client({
    intents: INTENTS,
    // Without it, discord.js says nothing of the leaving of members whom it has not seen before.
    partials: [Partials.GuildMember],
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      GuildMemberManager: 0,
      MessageManager: 0,
    }),
    rest: { api: DISCORD_API_URL },
    ws: { buildStrategy: (manager) => new ConnectUntil(manager, over) },
    allowedMentions: { parse: [] },
  });
}

/**
 * When the last heartbeat was sent that Discord has answered, in ms since 1970 by this machine's clock. Undefined while the session
 * does not go on: one that is being resumed has not told everything yet. There is one shard.
 */
export function lastHeartbeatOf(client: Client): number | undefined {
  const shard = client.ws.shards.first();
  return shard?.status === Status.Ready && shard.lastPingTimestamp > 0 ? shard.lastPingTimestamp : undefined;
}

/**
 * Logs in.
 *
 * @throws MisconfiguredError if Discord refuses the token
 */
export async function login(client: Client, token: string): Promise<void> {
  try {
    await client.login(token);
  } catch (error) {
    const refused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
    throw refused ? new MisconfiguredError(TOKEN_REFUSED) : error;
  }
}

/**
 * Resolves when `over` aborts. Rejects when the client gives up, or would never stop reconnecting.
 *
 * @throws MisconfiguredError if Discord refuses the token or the intents
 */
export function untilOver(client: Client, over: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    untilAborted(over).then(resolve);
    client.once(Events.Invalidated, () => reject(new Error('Discord has ended the session')));
    client.once(Events.ShardDisconnect, (event) => reject(explainClose(event)));
    rejectOnEndlessReconnects(client, reject);
  });
}

function explainClose({ code }: Pick<CloseEvent, 'code'>): Error {
  const mistake = SETUP_MISTAKES[code];
  if (mistake !== undefined) return new MisconfiguredError(mistake);
  return new Error(`Discord has closed the gateway for good, with code ${code}`);
}

function rejectOnEndlessReconnects(client: Client, reject: (error: Error) => void): void {
  let recent: number[] = [];
  client.on(Events.ShardReconnecting, () => {
    const now = Date.now();
    recent = [...recent.filter((time) => now - time < 60_000), now];
    if (recent.length > RECONNECTS_PER_MINUTE) reject(new Error('the gateway does not stay connected'));
  });
}

/** A log-in that is under way cannot be called off: discord.js connects even when its client is destroyed by then. */
class ConnectUntil extends SimpleShardingStrategy {
  readonly #over: AbortSignal;

  constructor(manager: ConstructorParameters<typeof SimpleShardingStrategy>[0], over: AbortSignal) {
    super(manager);
    this.#over = over;
  }

  override async connect(): Promise<void> {
    if (this.#over.aborted) throw new Error('the log-in was called off');
    await super.connect();
  }
}
