import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIMessage } from 'discord-api-types/v10';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { toGuildId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { getProgress } from '../../workflows/definitions/onboarding.ts';
import { connectWorker, type RunningBot, startBot, startBotDiscord } from '../support/bot.ts';
import { answerTo, buttonOf, press, sendButton } from '../support/button.ts';
import { directMessages, messagesIn, onboardingOf, toStay } from '../support/community.ts';
import { freshDatabase } from '../support/database.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

let discord: LocalDiscord;
let config: CommunityConfig;
let worker: Awaited<ReturnType<typeof connectWorker>>;
let bot: RunningBot;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  const database = await freshDatabase();
  await database.close();
  config = await loadConfig([COMMUNITY_FILE]);
  shortenWaits(config);
  const started = await startBotDiscord({ DATABASE_URL: database.url });
  discord = started.discord;
  worker = await connectWorker(started.environment, config);
  stopWorker = await runWorker(worker.context);
  bot = await startBot(started.environment, config);
});
afterAll(async () => {
  await bot.stop();
  await stopWorker();
  await worker.disconnect();
  await discord.stop();
});

/** One tip at once, and another after an hour, so that there is one to stop. */
function shortenWaits({ onboarding }: CommunityConfig): void {
  const steps = onboarding.steps as unknown as { name: string; after: string }[];
  const guide = steps.find(({ name }) => name === 'guide');
  if (guide === undefined) throw new Error('there is no step "guide"');
  steps.push({ ...guide, name: 'later', after: '1h' });
  guide.after = '0s';
}

async function join(): Promise<Stay> {
  const { members } = await discord.control.join();
  return toStay(toGuildId(discord.guildId), members[0]?.member);
}

async function firstTip({ memberId }: Stay): Promise<APIMessage> {
  await until(async () => (await directMessages({ discord }, memberId)).length > 0);
  const [tip] = await directMessages({ discord }, memberId);
  if (tip === undefined) throw new Error('there is no tip');
  return tip;
}

async function pressAndWait({ memberId }: Stay, message: APIMessage): Promise<string> {
  return answerTo(discord, await press(discord, memberId, message));
}

describe('the bot', () => {
  test('starts an onboarding when somebody joins, which can be found in Temporal', async () => {
    const stay = await join();
    await until(async () => (await messagesIn({ discord }, 'welcome')).length > 0);
    await until(
      async () => (await onboardingOf(worker.context, stay).query(getProgress)).state === 'guiding',
    );
    const description = await onboardingOf(worker.context, stay).describe();
    expect(await description.staticSummary()).toBe(`Onboarding of member ${stay.memberId}`);
    const attributes = Object.fromEntries(
      description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
    );
    expect(attributes).toMatchObject({
      Guild: stay.guildId,
      Member: stay.memberId,
      Feature: 'onboarding',
      State: 'guiding',
    });
  });

  test('ends it when the member leaves', async () => {
    const stay = await join();
    await firstTip(stay);
    await discord.control.leave({ memberId: stay.memberId });
    expect(await onboardingOf(worker.context, stay).result()).toMatchObject({ outcome: 'left' });
  });

  test('stops the tips for whoever presses the button under one', async () => {
    const stay = await join();
    const tip = await firstTip(stay);
    expect(await pressAndWait(stay, tip)).toBe(config.onboarding.stopped);
    expect(await onboardingOf(worker.context, stay).result()).toMatchObject({ outcome: 'stopped' });
    expect(await pressAndWait(stay, tip)).toBe(config.onboarding.alreadyOver);
  });

  test.each([
    ['outdated', 'onboarding/stop/1/guide', () => config.onboarding.alreadyOver],
    ['forged', 'onboarding/stop/99999999999999999999/guide', () => config.answers.outdated],
    ['unknown', 'something-else', () => config.answers.outdated],
  ])('has a clear word for a button that is %s', async (_, customId, expected) => {
    const stay = await join();
    await firstTip(stay);
    const sent = await sendButton(discord, stay.memberId, customId);
    expect(await pressAndWait(stay, sent)).toBe(expected());
    expect(await onboardingOf(worker.context, stay).query(getProgress)).toMatchObject({ state: 'guiding' });
  });

  test("cannot be made to stop another member's tips", async () => {
    const [owner, other] = [await join(), await join()];
    const customId = buttonOf(await firstTip(owner));
    const sent = await sendButton(discord, other.memberId, customId);
    expect(await pressAndWait(other, sent)).toBe(config.onboarding.alreadyOver);
    expect(await onboardingOf(worker.context, owner).query(getProgress)).toMatchObject({ state: 'guiding' });
  });

  test('welcomes who joined while its session was lost, without a second welcome for the others', async () => {
    const known = await join();
    await firstTip(known);
    await discord.control.setAway({ away: 'until-cleared' });
    const { members } = await discord.control.join();
    const missed = toStay(toGuildId(discord.guildId), members[0]?.member);
    await discord.control.actOnGateway({ action: 'invalidate' });
    await discord.control.setAway({ away: null });
    await firstTip(missed);
    const welcomes = await messagesIn({ discord }, 'welcome');
    for (const { memberId } of [known, missed]) {
      expect(welcomes.filter(({ embeds }) => embeds[0]?.description?.includes(memberId))).toHaveLength(1);
    }
  }, 90_000);
});
