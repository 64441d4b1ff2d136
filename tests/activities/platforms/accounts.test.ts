import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Accounts, type AccountUse, createAccounts } from '../../../activities/platforms/accounts.ts';
import type { PlatformAccess } from '../../../activities/platforms/publisher.ts';
import { type Database, openDatabase } from '../../../database/orm.ts';
import { connectAccount, disconnectAccount, findAccount } from '../../../database/platform-accounts.ts';
import { toGuildId } from '../../../domain/ids.ts';
import { sealTokens } from '../../../runtime/account-tokens.ts';
import type { Tokens } from '../../../runtime/oauth.ts';
import { freePort } from '../../../runtime/ports.ts';
import { createSealer } from '../../../runtime/sealing.ts';
import type { Fault } from '../../../sandbox/social/control.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../../sandbox/social/start.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { connectTestAccount, sealer, settingsFor } from '../../support/platform-accounts.ts';

const guildId = toGuildId('1300000000000000001');
const X = { guildId, platform: 'x' } as const;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let database: TestDatabase;
let platforms: LocalPlatforms;
/** Other processes: each has its own connections, and knows nothing of the others. */
let others: Database[];
let now: number;
let tokens: Tokens;
let accounts: Accounts;

beforeAll(async () => {
  database = await freshDatabase();
  others = Array.from({ length: 3 }, () => openDatabase(database.url));
});
afterAll(async () => {
  for (const other of others) await other.close();
  await database.close();
});
beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 12);
  platforms = await startLocalPlatforms({ now: () => now });
  const em = database.orm.em.fork();
  for (const table of ['platform_accounts', 'outbox']) await em.execute(`delete from ${table}`);
  tokens = await connectTestAccount(em, guildId, 'x', platforms, now);
  accounts = process(database.orm);
});
afterEach(() => platforms.stop());

/** The accounts as a process has them. */
function process(orm: Database, changed: Partial<Parameters<typeof createAccounts>[0]> = {}): Accounts {
  const settings = settingsFor(platforms);
  return createAccounts({ guildId, database: orm, sealer, settings, now: () => now, ...changed });
}

function accessOf(use: AccountUse): PlatformAccess {
  if (use.kind !== 'usable') throw new Error(`the account is ${use.kind}`);
  return use.access;
}

async function setFault(fault: Fault, times = 1): Promise<void> {
  await platforms.control.setFaults({ rules: [{ platform: 'x', on: 'token', times, fault }] });
}

/** How often X was asked for tokens, but for the first time. */
async function refreshes(): Promise<number> {
  const { requests } = await platforms.control.getRequests({});
  return requests.filter(({ kind }) => kind === 'token').length - 1;
}

async function toldStaff(): Promise<number> {
  const rows: unknown[] = await database.orm.em
    .fork()
    .execute(`select 1 from outbox where "order"->>'kind' = 'tell account expired'`);
  return rows.length;
}

const stored = async () => findAccount(database.orm.em.fork(), X);

describe('using an account', () => {
  test('gives a token that is valid for a while, without asking the platform', async () => {
    expect(await accounts.use('x')).toEqual({
      kind: 'usable',
      access: { accessToken: tokens.accessToken, accountId: 'the x account', accountName: '@x' },
    });
    expect(await refreshes()).toBe(0);
  });

  test('says that none is connected', async () => {
    expect(await accounts.use('youtube')).toEqual({ kind: 'not connected' });
    await disconnectAccount(database.orm.em.fork(), X);
    expect(await accounts.use('x')).toEqual({ kind: 'not connected' });
  });

  test('waits for the end of a limit that somebody has met', async () => {
    await accounts.limit('x', now + MINUTE_MS);
    expect(await accounts.use('x')).toEqual({ kind: 'limited', until: now + MINUTE_MS });
    now += MINUTE_MS;
    expect(await accounts.use('x')).toMatchObject({ kind: 'usable' });
  });

  test('a token without an end, and one that cannot be renewed, are used for as long as they last', async () => {
    const github = { guildId, platform: 'github' } as const;
    const connect = (expiresAt: number | null) =>
      connectAccount(database.orm.em.fork(), {
        ...{ ...github, accountId: '7', accountName: 'tixl' },
        ...sealTokens(sealer, github, { accessToken: 'gho_1', refreshToken: null, expiresAt }),
      });
    await connect(null);
    expect(accessOf(await accounts.use('github')).accessToken).toBe('gho_1');
    await connect(now + MINUTE_MS);
    expect(accessOf(await accounts.use('github')).accessToken).toBe('gho_1');
    now += MINUTE_MS;
    expect(await accounts.use('github')).toMatchObject({
      kind: 'expired',
      reason: expect.stringContaining('its token has ended'),
    });
    expect(await toldStaff()).toBe(1);
  });
});

