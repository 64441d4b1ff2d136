/** Baseline: the worker of the bare workflow. */

import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readEnvironment } from '../../../config/environment.ts';
import { createDiscordRest } from '../../../runtime/discord-rest.ts';
import { createLogger } from '../../../runtime/logger.ts';
import { announceReady, runProcess, untilAborted } from '../../../runtime/process.ts';
import { prepareWelcome } from '../welcome-requests.ts';
import type { BareActivities } from './definition.ts';
import { bareQueues, readBareKind } from './kind.ts';

await runProcess(async (stop) => {
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const environment = readEnvironment(process.env);
  const connection = await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS });
  const welcome = await prepareWelcome(createDiscordRest(environment), environment.DISCORD_GUILD_ID);
  const queues = bareQueues(readBareKind());
  const common = { connection, namespace: environment.TEMPORAL_NAMESPACE };
  const activities = { welcome } satisfies BareActivities;
  const workflowsPath = fileURLToPath(new URL('workflow.ts', import.meta.url));
  const workers = [
    await Worker.create({ ...common, taskQueue: queues.workflow, workflowsPath, activities }),
    ...(queues.activity === queues.workflow
      ? []
      : [await Worker.create({ ...common, taskQueue: queues.activity, activities })]),
  ];
  untilAborted(stop).then(() => {
    for (const worker of workers) worker.shutdown();
  });
  announceReady(createLogger('bare-worker', environment), 'bare worker ready');
  await Promise.all(workers.map((worker) => worker.run()));
  await connection.close();
});
