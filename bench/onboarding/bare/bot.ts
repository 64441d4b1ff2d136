/** Baseline: the bot that starts a bare workflow for whoever joins. */

import { Events } from 'discord.js';
import { createGatewayClient } from '../../../bot/gateway-client.ts';
import { readEnvironment } from '../../../config/environment.ts';
import { createLogger } from '../../../runtime/logger.ts';
import { announceReady, runProcess, untilAborted } from '../../../runtime/process.ts';
import { createTemporalClient } from '../../../runtime/temporal.ts';
import { stayOf } from '../stay-of.ts';
import { BARE_WELCOME, bareId } from './definition.ts';
import { bareQueues, readBareKind } from './kind.ts';

await runProcess(async (stop) => {
  const environment = readEnvironment(process.env);
  const logger = createLogger('bare-bot', environment);
  const queues = bareQueues(readBareKind());
  const temporal = createTemporalClient(environment);
  const client = createGatewayClient(environment, stop);
  client.on(Events.GuildMemberAdd, (member) => {
    const stay = stayOf(member);
    temporal.workflow
      .start(BARE_WELCOME, {
        workflowId: bareId(stay),
        taskQueue: queues.workflow,
        args: [stay, queues.activity],
      })
      .catch((error) => logger.error(error, 'a workflow was not started'));
  });
  client.once(Events.ClientReady, () => announceReady(logger, 'bare bot ready'));
  await client.login(environment.DISCORD_BOT_TOKEN);
  await untilAborted(stop);
  await client.destroy();
});
