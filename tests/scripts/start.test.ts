import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE } from '../../config/load.ts';
import { connectToLocalDiscord } from '../../sandbox/control/client.ts';
import { emptyDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { freePorts, npmStart, processesOf, type RunningStart } from '../support/npm-start.ts';
import { sharedServers } from '../support/servers.ts';
import { until } from '../support/wait.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let running: RunningStart[];

beforeEach(async () => {
  folder = await temporaryFolder();
  running = [];
});
afterEach(async () => {
  await stopAll();
  await folder.remove();
});

async function stopAll(): Promise<void> {
  for (const { child } of running) child.kill('SIGINT');
  await Promise.all(running.map(({ ended }) => ended));
}

async function start(
  environment: Record<string, string> = {},
  ports?: RunningStart['ports'],
): Promise<RunningStart> {
  const started = npmStart(folder.path, ports ?? (await freePorts()), environment);
  running.push(started);
  return started;
}

async function untilReady({ output, child }: RunningStart): Promise<void> {
  await until(() => output().includes('Ready after') || child.exitCode !== null);
  expect(output()).toContain('Ready after');
}

async function overlay(content: string): Promise<{ COMMUNITY_CONFIG: string }> {
  const file = join(folder.path, 'overlay.yaml');
  await writeFile(file, content);
  return { COMMUNITY_CONFIG: [COMMUNITY_FILE, file].join(',') };
}

describe('npm start', () => {
  test('brings everything up, and the next start goes on with open workflows', async () => {
    const config = await overlay('onboarding: { steps: [{ name: guide, after: 10s }] }');
    const first = await start(config);
    await untilReady(first);
    for (const part of [
      'PostgreSQL',
      'Temporal',
      'Discord',
      'GitHub',
      'platforms',
      'worker',
      'bot',
      'accounts',
    ]) {
      expect(first.output()).toMatch(new RegExp(`✓ ${part} .*\\(\\d+\\.\\d s\\)`));
    }
    expect(first.output()).toContain('Four things to try');
    expect(first.output()).toContain('posts go to Discord, X, LinkedIn, YouTube, and GitHub');
    const key = join(folder.path, 'tokens-key');
    const made = await readFile(key, 'utf8');
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    const url = `http://127.0.0.1:${first.ports.localDiscord}`;
    const page = await fetch(url);
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    expect((await fetch(`http://127.0.0.1:${first.ports.temporalUi}`)).status).toBe(200);
    for (const port of [first.ports.workerHealth, first.ports.botHealth]) {
      expect(await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()).toMatchObject({ ready: true });
      expect(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()).toContain(
        'process_cpu_seconds_total',
      );
    }

    const control = connectToLocalDiscord({ url });
    const { members } = await control.join({ names: ['Ada'] });
    const memberId = members[0]?.member.user.id ?? '';
    await until(async () => ((await control.getMember({ memberId })).member?.member.roles.length ?? 0) > 0);
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(await processesOf(folder.path)).toEqual([]);

    const second = await start(config, first.ports);
    await untilReady(second);
    expect(second.output()).toContain('posts go to Discord, X, LinkedIn, YouTube, and GitHub');
    expect(await readFile(key, 'utf8')).toBe(made);
    await until(async () => (await control.getDirectMessages({ memberId })).messages.length > 0);
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
    const order = [
      ...second
        .output()
        .slice(second.output().indexOf('Stopping'))
        .matchAll(/✓ ([\w-]+) +stopped/g),
    ];
    const stopped = order.map(([, name]) => name);
    expect(stopped.slice(0, 2)).toEqual(['bot', 'worker']);
    expect(stopped.slice(2).sort()).toEqual(['Discord', 'GitHub', 'PostgreSQL', 'Temporal', 'platforms']);
    expect(await processesOf(folder.path)).toEqual([]);
  }, 120_000);

  test('leaves no process behind even when it is killed itself', async () => {
    const started = await start();
    await untilReady(started);
    started.child.kill('SIGKILL');
    await started.ended;
    await until(async () => (await processesOf(folder.path)).length === 0);
  }, 90_000);

  test('serves a real guild without a local Discord, and waits in line if another does', async () => {
    const discord = await startTestDiscord();
    const environment = {
      DISCORD_BOT_TOKEN: discord.token,
      DISCORD_GUILD_ID: discord.guildId,
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_URL: await emptyDatabase(),
      TEMPORAL_ADDRESS: sharedServers().temporalAddress,
      TEMPORAL_NAMESPACE: 'tests',
    };
    const first = await start(environment);
    await untilReady(first);
    expect(first.output()).toContain(`the real one: guild ${discord.guildId}`);
    expect(first.output()).toContain('posts go to Discord alone');
    expect(first.output()).toContain('X: switched off: not set: X_CLIENT_ID, X_CLIENT_SECRET');
    await expect(fetch(`http://127.0.0.1:${first.ports.localDiscord}`)).rejects.toThrow();

    const second = await start(environment);
    await untilReady(second);
    expect(second.output()).toMatch(/bot +waits in line: another bot holds the gateway/);
    await stopAll();
    await discord.stop();
  }, 90_000);
});
