import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE } from '../../config/load.ts';
import { expireAccount, findAccount, waitForAccount } from '../../database/platform-accounts.ts';
import { insertPost } from '../../database/posts.ts';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import type { AccountPlatform } from '../../domain/platforms.ts';
import { toPostId } from '../../domain/posts.ts';
import { openTokens } from '../../runtime/account-tokens.ts';
import type { LocalGithub } from '../../sandbox/github/start.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { freePort } from '../../scripts/stack/ports.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folder.ts';
import { environmentFor, startTestGithub } from '../support/github.ts';
import { sealer, settingsFor, TOKENS_KEY } from '../support/platform-accounts.ts';
import { until } from '../support/wait.ts';

const CONNECT = fileURLToPath(new URL('../../scripts/connect.ts', import.meta.url));
const guildId = toGuildId('1300000000000000001');
const NOW = Date.UTC(2026, 10, 23, 12);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let database: TestDatabase;
let platforms: LocalPlatforms;
let github: LocalGithub;
let running: ChildProcess[];

beforeAll(async () => {
  [folder, database, platforms, github] = await Promise.all([
    temporaryFolder(),
    freshDatabase(),
    startLocalPlatforms(),
    startTestGithub(),
  ]);
});
afterAll(async () => {
  await Promise.all([platforms.stop(), github.stop(), database.close()]);
  await folder.remove();
});
beforeEach(async () => {
  running = [];
  await platforms.control.setConsent({ mode: 'given' });
  const em = database.orm.em.fork();
  for (const table of ['platform_accounts', 'outbox', 'posts', 'post_deliveries'])
    await em.execute(`delete from ${table}`);
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

interface RunningConnect {
  /** All that it has said. */
  output(): string;
  type(line: string): void;
  readonly ended: Promise<number | null>;
}

/** Runs the script as an operator does. */
function connect(args: readonly string[], changed: Readonly<Record<string, string>> = {}): RunningConnect {
  const child = spawn(process.execPath, [CONNECT, ...args], {
    env: {
      ...process.env,
      ...settingsFor(platforms),
      ...environmentFor(github),
      ...{ TOKENS_KEY, TIXL_DATA: folder.path, DATABASE_URL: database.url, COMMUNITY_CONFIG: '' },
      ...{ DISCORD_BOT_TOKEN: 'no-token', DISCORD_GUILD_ID: guildId, DISCORD_API_URL: '' },
      ...changed,
    },
  });
  running.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  return {
    output: () => said,
    type: (line) => void child.stdin.write(`${line}\n`),
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
}

/** The address that the person is told to open. */
async function addressIn({ output, ended }: RunningConnect): Promise<string> {
  let isOver = false;
  ended.then(() => {
    isOver = true;
  });
  const find = () => /^ {2}(http\S+)$/m.exec(output())?.[1];
  await until(() => find() !== undefined || isOver);
  const address = find();
  if (address === undefined) throw new Error(`no address was shown: ${output()}`);
  return address;
}

/** To where the platform sends the browser back. */
async function redirectOf(address: string): Promise<string> {
  const { headers } = await fetch(address, { redirect: 'manual' });
  return headers.get('location') ?? '';
}

const stored = (platform: AccountPlatform) => findAccount(database.orm.em.fork(), { guildId, platform });

/** Runs it to its end where nobody has to do anything. */
async function run(args: readonly string[], changed: Readonly<Record<string, string>> = {}) {
  const connecting = connect(args, changed);
  return { code: await connecting.ended, output: connecting.output() };
}

const withPort = async (...args: string[]) => [...args, '--port', String(await freePort())];

describe('npm run connect -- PLATFORM', () => {
  test.each(['x', 'linkedin', 'youtube'] as const)(
    'connects %s; the tokens are shown nowhere',
    async (platform) => {
      const connecting = connect(await withPort(platform));
      const page = await fetch(await addressIn(connecting));
      expect(await page.text()).toContain('Your consent has arrived');
      expect(await connecting.ended).toBe(0);
      const account = await stored(platform);
      if (account === undefined) throw new Error(connecting.output());
      expect(connecting.output()).toContain(`is connected as ${account.accountName}`);
      expect(account).toMatchObject({ state: 'connected', accountId: expect.stringMatching(/\w/) });
      const { accessToken, refreshToken } = openTokens(sealer, account);
      expect(refreshToken).not.toBeNull();
      for (const secret of [accessToken, refreshToken ?? '', TOKENS_KEY]) {
        expect(connecting.output()).not.toContain(secret);
        expect(Buffer.from(account.tokens).includes(secret)).toBe(false);
      }
    },
  );

  test('takes the address to which the browser was sent on another machine', async () => {
    const connecting = connect(await withPort('x'));
    const redirect = await redirectOf(await addressIn(connecting));
    connecting.type('not an address');
    connecting.type('http://127.0.0.1:1/callback?code=stolen&state=wrong');
    await until(() => connecting.output().includes('This is not the answer'));
    expect(connecting.output()).toContain('That is no address');
    expect(await stored('x')).toBeUndefined();
    connecting.type(redirect);
    expect(await connecting.ended).toBe(0);
    expect(await stored('x')).toMatchObject({ state: 'connected' });
  });

  test('takes no answer to another consent, and goes on waiting for its own', async () => {
    const connecting = connect(await withPort('x'));
    const redirect = new URL(await redirectOf(await addressIn(connecting)));
    const forged = new URL(redirect);
    forged.searchParams.set('state', 'forged');
    expect((await fetch(forged)).status).toBe(400);
    expect((await fetch(new URL('/elsewhere', redirect))).status).toBe(404);
    expect(await stored('x')).toBeUndefined();
    expect((await fetch(redirect)).status).toBe(200);
    expect(await connecting.ended).toBe(0);
  });

  test.each(['refused', 'ask'] as const)(
    'changes nothing where the consent is not given (%s)',
    async (mode) => {
      await platforms.control.setConsent({ mode });
      const connecting = connect(await withPort('x'));
      const address = await addressIn(connecting);
      // On the page that asks, the person presses the button that denies.
      const denial = { method: 'POST', body: new URLSearchParams({ decision: 'deny' }) };
      const page = await fetch(address, mode === 'ask' ? denial : {});
      expect(await page.text()).toContain('The consent was refused');
      expect(await connecting.ended).toBe(1);
      expect(connecting.output()).toContain('The consent was refused (access_denied). Nothing was changed.');
      expect(await stored('x')).toBeUndefined();
    },
  );

  test('changes nothing where the platform gives no tokens', async () => {
    const connecting = connect(await withPort('x'), { X_CLIENT_SECRET: 'a-wrong-secret' });
    const page = await fetch(await addressIn(connecting));
    await page.text();
    expect(await connecting.ended).toBe(1);
    expect(connecting.output()).toMatch(/X gives no tokens: .*invalid_client.*Nothing was changed/s);
    expect(connecting.output()).not.toContain('a-wrong-secret');
    expect(await stored('x')).toBeUndefined();
  });

  test.each(['approve', 'deny'] as const)('GitHub: the person enters a code, and %ss', async (decision) => {
    const connecting = connect(['github']);
    const find = () => /enter the code (\S+)/.exec(connecting.output())?.[1];
    await until(() => find() !== undefined);
    await github.control.decide({ userCode: find() ?? '', login: 'octavia', decision });
    expect(await connecting.ended).toBe(decision === 'approve' ? 0 : 1);
    expect(connecting.output()).toContain(
      decision === 'approve' ? 'GitHub is connected as octavia' : 'GitHub gives no token: access_denied',
    );
    expect((await stored('github'))?.accountName).toBe(decision === 'approve' ? 'octavia' : undefined);
  });

  test('wakes what waits for the account, and says how much', async () => {
    const em = database.orm.em.fork();
    const words = { title: 'A title', text: 'A text', hashtags: [], link: null, media: [], publishAt: null };
    const post = { guildId, postId: toPostId('one'), platforms: ['x'] as const, madeAt: NOW };
    const createdBy = toMemberId('1300000000000000002');
    await em.transactional((transaction) => insertPost(transaction, { ...words, ...post, createdBy }));
    await waitForAccount(database.orm.em.fork(), { guildId, postId: post.postId, platform: 'x' });
    const connecting = connect(await withPort('x'));
    await (await fetch(await addressIn(connecting))).text();
    expect(await connecting.ended).toBe(0);
    expect(connecting.output()).toContain('Posts that go on there now: 1.');
  });

  test('LinkedIn: says which pages there are if the one that was asked for is not among them', async () => {
    const connecting = connect(await withPort('linkedin', '--page', 'urn:li:organization:1'));
    await (await fetch(await addressIn(connecting))).text();
    expect(await connecting.ended).toBe(1);
    expect(connecting.output()).toMatch(
      /no page urn:li:organization:1.*Nothing was changed.*urn:li:organization:\d+ {2}\S/s,
    );
    expect(await stored('linkedin')).toBeUndefined();
  });

  test('LinkedIn: says that the version of its API is over', async () => {
    const file = join(folder.path, 'old-version.yaml');
    await writeFile(file, 'distribution: { platforms: { linkedin: { version: "202001" } } }');
    const old = { COMMUNITY_CONFIG: [COMMUNITY_FILE, file].join(',') };
    const connecting = connect(await withPort('linkedin'), old);
    await (await fetch(await addressIn(connecting))).text();
    expect(await connecting.ended).toBe(1);
    expect(connecting.output()).toMatch(/does not serve the version of its API any more/);
    expect(await stored('linkedin')).toBeUndefined();
  });
});

describe('what cannot be', () => {
  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['nothing', [], {}, /npm run connect -- PLATFORM/],
    [
      'a platform that there is not',
      ['myspace'],
      {},
      /"myspace" is no platform.*x, linkedin, youtube, github/,
    ],
    ['two at once', ['x', 'github'], {}, /npm run connect -- PLATFORM/],
    ['an unknown option', ['x', '--force'], {}, /--force/],
    ['a port that is none', ['x', '--port', 'abc'], {}, /--port abc: expected a whole number/],
    ['a page on X', ['x', '--page', 'urn:li:organization:1'], {}, /--page is for LinkedIn/],
    [
      'no application',
      ['x'],
      { X_CLIENT_ID: '', X_CLIENT_SECRET: '' },
      /X is switched off: X_CLIENT_ID and X_CLIENT_SECRET are not set/,
    ],
    ['half of an application', ['x'], { X_CLIENT_SECRET: '' }, /X_CLIENT_SECRET: is not set/],
    ['no key', ['x'], { TOKENS_KEY: '' }, /TOKENS_KEY is not set.*openssl rand -base64 32/],
    ['a key that is none', ['x'], { TOKENS_KEY: 'a-bad-key' }, /TOKENS_KEY: expected 32 bytes in base64/],
    [
      'no database',
      ['x'],
      { DATABASE_URL: 'postgresql://a:my-password@127.0.0.1:9/b' },
      /PostgreSQL cannot be used/,
    ],
  ])('%s is refused before anybody consents', async (_, args, changed, says) => {
    const { code, output } = await run(args, changed);
    expect(output).toMatch(says);
    expect(code).toBe(1);
    expect(output).not.toMatch(/a-bad-key|my-password|Open this address|at .*\.ts:\d/);
  });

  test('a port that is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    const { code, output } = await run(['x', '--port', String(port)]);
    taken.close();
    expect(output).toMatch(new RegExp(`Port ${port} cannot be listened on.*--port`, 's'));
    expect(code).toBe(1);
  });
});