describe('refreshing', () => {
  test('happens some minutes before the end, and the new token is used from then on', async () => {
    now += 2 * HOUR_MS - 4 * MINUTE_MS;
    const { accessToken } = accessOf(await accounts.use('x'));
    expect(accessToken).not.toBe(tokens.accessToken);
    expect(accessOf(await accounts.use('x')).accessToken).toBe(accessToken);
    expect(await refreshes()).toBe(1);
  });

  test('goes on with each refresh token that the platform gives in place of the last', async () => {
    const seen = new Set([tokens.accessToken]);
    for (let round = 0; round < 4; round += 1) {
      now += 3 * HOUR_MS;
      seen.add(accessOf(await accounts.use('x')).accessToken);
    }
    expect(seen.size).toBe(5);
  });

  test('happens once for twenty who need it at the same time, in several processes', async () => {
    now += 3 * HOUR_MS;
    const processes = [database.orm, ...others].map((orm) => process(orm));
    const uses = await Promise.all(processes.flatMap((one) => Array.from({ length: 5 }, () => one.use('x'))));
    const given = new Set(uses.map((use) => accessOf(use).accessToken));
    expect(given.size).toBe(1);
    expect(given.has(tokens.accessToken)).toBe(false);
    expect(await refreshes()).toBe(1);
  });

  test('after a 401: once for all whose token was refused; who comes late gets the new one', async () => {
    const refused = accessOf(await accounts.use('x'));
    await platforms.control.expireTokens({ platform: 'x' });
    const processes = [database.orm, ...others].map((orm) => process(orm));
    const uses = await Promise.all(
      processes.flatMap((one) => Array.from({ length: 5 }, () => one.renew('x', refused))),
    );
    uses.push(await accounts.renew('x', refused));
    expect(new Set(uses.map((use) => accessOf(use).accessToken)).size).toBe(1);
    expect(await refreshes()).toBe(1);
  });

  test('ends where somebody takes the consent back: everything stops, and staff are told once', async () => {
    await platforms.control.revoke({ platform: 'x' });
    const refused = accessOf(await accounts.use('x'));
    const processes = [database.orm, ...others].map((orm) => process(orm));
    const uses = await Promise.all(processes.map((one) => one.renew('x', refused)));
    uses.push(await accounts.use('x'));
    for (const use of uses)
      expect(use).toMatchObject({ kind: 'expired', reason: expect.stringContaining('invalid_grant') });
    expect(await toldStaff()).toBe(1);
    expect(await refreshes()).toBe(1);
  });

  test('an account that was connected again works again', async () => {
    await platforms.control.revoke({ platform: 'x' });
    await accounts.renew('x', accessOf(await accounts.use('x')));
    const again = await connectTestAccount(database.orm.em.fork(), guildId, 'x', platforms, now);
    expect(accessOf(await accounts.use('x')).accessToken).toBe(again.accessToken);
  });

  test('a token that a platform refuses and that cannot be renewed ends the account', async () => {
    const account = { guildId, platform: 'github' } as const;
    const lasting = { accessToken: 'gho_1', refreshToken: null, expiresAt: null };
    const named = { accountId: '7', accountName: 'tixl' };
    await connectAccount(database.orm.em.fork(), {
      ...{ ...account, ...named },
      ...sealTokens(sealer, account, lasting),
    });
    const refused = accessOf(await accounts.use('github'));
    expect(await accounts.renew('github', refused)).toMatchObject({
      kind: 'expired',
      reason: 'GitHub does not take the token any more',
    });
  });
});

