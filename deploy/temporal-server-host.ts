/** Runs Temporal's production server until it is told to stop. Argument: the settings as JSON. */

import { spawn } from 'node:child_process';
import { createLogger } from '../runtime/logger.ts';
import { announceReady, runProcess } from '../runtime/process.ts';
import { checkTemporal, createTemporalClient, untilItWorks } from '../runtime/temporal.ts';
import type { TemporalServerSettings } from './trial/temporal-server.ts';

await runProcess(async (stop) => {
  const { program, args, folder, address }: TemporalServerSettings = JSON.parse(process.argv[2] ?? '{}');
  const logger = createLogger('temporal-server', { LOG_FORMAT: 'json', LOG_LEVEL: 'info' });
  const server = spawn(program, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  const over = new AbortController();
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      over.abort();
      resolve();
    };
    server.once('exit', end);
    server.once('error', end);
  });
  stop.addEventListener('abort', () => server.kill('SIGTERM'), { once: true });

  const client = createTemporalClient({ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'temporal-system' });
  await untilItWorks('Temporal', () => checkTemporal(client), logger, AbortSignal.any([stop, over.signal]));
  await client.connection.close();
  if (!stop.aborted && !over.signal.aborted) announceReady(logger, 'the server answers');
  await ended;
  if (!stop.aborted) throw new Error("Temporal's server has ended by itself");
});
