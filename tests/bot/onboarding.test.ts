import { REST } from '@discordjs/rest';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NativeConnection } from '@temporalio/worker';
import { ButtonStyle, ComponentType, Routes } from 'discord-api-types/v10';
import { pino } from 'pino';
import { type Environment, readEnvironment } from '../../config/environment.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { openDatabase } from '../../database/orm.ts';
import type { Stay } from '../../domain/onboarding.ts';
import { createTemporalClient } from '../../runtime/temporal.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import type { WorkerContext } from '../../worker/context.ts';
import { getProgress } from '../../workflows/definitions/onboarding.ts';
import { type RunningBot, startBot } from '../support/bot.ts';
import { directMessages, messagesIn, onboardingOf, toStay } from '../support/community.ts';
import { freshDatabase } from '../support/database.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { sharedServers } from '../support/servers.ts';
import { until } from '../support/wait.ts';
import { runWorker } from '../support/worker.ts';

let discord: LocalDiscord;
let config: CommunityConfig;
let environment: Environment;
let worker: WorkerContext;
let bot: RunningBot;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  const [started, database] = await Promise.all([startTestDiscord(), freshDatabase()]);
  discord = started;
  await database.close();
  config = await loadConfig([COMMUNITY_FILE]);
  shortenWaits(config);
  environment = readEnvironment({
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: sharedServers().temporalAddress,
    TEMPORAL_NAMESPACE: 'tests',
  });
  worker = await connectWorker();
  stopWorker = await runWorker(worker);
  bot = await startBot(environment, config);
});
afterAll(async () => {
  await bot.stop();
  await stopWorker();
  await worker.connection.close();
  await worker.client.connection.close();
  await worker.database.close();
  await discord.stop();
});

/** One tip after a second, and another after an hour, so that there is one to stop. */
function shortenWaits({ onboarding }: CommunityConfig): void {
  const steps = onboarding.steps as unknown as { name: string; after: string }[];
  const guide = steps.find(({ name }) => name === 'guide');
  if (guide === undefined) throw new Error('there is no step "guide"');
  steps.push({ ...guide, name: 'later', after: '1h' });
  guide.after = '1s';
}

async function connectWorker(): Promise<WorkerContext> {
  return {
    environment,
    config,
    logger: pino({ level: 'silent' }),
    client: createTemporalClient(environment),
    database: openDatabase(environment.DATABASE_URL),
    connection: await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS }),
  };
}

async function join(): Promise<Stay> {
  const { members } = await discord.control.join();
  return toStay(environment.DISCORD_GUILD_ID, members[0]?.member);
}

async function firstTip({ memberId }: Stay) {
  await until(async () => (await directMessages({ discord }, memberId)).length > 0);
  const [tip] = await directMessages({ discord }, memberId);
  if (tip === undefined) throw new Error('there is no tip');
  return tip;
}

/** Presses the first button of a message and gives the answer's text. */
async function press(
  memberId: string,
  message: { id: string; channel_id: string },
  customId: string,
): Promise<string> {
  const { interactionId } = await discord.control.press({
    memberId,
    channelId: message.channel_id,
    messageId: message.id,
    customId,
  });
  const { outcome } = await discord.control.getInteraction({ interactionId, wait: 20_000, until: 'final' });
  if (outcome.state !== 'answered') throw new Error(`the interaction was ${outcome.state}`);
  return outcome.message.message.content;
}

function buttonOf(message: Awaited<ReturnType<typeof firstTip>>): string {
  const row = message.components?.[0];
  const button = row?.type === ComponentType.ActionRow ? row.components[0] : undefined;
  if (button === undefined || !('custom_id' in button)) throw new Error('the message has no button');
  return button.custom_id;
}

describe('the bot', () => {
  test('starts an onboarding when somebody joins, which can be found in Temporal', async () => {
    const stay = await join();
    await until(async () => (await messagesIn({ discord }, 'welcome')).length > 0);
    await until(async () => (await onboardingOf(worker, stay).query(getProgress)).state === 'guiding');
    const description = await onboardingOf(worker, stay).describe();
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
    expect(await onboardingOf(worker, stay).result()).toMatchObject({ outcome: 'left' });
  });

  test('stops the tips for whoever presses the button under one', async () => {
    const stay = await join();
    const tip = await firstTip(stay);
    expect(await press(stay.memberId, tip, buttonOf(tip))).toBe(config.onboarding.stopped);
    expect(await onboardingOf(worker, stay).result()).toMatchObject({ outcome: 'stopped' });
    expect(await press(stay.memberId, tip, buttonOf(tip))).toBe(config.onboarding.alreadyOver);
  });

  test.each([
    ['outdated', 'onboarding/stop/1/guide', () => config.onboarding.alreadyOver],
    ['forged', 'onboarding/stop/99999999999999999999/guide', () => config.answers.outdated],
    ['unknown', 'something-else', () => config.answers.outdated],
  ])('has a clear word for a button that is %s', async (_, customId, expected) => {
    const stay = await join();
    const tip = await firstTip(stay);
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const button = {
      type: ComponentType.Button,
      style: ButtonStyle.Primary,
      custom_id: customId,
      label: 'x',
    };
    const body = { content: 'x', components: [{ type: ComponentType.ActionRow, components: [button] }] };
    const sent = (await rest.post(Routes.channelMessages(tip.channel_id), { body })) as typeof tip;
    expect(await press(stay.memberId, sent, customId)).toBe(expected());
    expect(await onboardingOf(worker, stay).query(getProgress)).toMatchObject({ state: 'guiding' });
  });

  test("cannot be made to stop another member's tips", async () => {
    const [owner, other] = [await join(), await join()];
    const customId = buttonOf(await firstTip(owner));
    const tip = await firstTip(other);
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const button = {
      type: ComponentType.Button,
      style: ButtonStyle.Primary,
      custom_id: customId,
      label: 'x',
    };
    const body = { content: 'x', components: [{ type: ComponentType.ActionRow, components: [button] }] };
    const sent = (await rest.post(Routes.channelMessages(tip.channel_id), { body })) as typeof tip;
    expect(await press(other.memberId, sent, customId)).toBe(config.onboarding.alreadyOver);
    expect(await onboardingOf(worker, owner).query(getProgress)).toMatchObject({ state: 'guiding' });
  });

  test('welcomes who joined while its session was lost, without a second welcome for the others', async () => {
    const known = await join();
    await firstTip(known);
    await discord.control.setAway({ away: 'until-cleared' });
    const { members } = await discord.control.join();
    const missed = toStay(environment.DISCORD_GUILD_ID, members[0]?.member);
    await discord.control.actOnGateway({ action: 'invalidate' });
    await discord.control.setAway({ away: null });
    await firstTip(missed);
    const welcomes = await messagesIn({ discord }, 'welcome');
    for (const { memberId } of [known, missed]) {
      expect(welcomes.filter(({ embeds }) => embeds[0]?.description?.includes(memberId))).toHaveLength(1);
    }
  }, 90_000);
});

describe('when Temporal is away', () => {
  test('whoever presses is told to try again', async () => {
    const stay = await join();
    const tip = await firstTip(stay);
    await bot.stop();
    bot = await startBot({ ...environment, TEMPORAL_ADDRESS: '127.0.0.1:9' }, config);
    expect(await press(stay.memberId, tip, buttonOf(tip))).toBe(config.answers.tryAgain);
    await bot.stop();
    bot = await startBot(environment, config);
    expect(await onboardingOf(worker, stay).query(getProgress)).toMatchObject({ state: 'guiding' });
  });
});
