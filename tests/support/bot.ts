/** Our bot in the test's process, on the local Discord and a Temporal of the test's choice. */

import { pino } from 'pino';
import type { BotContext } from '../../bot/context.ts';
import { GatewayHolder } from '../../bot/gateway.ts';
import { HandOver } from '../../bot/hand-over.ts';
import type { Environment } from '../../config/environment.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { createTemporalClient } from '../../runtime/temporal.ts';

/** A bot that is connected to the gateway. */
export interface RunningBot {
  readonly gateway: GatewayHolder;
  stop(): Promise<void>;
}

/** Connects a bot. */
export async function startBot(environment: Environment, config: CommunityConfig): Promise<RunningBot> {
  const stopping = new AbortController();
  const logger = pino({ level: 'silent' });
  const client = createTemporalClient(environment);
  const handOver = new HandOver(client, environment.DISCORD_GUILD_ID, logger, stopping.signal);
  const context: BotContext = { environment, config, logger, client, handOver };
  const gateway = new GatewayHolder(context);
  const connected = new Promise<void>((resolve) => gateway.onceConnected(resolve));
  const holding = gateway.holdUntil(stopping.signal);
  await Promise.race([connected, holding]);
  return {
    gateway,
    async stop() {
      stopping.abort();
      await holding;
      await handOver.finish();
    },
  };
}
