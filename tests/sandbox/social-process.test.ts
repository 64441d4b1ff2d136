/** The local platforms as a process: what it says when it is ready, and how it ends. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { connectToLocalPlatforms } from '../../sandbox/social/control.ts';

function run(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['sandbox/social/main.ts'], {
    env: { ...process.env, SANDBOX_SOCIAL_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The first thing that it writes. */
async function firstOutput(stream: ChildProcess['stdout']): Promise<string> {
  for await (const data of stream ?? []) return String(data);
  throw new Error('It has written nothing.');
}

const exitOf = async (child: ChildProcess) => (await once(child, 'exit'))[0] as number | null;

test('says where it is, asks for consent unless told otherwise, and ends with 0', async () => {
  for (const mode of ['ask', 'given'] as const) {
    const child = run(mode === 'given' ? { SANDBOX_SOCIAL_CONSENT: mode } : {});
    const { ready, url, clients } = JSON.parse(await firstOutput(child.stdout));
    expect({ ready, clients }).toMatchObject({ ready: true, clients: { x: { id: 'local-x-client' } } });
    const control = connectToLocalPlatforms(url);
    expect(await control.getConsent({})).toEqual({ mode });
    const exit = exitOf(child);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  }
});

test.each([
  [{ SANDBOX_SOCIAL_CONSENT: 'perhaps' }, /neither "ask" nor "given": perhaps/],
  [{ SANDBOX_SOCIAL_LIMITS: 'none' }, /neither "strict" nor "off": none/],
  [{ SANDBOX_SOCIAL_PORT: 'many' }, /SANDBOX_SOCIAL_PORT is no port: many/],
])('%j: ends with 78 and says why', async (environment, reason) => {
  const child = run(environment);
  const exit = exitOf(child);
  expect(await firstOutput(child.stderr)).toMatch(reason);
  expect(await exit).toBe(78);
});
