import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { GatewayHolder } from '../../bot/gateway.ts';
import type { Environment } from '../../config/environment.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { duties } from '../../runtime/metrics.ts';
import { MisconfiguredError } from '../../runtime/process.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { createContext, startBot, startBotDiscord } from '../support/bot.ts';
import { emptyDatabase } from '../support/database.ts';
import { until } from '../support/wait.ts';

let discord: LocalDiscord;
let environment: Environment;
let config: CommunityConfig;

beforeAll(async () => {
  config = await loadConfig([COMMUNITY_FILE]);
});
beforeEach(async () => {
  ({ discord, environment } = await startBotDiscord());
});
afterEach(() => discord.stop());

async function dutyHeld(): Promise<number | undefined> {
  const { values } = await duties.get();
  return values.find(({ labels }) => labels.duty === 'gateway')?.value;
}

describe('the gateway', () => {
  test.each([
    ['the token is no longer valid', 4004, MisconfiguredError, /refuses DISCORD_BOT_TOKEN/],
    ['the intents are no longer allowed', 4014, MisconfiguredError, /"Server Members Intent"/],
    ['nothing in the set-up explains it', 4012, Error, /with code 4012/],
  ])('is given up, with the reason, when Discord closes it for good: %s', async (_, code, kind, reason) => {
    const bot = await startBot(environment, config);
    expect(await dutyHeld()).toBe(1);
    const given = bot.holding.catch((error: unknown) => error);
    await discord.control.actOnGateway({ action: 'disconnect', code });
    const error = await given;
    expect(error).toBeInstanceOf(kind);
    expect(error).toHaveProperty('message', expect.stringMatching(reason));
    expect(await dutyHeld()).toBe(0);
  });

  test('is not reported as held while it is reconnecting, and is again after', async () => {
    const bot = await startBot(environment, config);
    expect(() => bot.gateway.check()).not.toThrow();
    await discord.control.setAway({ away: 'until-cleared' });
    await until(async () => (await dutyHeld()) === 0);
    expect(() => bot.gateway.check()).toThrow('not connected');
    await discord.control.setAway({ away: null });
    await until(async () => (await dutyHeld()) === 1);
    expect(() => bot.gateway.check()).not.toThrow();
    await bot.stop();
  });

  test('is not taken by a log-in that was still under way when it was somebody else’s turn', async () => {
    await discord.control.setFaults({
      rules: [
        { match: { method: 'GET', route: '/gateway/bot' }, times: 1, fault: { kind: 'delay', ms: 1_000 } },
      ],
    });
    const over = new AbortController();
    const gateway = new GatewayHolder(createContext(environment, config, 10_000, over.signal));
    const holding = gateway.holdUntil(over.signal);
    over.abort();
    await holding;
    // It was laid down while Discord had not even said where the gateway is.
    expect(await answersTo('/gateway/bot')).toBe(0);
    await until(async () => (await answersTo('/gateway/bot')) > 0);
    const next = await startBot(environment, config);
    expect((await discord.control.getSessions()).sessions).toHaveLength(1);
    await next.stop();
  });
});

async function answersTo(route: string): Promise<number> {
  const { entries } = await discord.control.getRequests({ route });
  return entries.length;
}

describe('a bot beside one that holds the gateway', () => {
  test('is ready: it waits in line', async () => {
    const databaseUrl = await emptyDatabase();
    const holder = new pg.Client({ connectionString: databaseUrl });
    await holder.connect();
    await holder.query('select pg_advisory_lock(hashtextextended($1, 0))', [`gateway/${discord.guildId}`]);
    const variables = { ...process.env, ...asVariables(environment), DATABASE_URL: databaseUrl };
    const bot = fork('bot/main.ts', { env: variables, silent: true });
    let output = '';
    bot.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    expect((await once(bot, 'message'))[0]).toMatchObject({ ready: true });
    await until(() => output.includes('waits in line'));
    expect((await discord.control.getSessions()).sessions).toHaveLength(0);
    bot.kill('SIGTERM');
    expect((await once(bot, 'exit'))[0]).toBe(0);
    await holder.end();
  });
});

function asVariables({ COMMUNITY_CONFIG, ...rest }: Environment): Record<string, string> {
  const variables = Object.entries(rest).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(variables), COMMUNITY_CONFIG: COMMUNITY_CONFIG.join(',') };
}
