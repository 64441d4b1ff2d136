import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { EventHandOver } from '../../bot/hand-over.ts';
import type { Environment } from '../../config/environment.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { catchUpId } from '../../domain/catch-up.ts';
import { createTemporalClient } from '../../runtime/temporal.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { compareEverything, compareMember } from '../../workflows/definitions/catch-up.ts';
import { type RunningBot, startBot, startBotDiscord } from '../support/bot.ts';
import { until } from '../support/wait.ts';

const DEADLINE_MS = 2_000;

let discord: LocalDiscord;
let environment: Environment;
let temporal: ReturnType<typeof createTemporalClient>;

beforeAll(async () => {
  ({ discord, environment } = await startBotDiscord());
  temporal = createTemporalClient(environment);
});
afterAll(async () => {
  await temporal.connection.close();
  await discord.stop();
});

/** What the guild's catching up has been asked for so far: names of signals, and what came with them. */
async function requests(): Promise<{ name: string | null | undefined; input: unknown[] }[]> {
  const { events } = await temporal.workflow
    .getHandle(catchUpId(environment.DISCORD_GUILD_ID))
    .fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
    signal == null
      ? []
      : [
          {
            name: signal.signalName,
            input: (signal.input?.payloads ?? []).map(({ data }) => readJson(data)),
          },
        ],
  );
}

function readJson(data: Uint8Array | null | undefined): unknown {
  return JSON.parse(Buffer.from(data ?? []).toString());
}

const comparisons = async () =>
  (await requests().catch(() => [])).filter(({ name }) => name === compareEverything.name).length;

describe('the bot asks for a comparison', () => {
  let bot: RunningBot;
  beforeAll(async () => {
    bot = await startBot(environment, await loadConfig([COMMUNITY_FILE]), DEADLINE_MS);
  });
  afterAll(() => bot.stop());

  test('and says since when it sees the guild, which may be long before Temporal hears of it', async () => {
    await until(async () => (await comparisons()) > 0);
    const { events } = await temporal.workflow
      .getHandle(catchUpId(environment.DISCORD_GUILD_ID))
      .fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    expect(readJson(started?.input?.payloads?.[0]?.data)).toMatchObject({ seenSince: bot.seenSince });
  });

  test('of the whole guild when a session begins, not when one is resumed', async () => {
    await until(async () => (await comparisons()) === 1);
    await discord.control.actOnGateway({ action: 'reconnect' });
    await until(async () => (await discord.control.getSessions()).sessions[0]?.resumes === 1);
    const { members } = await discord.control.join();
    await discord.control.leave({ memberId: String(members[0]?.member.user.id) });
    await until(async () => (await requests()).some(({ name }) => name === compareMember.name));
    expect(await comparisons()).toBe(1);
  });

  test('of a member who leaves', async () => {
    const { members } = await discord.control.join();
    const memberId = String(members[0]?.member.user.id);
    await discord.control.leave({ memberId });
    await until(async () => (await requests()).some(({ input }) => input.includes(memberId)));
  });
});

describe('handing an event over', () => {
  const logger = pino({ level: 'silent' });

  function createHandOver(stop: AbortSignal, settings: Partial<Environment> = {}) {
    const client = createTemporalClient({ ...environment, ...settings });
    const guildId = environment.DISCORD_GUILD_ID;
    return new EventHandOver({ client, guildId, logger, stop, deadlineMs: DEADLINE_MS });
  }

  test('leads to a comparison when it fails, and to another when the next one fails', async () => {
    const handOver = createHandOver(new AbortController().signal);
    const before = await comparisons();
    for (const expected of [before + 1, before + 2]) {
      await handOver.attempt('test', () => Promise.reject(new Error('Temporal is away')));
      await handOver.finish();
      expect(await comparisons()).toBe(expected);
    }
  });

  test('leads to no comparison when it succeeds', async () => {
    const handOver = createHandOver(new AbortController().signal);
    const before = await comparisons();
    await handOver.attempt('test', () => Promise.resolve());
    await handOver.finish();
    expect(await comparisons()).toBe(before);
  });

  test('ends with the process while Temporal is away: the next bot compares in any case', async () => {
    const stop = new AbortController();
    const handOver = createHandOver(stop.signal, { TEMPORAL_ADDRESS: '127.0.0.1:9' });
    await handOver.attempt('test', () => Promise.reject(new Error('Temporal is away')));
    stop.abort();
    await expect(handOver.finish()).resolves.toBeUndefined();
  });
});
