/** Runs a Temporal server, of whatever kind, until it is told to stop. Argument: a `TemporalHostSettings` as JSON. */

import { spawn } from 'node:child_process';
import { runProcess, untilAborted } from '../../runtime/process.ts';
import { untilTemporalAnswers } from './temporal-answers.ts';

/** What to run, and where it answers when it is up. */
export interface TemporalHostSettings {
  readonly program: string;
  readonly args: readonly string[];
  /** The folder that it starts in: where the production server looks for its configuration. */
  readonly folder: string;
  readonly address: string;
}

await runProcess(async (stop) => {
  const { program, args, folder, address }: TemporalHostSettings = JSON.parse(process.argv[2] ?? '{}');
  const server = spawn(program, args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = new Promise<'ended'>((resolve) => {
    server.once('exit', () => resolve('ended'));
    server.once('error', () => resolve('ended'));
  });
  const stopped = untilAborted(stop).then(() => 'stopped' as const);

  untilTemporalAnswers(address, stop).then((answers) => answers && process.send?.({ ready: true }));
  const cause = await Promise.race([ended, stopped]);
  if (cause === 'ended') throw new Error("Temporal's server has ended by itself");
  server.kill('SIGTERM');
  await ended;
});
