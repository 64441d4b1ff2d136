import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';

const LAST_RESORT_MS = 300;

/** Runs a process whose `main` is given as source, tells it to stop when it is ready, and waits for its end. */
async function stopped(main: string): Promise<{ code: number | null; stderr: string }> {
  const program = `
    import { runProcess, untilAborted } from './runtime/process.ts';
    setInterval(() => undefined, 1_000);
    const work = ${main};
    await runProcess((stop) => (process.stdout.write('ready'), work(stop)), ${LAST_RESORT_MS});
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program]);
  const stderr = text(child.stderr);
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  return { code, stderr: await stderr };
}

describe('a process that is told to stop', () => {
  test('ends in order when its work has returned', async () => {
    expect(await stopped('(stop) => untilAborted(stop)')).toEqual({ code: 0, stderr: '' });
  });

  test('is ended, with a line on why, when its work does not return', async () => {
    expect(await stopped('() => new Promise(() => undefined)')).toEqual({
      code: 1,
      stderr: `did not end by itself within ${LAST_RESORT_MS} ms after it was told to: ended now\n`,
    });
  });
});
