import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE } from '../../config/load.ts';
import { openDatabase } from '../../database/orm.ts';
import { connectToLocalDiscord } from '../../sandbox/control/client.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { freshDatabase } from '../support/database.ts';
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
  for (const { child, ended } of running) {
    child.kill('SIGINT');
    await ended;
  }
  await folder.remove();
});

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
    for (const part of ['PostgreSQL', 'Temporal', 'Discord', 'worker', 'bot']) {
      expect(first.output()).toMatch(new RegExp(`✓ ${part} .*\\(\\d+\\.\\d s\\)`));
    }
    expect(first.output()).toContain('Three things to try');
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
    expect(stopped.slice(2).sort()).toEqual(['Discord', 'PostgreSQL', 'Temporal']);
    expect(await processesOf(folder.path)).toEqual([]);
  }, 120_000);

  test('leaves no process behind even when it is killed itself', async () => {
    const started = await start();
    await untilReady(started);
    started.child.kill('SIGKILL');
    await started.ended;
    await until(async () => (await processesOf(folder.path)).length === 0);
  }, 90_000);
});

describe('npm start says in a line what is wrong and what to do, and stops', () => {
  let discord: LocalDiscord;
  beforeAll(async () => {
    discord = await startTestDiscord();
  });
  afterAll(() => discord.stop());

  /** A real guild as far as it can tell, and servers that run already. */
  async function forGuild(): Promise<Record<string, string>> {
    const { temporalAddress } = sharedServers();
    const { url, close } = await freshDatabase();
    await close();
    return {
      DISCORD_BOT_TOKEN: discord.token,
      DISCORD_GUILD_ID: discord.guildId,
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_URL: url,
      TEMPORAL_ADDRESS: temporalAddress,
      TEMPORAL_NAMESPACE: 'tests',
    };
  }

  async function failure(
    environment: Record<string, string>,
    ports?: RunningStart['ports'],
  ): Promise<string> {
    const { ended, output } = await start(environment, ports);
    expect(await ended).toBe(1);
    expect(await processesOf(folder.path)).toEqual([]);
    return output();
  }

  test('a real guild is served without a local Discord', async () => {
    const started = await start(await forGuild());
    await untilReady(started);
    expect(started.output()).toContain(`the real one: guild ${discord.guildId}`);
    await expect(fetch(`http://127.0.0.1:${started.ports.localDiscord}`)).rejects.toThrow();
  });

  test('a port that is taken', async () => {
    const ports = await freePorts();
    const server = createServer().listen(ports.temporalUi, '127.0.0.1');
    const output = await failure({}, ports);
    server.close();
    expect(output).toMatch(
      new RegExp(`Port ${ports.temporalUi}, for Temporal's UI, is taken.*TEMPORAL_UI_PORT=`),
    );
  });

  test('a port that is none', async () => {
    expect(await failure({ BOT_HEALTH_PORT: 'x' })).toContain('BOT_HEALTH_PORT="x" is not a port');
  });

  test('a folder that cannot be written', async () => {
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    expect(await failure({ TIXL_DATA: join(file, 'data') })).toMatch(
      /file\/data cannot be written.*TIXL_DATA/,
    );
  });

  test('half of the access to a real guild', async () => {
    expect(await failure({ DISCORD_BOT_TOKEN: 'secret' })).toContain(
      'DISCORD_BOT_TOKEN is set but DISCORD_GUILD_ID is not',
    );
  });

  test('a wrong token, which is not shown', async () => {
    const output = await failure({ ...(await forGuild()), DISCORD_BOT_TOKEN: 'wrong-secret' });
    expect(output).toContain('DISCORD_BOT_TOKEN: Discord refuses it');
    expect(output).not.toContain('wrong-secret');
  });

  test('a guild that the bot is not in', async () => {
    const output = await failure({ ...(await forGuild()), DISCORD_GUILD_ID: '1399999999999999999' });
    expect(output).toMatch(/the bot is not in the guild 1399999999999999999: invite it/);
  });

  test('no network', async () => {
    const output = await failure({ ...(await forGuild()), DISCORD_API_URL: 'http://127.0.0.1:9/api' });
    expect(output).toMatch(/Discord cannot be reached.*Check the network/);
  });

  test('a PostgreSQL that does not answer, without showing its password', async () => {
    const output = await failure({ DATABASE_URL: 'postgresql://tixl:my-password@127.0.0.1:9/tixl' });
    expect(output).toMatch(/DATABASE_URL: PostgreSQL cannot be used/);
    expect(output).not.toContain('my-password');
  });

  test('a Temporal that does not answer', async () => {
    expect(await failure({ TEMPORAL_ADDRESS: '127.0.0.1:9' })).toMatch(
      /TEMPORAL_ADDRESS=127.0.0.1:9: no Temporal answers/,
    );
  });

  test('a database of a newer version', async () => {
    const environment = await forGuild();
    const orm = openDatabase(environment.DATABASE_URL ?? '');
    await orm.em.fork().execute(`insert into migrations (name) values ('2099-01-01-from-the-future')`);
    await orm.close();
    expect(await failure(environment)).toMatch(/newer version.*Update the code/);
  });

  test('a mistake in the configuration, with its line and key', async () => {
    const config = await overlay('onboarding:\n  steps:\n    - name: guide\n      after: -5s\n');
    const output = await failure({ ...(await forGuild()), ...config });
    expect(output).toMatch(/overlay\.yaml:4: onboarding\.steps\.guide\.after: expected a duration/);
  });

  test('a channel or role that the guild does not have', async () => {
    const config = await overlay(
      'onboarding: { steps: [{ name: welcome, channel: nowhere, role: Nobody, text: "see {#moon}" }] }',
    );
    const output = await failure({ ...(await forGuild()), ...config });
    expect(output).toContain('onboarding.steps.welcome.channel: the guild has no channel #nowhere');
    expect(output).toContain('onboarding.steps.welcome.text: the guild has no channel #moon');
    expect(output).toContain('onboarding.steps.welcome.role: the guild has no role "Nobody"');
  });

  test("a role above the bot's own", async () => {
    const config = await overlay('onboarding: { steps: [{ name: welcome, role: Admin }] }');
    const output = await failure({ ...(await forGuild()), ...config });
    expect(output).toContain(`the role "Admin" stands above the bot's own`);
  });
});
