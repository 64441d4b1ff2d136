/** Baseline: a discord.js script that welcomes whoever joins, and forgets whom it was welcoming when it dies. */

import { Events } from 'discord.js';
import { createGatewayClient } from '../../bot/gateway-client.ts';
import { readEnvironment } from '../../config/environment.ts';
import { createLogger } from '../../runtime/logger.ts';
import { announceReady, runProcess, untilAborted } from '../../runtime/process.ts';
import { stayOf } from './stay-of.ts';
import { prepareWelcome } from './welcome-requests.ts';

await runProcess(async (stop) => {
  const environment = readEnvironment(process.env);
  const logger = createLogger('plain-bot', environment);
  const client = createGatewayClient(environment, stop);
  await client.login(environment.DISCORD_BOT_TOKEN);
  const welcome = await prepareWelcome(client.rest, environment.DISCORD_GUILD_ID);
  client.on(Events.GuildMemberAdd, (member) => {
    welcome(stayOf(member)).catch((error) => logger.error(error, 'a member was not welcomed'));
  });
  announceReady(logger, 'plain bot ready');
  await untilAborted(stop);
  await client.destroy();
});
