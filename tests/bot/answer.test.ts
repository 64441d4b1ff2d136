import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Environment } from '../../config/environment.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { toGuildId } from '../../domain/ids.ts';
import { planOnboarding, type Stay, stopButtonId } from '../../domain/onboarding.ts';
import { historyButtonId } from '../../domain/standing.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { ONBOARDING, startOnboarding } from '../../workflows/definitions/onboarding.ts';
import { startOnce } from '../../workflows/definitions/start.ts';
import { connectWorker, startBot, startBotDiscord } from '../support/bot.ts';
import { answerTo, firstAnswerTo, press, sendButton } from '../support/button.ts';
import { directMessages, onboardingOf, toStay } from '../support/community.ts';
import { freshDatabase } from '../support/database.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

const DEADLINE_MS = 2_000;

let discord: LocalDiscord;
let environment: Environment;
let config: CommunityConfig;
let worker: Awaited<ReturnType<typeof connectWorker>>;

beforeAll(async () => {
  const database = await freshDatabase();
  await database.close();
  config = await loadConfig([COMMUNITY_FILE]);
  ({ discord, environment } = await startBotDiscord({ DATABASE_URL: database.url }));
  worker = await connectWorker(environment, config);
});
afterAll(async () => {
  await worker.disconnect();
  await discord.stop();
});

/** Starts the onboarding of somebody who has joined; no worker carries it out yet. */
async function beginOnboarding(): Promise<Stay> {
  const { members } = await discord.control.join();
  const stay = toStay(toGuildId(discord.guildId), members[0]?.member);
  const input = { stay, plan: planOnboarding(config.onboarding, stay.memberId) };
  await startOnce(worker.context.client, ONBOARDING, startOnboarding(input));
  return stay;
}

async function pressStop({ memberId, joinedAt }: Stay): Promise<string> {
  const message = await sendButton(discord, memberId, stopButtonId(joinedAt, 'guide'));
  return press(discord, memberId, message);
}

describe('whoever presses a button', () => {
  test('is told that it may still be done when no worker takes it up in time, and then it is', async () => {
    const bot = await startBot(environment, config, DEADLINE_MS);
    const stay = await beginOnboarding();
    const interaction = await pressStop(stay);
    expect(await firstAnswerTo(discord, interaction)).toBe('deferred');
    expect(await answerTo(discord, interaction)).toBe(config.answers.takesLonger);
    const stopWorker = await runWorker(worker.context);
    expect(await onboardingOf(worker.context, stay).result()).toMatchObject({ outcome: 'stopped' });
    await stopWorker();
    await bot.stop();
  });

  test.each([
    ['is away', { TEMPORAL_ADDRESS: '127.0.0.1:9' }, () => config.answers.takesLonger],
    ['refuses', { TEMPORAL_NAMESPACE: 'there-is-none' }, () => config.answers.tryAgain],
  ])('is told so, and to try again, when Temporal %s', async (_, temporal, expected) => {
    const bot = await startBot({ ...environment, ...temporal }, config, DEADLINE_MS);
    const stay = await beginOnboarding();
    const answer = await answerTo(discord, await pressStop(stay));
    await bot.stop();
    expect(answer).toBe(expected());
  });

  test('to turn a page is told so beside it, and keeps the page, when no worker takes it up in time', async () => {
    const bot = await startBot(environment, config, DEADLINE_MS);
    const { memberId } = await beginOnboarding();
    const page = await sendButton(discord, memberId, historyButtonId(memberId, 2));
    const interactionId = await press(discord, memberId, page);
    const followUps = async () => (await discord.control.getInteraction({ interactionId })).followUps;
    await until(async () => (await followUps()).length > 0);
    expect((await followUps()).map(({ message }) => message.content)).toEqual([config.answers.takesLonger]);
    const [kept] = await directMessages({ discord }, memberId);
    expect([kept?.id, kept?.edited_timestamp]).toEqual([page.id, null]);
    await bot.stop();
  });

  test('gets the answer even when the bot is told to stop meanwhile', async () => {
    const bot = await startBot(environment, config, DEADLINE_MS);
    const stay = await beginOnboarding();
    const interaction = await pressStop(stay);
    expect(await firstAnswerTo(discord, interaction)).toBe('deferred');
    const stopped = bot.stop();
    await until(async () => !(await discord.control.getState()).botOnline);
    await stopped;
    // No wait: it was there before the bot ended.
    const { outcome } = await discord.control.getInteraction({ interactionId: interaction });
    expect(outcome).toMatchObject({
      state: 'answered',
      message: { message: { content: config.answers.takesLonger } },
    });
  });
});
