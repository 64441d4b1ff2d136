import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toGuildId } from '../../domain/ids.ts';
import { setUpId } from '../../domain/set-up.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { requestSetUp } from '../../worker/set-up.ts';
import { connectWorker, startBotDiscord } from '../support/bot.ts';

const NEVER = new AbortController().signal;

let discord: LocalDiscord;
let worker: Awaited<ReturnType<typeof connectWorker>>;

beforeAll(async () => {
  const started = await startBotDiscord();
  discord = started.discord;
  worker = await connectWorker(started.environment, await loadConfig([COMMUNITY_FILE]));
});
afterAll(async () => {
  await worker.disconnect();
  await discord.stop();
});

const run = async () => {
  const setUp = worker.context.client.workflow.getHandle(setUpId(toGuildId(discord.guildId)));
  const { runId, status } = await setUp.describe();
  return { runId, status: status.name };
};

describe('a worker that is ready', () => {
  test('has the guild set up; one that comes while that runs leaves it at that, a later one has it done again', async () => {
    await requestSetUp(NEVER, worker.context);
    const first = await run();
    expect(first.status).toBe('RUNNING');
    await requestSetUp(NEVER, worker.context);
    expect(await run()).toEqual(first);
    await worker.context.client.workflow.getHandle(setUpId(toGuildId(discord.guildId))).terminate();
    await requestSetUp(NEVER, worker.context);
    expect((await run()).runId).not.toBe(first.runId);
  });
});
