/** Baseline: the worker of the workflow that stays open. */

import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readEnvironment } from '../../../config/environment.ts';
import { createLogger } from '../../../runtime/logger.ts';
import { announceReady, runProcess, untilAborted } from '../../../runtime/process.ts';
import { BARE_QUEUE } from './definition.ts';
import { prepareReading } from './read.ts';

await runProcess(async (stop) => {
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const environment = readEnvironment(process.env);
  const logger = createLogger('bare-worker', environment);
  const connection = await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS });
  const worker = await Worker.create({
    connection,
    namespace: environment.TEMPORAL_NAMESPACE,
    taskQueue: BARE_QUEUE,
    workflowsPath: fileURLToPath(new URL('workflow.ts', import.meta.url)),
    activities: await prepareReading(environment, logger),
  });
  untilAborted(stop).then(() => worker.shutdown());
  announceReady(logger, 'bare worker ready');
  await worker.run();
  await connection.close();
});
