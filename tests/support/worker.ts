import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createCommunityWorker } from '../../worker/community-worker.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { createGithubWorker } from '../../worker/github-worker.ts';
import { settleUntil } from '../../worker/message-settlement.ts';
import { relayOutboxUntil } from '../../worker/outbox-relay.ts';
import { createPlatformWorkers } from '../../worker/platform-workers.ts';
import { sendUntil } from '../../worker/sender.ts';
import { sharedServers } from './servers.ts';

// The SDK tells of every start and stop; a test only wants to hear of what goes wrong.
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

/** Runs everything that a worker does, in the test's process. Gives the function that stops it. */
export async function runWorker(context: WorkerContext): Promise<() => Promise<void>> {
  const worker = await createCommunityWorker(context, { codePath: sharedServers().bundle });
  const workers = [worker, await createGithubWorker(context), ...(await createPlatformWorkers(context))];
  const stopping = new AbortController();
  const running = Promise.all([
    ...workers.map((one) => one.run()),
    relayOutboxUntil(stopping.signal, context),
    settleUntil(stopping.signal, context),
    sendUntil(stopping.signal, context),
  ]);
  return async () => {
    stopping.abort();
    for (const one of workers) one.shutdown();
    await running;
  };
}
