import { createServer } from 'node:net';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Logger } from '../runtime/logger.ts';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Sets up Temporal's SDK for this process: its logs go where ours go, with the workflow's id on each line, and its
 * metrics are served on a port of their own, from which `/metrics` takes them.
 *
 * @returns the address of those metrics
 */
export async function installSdkRuntime(logger: Logger): Promise<string> {
  const bindAddress = `127.0.0.1:${await freePort()}`;
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      // As it should be: the sender's queues have activities alone.
      if (message.startsWith('No workflows registered')) return;
      const { taskToken: _, ...fields } = (meta ?? {}) as Record<string, unknown>;
      logger[LEVELS[level]](fields, message);
    }),
    telemetryOptions: { metrics: { prometheus: { bindAddress } } },
    // SIGTERM and SIGINT are ours: `runProcess` stops everything in its order.
    shutdownSignals: [],
  });
  return `http://${bindAddress}/metrics`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
