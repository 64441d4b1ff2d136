/** Runs Temporal's dev server until it is told to stop. Argument: the settings as JSON. */

import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { runProcess, untilAborted } from '../../runtime/process.ts';
import type { TemporalSettings } from './temporal.ts';

const RETRY_MS = 50;
const ATTEMPT_MS = 1_000;

await runProcess(async (stop) => {
  const settings: TemporalSettings = JSON.parse(process.argv[2] ?? '{}');
  const address = `127.0.0.1:${settings.port}`;
  const server = spawn(settings.cli, serverArguments(settings), { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise<'ended'>((resolve) => {
    server.once('exit', () => resolve('ended'));
    server.once('error', () => resolve('ended'));
  });
  const stopped = untilAborted(stop).then(() => 'stopped' as const);

  const first = await Promise.race([untilItAnswers(address, stop), ended, stopped]);
  if (first === 'answers') process.send?.({ ready: true });
  const cause = first === 'answers' ? await Promise.race([ended, stopped]) : first;
  if (cause === 'ended') throw new Error("Temporal's server has ended by itself");
  server.kill('SIGTERM');
  await ended;
});

function serverArguments({
  port,
  uiPort,
  databaseFile,
  namespace,
  searchAttributes,
}: TemporalSettings): string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error'],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort)]),
    ...(databaseFile === undefined ? [] : ['--db-filename', databaseFile]),
    ...['--namespace', namespace],
    ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    // Activities on the workflow's own queue start without another round trip.
    ...['--dynamic-config-value', 'system.enableActivityEagerExecution=true'],
  ];
}

async function untilItAnswers(address: string, stop: AbortSignal): Promise<'answers'> {
  while (!stop.aborted) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: ATTEMPT_MS });
      await connection.close();
      return 'answers';
    } catch {
      await pause(RETRY_MS);
    }
  }
  return new Promise(() => undefined);
}