describe('a refresh that fails in passing', () => {
  const passing: readonly Fault[] = [
    { kind: 'server error', status: 500 },
    { kind: 'server error', status: 503 },
    { kind: 'drop', when: 'before' },
    { kind: 'rate limit', resetAfterMs: 5 * MINUTE_MS },
  ];

  test.each(passing)('%j: the token is used as long as it lasts', async (fault) => {
    now += 2 * HOUR_MS - MINUTE_MS;
    await setFault(fault, 2);
    expect(accessOf(await accounts.use('x')).accessToken).toBe(tokens.accessToken);
    expect(await stored()).toMatchObject({ state: 'connected' });
  });

  test.each(passing)('%j: never disconnects the account, and the next attempt succeeds', async (fault) => {
    now += 3 * HOUR_MS;
    await setFault(fault);
    const first = await accounts.use('x').catch((error: Error) => error.message);
    if (fault.kind === 'rate limit')
      expect(first).toMatchObject({ kind: 'limited', until: expect.any(Number) });
    else expect(first).toMatch(/X gives no new token at the moment/);
    expect(await stored()).toMatchObject({ state: 'connected' });
    expect(await toldStaff()).toBe(0);
    expect(accessOf(await accounts.use('x')).accessToken).not.toBe(tokens.accessToken);
  });

  test('where the platform cannot be reached at all', async () => {
    now += 3 * HOUR_MS;
    const settings = { ...settingsFor(platforms), PLATFORMS_URL: `http://127.0.0.1:${await freePort()}` };
    await expect(process(database.orm, { settings }).use('x')).rejects.toThrow(/X cannot be reached/);
    expect(await stored()).toMatchObject({ state: 'connected' });
  });

  test('a lost answer: the former tokens are kept and tried again; if they are refused then, it is said why', async () => {
    now += 3 * HOUR_MS;
    await setFault({ kind: 'drop', when: 'after' });
    await expect(accounts.use('x')).rejects.toThrow(/X did not answer/);
    expect(await stored()).toMatchObject({ state: 'connected' });
    expect(await accounts.use('x')).toMatchObject({
      kind: 'expired',
      reason: expect.stringMatching(/invalid_grant.*earlier request for new tokens had no answer/s),
    });
    expect(await toldStaff()).toBe(1);
  });

  test('a lost answer before the end: the former token is used for as long as it lasts', async () => {
    now += 2 * HOUR_MS - MINUTE_MS;
    await setFault({ kind: 'drop', when: 'after' });
    expect(accessOf(await accounts.use('x')).accessToken).toBe(tokens.accessToken);
  });
});

describe('the key', () => {
  const other = createSealer(randomBytes(32).toString('base64'));

  test('that is another one: the account has to be connected again, and staff read why', async () => {
    const use = await process(database.orm, { sealer: other }).use('x');
    expect(use).toMatchObject({ kind: 'expired', reason: expect.stringContaining('TOKENS_KEY') });
    expect(await toldStaff()).toBe(1);
  });

  test('or the application that is missing in one process disconnects nobody', async () => {
    await expect(process(database.orm, { sealer: undefined }).use('x')).rejects.toThrow(
      /TOKENS_KEY is not set/,
    );
    now += 3 * HOUR_MS;
    await expect(process(database.orm, { settings: {} as never }).use('x')).rejects.toThrow(
      /X_CLIENT_ID and X_CLIENT_SECRET: not set/,
    );
    expect(await accounts.use('x')).toMatchObject({ kind: 'usable' });
  });

  test('opens nothing that was moved from another row', async () => {
    const em = database.orm.em.fork();
    await em.execute(
      `insert into platform_accounts (guild_id, platform, state, account_id, account_name, tokens, version)
       select guild_id, 'youtube', state, account_id, account_name, tokens, version from platform_accounts`,
    );
    expect(await accounts.use('youtube')).toMatchObject({ kind: 'expired' });
  });
});

test('no token stands readable in the database, in an order or in an error', async () => {
  const secrets = [tokens.accessToken, tokens.refreshToken ?? ''];
  now += 3 * HOUR_MS;
  const errors: string[] = [];
  for (const fault of [
    { kind: 'server error', status: 500 },
    { kind: 'drop', when: 'after' },
  ] as const) {
    await setFault(fault);
    const error: unknown = await accounts.use('x').catch((failure: unknown) => failure);
    errors.push(error instanceof Error ? `${error.stack} ${JSON.stringify(error)} ${error.cause}` : '');
  }
  errors.push(JSON.stringify(await accounts.use('x')));
  const em = database.orm.em.fork();
  for (const table of ['platform_accounts', 'outbox']) {
    const rows: { row: string }[] = await em.execute(`select ${table}::text as row from ${table}`);
    errors.push(...rows.map(({ row }) => row));
  }
  expect(errors.join()).toContain('expired');
  for (const secret of secrets) {
    expect(errors.join()).not.toContain(secret);
    expect(errors.join()).not.toContain(Buffer.from(secret).toString('hex'));
  }
});