describe('npm run connect -- --list and --disconnect', () => {
  test('show where each platform stands', async () => {
    const connecting = connect(await withPort('x'));
    await (await fetch(await addressIn(connecting))).text();
    await connecting.ended;
    const without = { YOUTUBE_CLIENT_ID: '', YOUTUBE_CLIENT_SECRET: '' };
    const first = await run(['--list'], without);
    expect(first.code).toBe(0);
    expect(first.output).toMatch(/^X +connected as @\S+$/m);
    expect(first.output).toMatch(
      /^LinkedIn +switched off: no account is connected. npm run connect -- linkedin/m,
    );
    expect(first.output).toMatch(
      /^YouTube +switched off: not set: YOUTUBE_CLIENT_ID, YOUTUBE_CLIENT_SECRET$/m,
    );

    const version = (await stored('x'))?.version ?? 0;
    await database.orm.em
      .fork()
      .transactional((em) =>
        expireAccount(em, { guildId, platform: 'x', version }, 'It was taken back', NOW),
      );
    const second = await run(['--list']);
    expect(second.output).toMatch(
      /^X +@\S+ has expired since 2026-11-23 12:00 UTC: It was taken back. npm run connect -- x$/m,
    );
  });

  test('forget an account', async () => {
    const connecting = connect(await withPort('x'));
    await (await fetch(await addressIn(connecting))).text();
    await connecting.ended;
    expect(await run(['--disconnect', 'x'])).toMatchObject({ code: 0 });
    expect(await stored('x')).toBeUndefined();
    expect(await run(['--disconnect', 'x'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('No account on X is connected'),
    });
  });
});
