/** The local Discord as a process: starting, stopping, what it keeps, and what it says when it cannot start. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connectToLocalDiscord } from '../../sandbox/control/client.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-discord-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  child: ChildProcess;
  /** All that it wrote to the standard error. */
  errors: () => string;
  exit: Promise<number | null>;
}

function run(env: Record<string, string>): Run {
  const child = spawn(process.execPath, ['sandbox/main.ts'], {
    env: { ...process.env, SANDBOX_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  return { child, errors: () => errors, exit: once(child, 'exit').then(([code]) => code as number | null) };
}

/** The line that it writes when it is ready. */
async function ready({ child, errors }: Run): Promise<{ url: string; guildId: string }> {
  if (child.stdout === null) throw new Error('There is no output.');
  for await (const data of child.stdout) return JSON.parse(String(data));
  throw new Error(errors());
}

describe('The process', () => {
  test('says where it is, keeps what happened, and ends with 0', async () => {
    const env = { SANDBOX_STATE_FILE: join(folder, 'kept'), SANDBOX_GUILD_ID: '1300000000000000001' };
    const first = run(env);
    const { url, guildId } = await ready(first);
    expect(guildId).toBe('1300000000000000001');
    const control = connectToLocalDiscord({ url });
    const { members } = await control.join({ names: ['Kept'] });
    const memberId = members[0]?.member.user.id ?? '';
    const general = (await control.getState()).channels.find(({ name }) => name === 'general')?.id ?? '';
    const { message } = await control.write({ memberId, channelId: general, content: 'Remember me' });
    const before = await control.getState();
    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);

    const second = run(env);
    const again = connectToLocalDiscord({ url: (await ready(second)).url });
    expect((await again.getMessage({ channelId: general, messageId: message.id })).message.content).toBe(
      'Remember me',
    );
    expect(await again.getState()).toEqual(before);
    second.child.kill('SIGINT');
    expect(await second.exit).toBe(0);
  });

  test('keeps what happened up to the last moments when it is killed', async () => {
    const file = join(folder, 'killed');
    const first = run({ SANDBOX_STATE_FILE: file });
    const control = connectToLocalDiscord({ url: (await ready(first)).url });
    const { members } = await control.join({ names: ['Survivor'] });
    let saved = false;
    while (!saved) {
      const database = new DatabaseSync(file, { readOnly: true });
      saved =
        database
          .prepare("SELECT 1 FROM records WHERE collection = 'members' AND id = ?")
          .get(members[0]?.member.user.id ?? '') !== undefined;
      database.close();
    }
    first.child.kill('SIGKILL');
    await first.exit;
    const second = run({ SANDBOX_STATE_FILE: file });
    const state = await connectToLocalDiscord({ url: (await ready(second)).url }).getState();
    expect(state.members.map(({ member }) => member.user.global_name)).toContain('Survivor');
    second.child.kill();
    await second.exit;
  });
});

describe('One line says why it cannot start, with exit code 78:', () => {
  const refusal = async (env: Record<string, string>) => {
    const started = run(env);
    const code = await started.exit;
    return { code, lines: started.errors().trim().split('\n') };
  };

  test('a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : '');
    const { code, lines } = await refusal({ SANDBOX_PORT: port });
    taken.close();
    expect([code, lines.length]).toEqual([78, 1]);
    expect(lines[0]).toContain(`Port ${port} is taken`);
  });

  test.each([
    ['no port', () => ({ SANDBOX_PORT: 'eighty' }), 'SANDBOX_PORT'],
    ['unknown limits', () => ({ SANDBOX_LIMITS: 'kind' }), 'strict or off'],
    [
      'a guild file that is not there',
      () => ({ SANDBOX_GUILD_FILE: join(folder, 'none.yaml') }),
      'none.yaml cannot be read',
    ],
    [
      'a guild file with an unknown key',
      () => ({ SANDBOX_GUILD_FILE: broken('key.yaml', guild().replace('owner:', 'ower:')) }),
      'ower',
    ],
    [
      'a guild file with an unknown role',
      () => ({
        SANDBOX_GUILD_FILE: broken('role.yaml', guild().replace('roles: [Staff] }', 'roles: [Staf] }')),
      }),
      'no role "Staf"',
    ],
    [
      'a guild file with an unknown permission',
      () => ({
        SANDBOX_GUILD_FILE: broken('permission.yaml', guild().replace('ManageGuild', 'RuleTheWorld')),
      }),
      'no permission',
    ],
    [
      'a state file that is none',
      () => ({ SANDBOX_STATE_FILE: broken('state', 'nonsense '.repeat(200)) }),
      'no state of the local Discord',
    ],
    ['a state file of a newer version', () => ({ SANDBOX_STATE_FILE: newerState() }), 'newer version'],
  ])('%s', async (_what, env, message) => {
    const { code, lines } = await refusal(env());
    expect([code, lines.length]).toEqual([78, 1]);
    expect(lines[0]).toContain(message);
  });

  const guild = () => readFileSync('sandbox/guilds/tixl.yaml', 'utf8');

  function broken(name: string, content: string): string {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  }

  function newerState(): string {
    const file = join(folder, 'newer');
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    database.close();
    return file;
  }
});
