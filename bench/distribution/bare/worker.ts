/** Baseline: the worker of the bare workflow. */

import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { readEnvironment } from '../../../config/environment.ts';
import { createLogger } from '../../../runtime/logger.ts';
import { announceReady, runProcess, untilAborted } from '../../../runtime/process.ts';
import { BARE_QUEUE } from './definition.ts';
import { preparePublishing } from './publish.ts';

await runProcess(async (stop) => {
  Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] });
  const environment = readEnvironment(process.env);
  const connection = await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS });
  const worker = await Worker.create({
    connection,
    namespace: environment.TEMPORAL_NAMESPACE,
    taskQueue: BARE_QUEUE,
    workflowsPath: fileURLToPath(new URL('workflow.ts', import.meta.url)),
    activities: await preparePublishing(environment),
  });
  untilAborted(stop).then(() => worker.shutdown());
  announceReady(createLogger('bare-worker', environment), 'bare worker ready');
  await worker.run();
  await connection.close();
});
