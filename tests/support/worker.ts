import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createCommunityWorker } from '../../worker/community-worker.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { createGithubWorker } from '../../worker/github-worker.ts';
import { settleUntil } from '../../worker/message-settlement.ts';
import { relayOutboxUntil } from '../../worker/outbox-relay.ts';
import { sendUntil } from '../../worker/sender.ts';
import { sharedServers } from './servers.ts';

// The SDK tells of every start and stop; a test only wants to hear of what goes wrong.
Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

/** Runs everything that a worker does, in the test's process. Gives the function that stops it. */
export async function runWorker(context: WorkerContext): Promise<() => Promise<void>> {
  const worker = await createCommunityWorker(context, { codePath: sharedServers().bundle });
  const githubWorker = await createGithubWorker(context);
  const stopping = new AbortController();
  const running = Promise.all([
    worker.run(),
    githubWorker.run(),
    relayOutboxUntil(stopping.signal, context),
    settleUntil(stopping.signal, context),
    sendUntil(stopping.signal, context),
  ]);
  return async () => {
    stopping.abort();
    worker.shutdown();
    githubWorker.shutdown();
    await running;
  };
}
