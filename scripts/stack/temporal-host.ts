/** Runs a Temporal server, of whatever kind, until it is told to stop. Argument: a `TemporalHostSettings` as JSON. */

import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { runProcess, untilAborted } from '../../runtime/process.ts';

/** What to run, and where it answers when it is up. */
export interface TemporalHostSettings {
  readonly program: string;
  readonly args: readonly string[];
  /** The folder that it starts in: where the production server looks for its configuration. */
  readonly folder: string;
  readonly address: string;
}

const RETRY_MS = 50;
const ATTEMPT_MS = 1_000;

await runProcess(async (stop) => {
  const { program, args, folder, address }: TemporalHostSettings = JSON.parse(process.argv[2] ?? '{}');
  const server = spawn(program, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
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
