import { DefaultLogger, type LogLevel, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Environment } from '../config/environment.ts';
import type { Logger } from '../runtime/logger.ts';
import { freePort } from '../runtime/ports.ts';

const METHODS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** What the SDK calls our levels. */
const LEVELS: Readonly<Record<Environment['LOG_LEVEL'], LogLevel>> = {
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
};

/**
 * Sets up Temporal's SDK for this process: its logs and those of its native part go where ours go, from `level` on and
 * with the workflow's id on each line, and its metrics are served on a port of their own, from which `/metrics` takes
 * them.
 *
 * @returns the address of those metrics
 */
export async function installSdkRuntime(logger: Logger, level: Environment['LOG_LEVEL']): Promise<string> {
  const bindAddress = `127.0.0.1:${await freePort()}`;
  Runtime.install({
    logger: new DefaultLogger(LEVELS[level], (entry) => {
      // As it should be: the sender's queues have activities alone.
      if (entry.message.startsWith('No workflows registered')) return;
      logger[METHODS[entry.level]](entry.meta ?? {}, entry.message);
    }),
    telemetryOptions: {
      logging: {
        filter: makeTelemetryFilterString({
          core: LEVELS[level],
          other: level === 'error' ? 'ERROR' : 'WARN',
        }),
        forward: {},
      },
      metrics: { prometheus: { bindAddress } },
    },
    // SIGTERM and SIGINT are ours: `runProcess` stops everything in its order.
    shutdownSignals: [],
  });
  return `http://${bindAddress}/metrics`;
}
