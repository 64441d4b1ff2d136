import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { APIMessage } from 'discord-api-types/v10';
import type { CommunityConfig } from '../../config/schema.ts';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { toGuildId } from '../../domain/ids.ts';
import { type Stay, stopButtonId } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { getProgress, memberDid, onboardingsOf } from '../../workflows/definitions/onboarding.ts';
import { type BotScene, startBotScene } from '../support/bot-scene.ts';
import { answerTo, buttonOf, press, sendButton } from '../support/button.ts';
import { directMessages, messagesIn, onboardingOf, openThread, toStay, write } from '../support/community.ts';
import { until } from '../support/wait.ts';

/** One tip at once, and the others later, so that there are some to stop. Everybody is welcomed by themselves. */
const OVERLAY = `
onboarding:
  burst: { window: 0s }
  steps: [{ name: guide, after: 0s }, { name: roles, after: 1h }]`;

let scene: BotScene;
let discord: LocalDiscord;
let config: CommunityConfig;

beforeAll(async () => {
  scene = await startBotScene({ overlay: OVERLAY });
  ({ discord, config } = scene);
});
afterAll(() => scene.stop());

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

/** Temporal's list follows a little later than what it lists. */
async function untilListed({ guildId, memberId }: Stay, onboardings = 1): Promise<void> {
  const query = onboardingsOf(guildId, memberId);
  await until(async () => (await scene.worker.client.workflow.count(query)).count >= onboardings);
}

const stored = ({ guildId, memberId, joinedAt }: Stay) =>
  scene.worker.database.em.fork().findOne(MemberStay, { guildId, memberId, joinedAt: new Date(joinedAt) });

/** How often the onboarding was told of an introduction. */
async function introductionsTold(stay: Stay): Promise<number> {
  const { events } = await onboardingOf(scene.worker, stay).fetchHistory();
  const signals = (events ?? []).map((event) => event.workflowExecutionSignaledEventAttributes?.signalName);
  return signals.filter((name) => name === memberDid.name).length;
}

async function pressAndWait({ memberId }: Stay, message: APIMessage): Promise<string> {
  return answerTo(discord, await press(discord, memberId, message));
}

describe('the bot', () => {
  test('starts an onboarding when somebody joins, which can be found in Temporal', async () => {
    const stay = await join();
    await until(async () => (await messagesIn({ discord }, 'welcome')).length > 0);
    await until(async () => (await onboardingOf(scene.worker, stay).query(getProgress)).state === 'guiding');
    const description = await onboardingOf(scene.worker, stay).describe();
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
    expect(await onboardingOf(scene.worker, stay).result()).toMatchObject({ outcome: 'left' });
  });

  test('stops the tips for whoever presses the button under one', async () => {
    const stay = await join();
    const tip = await firstTip(stay);
    expect(await pressAndWait(stay, tip)).toBe(config.onboarding.stopped);
    expect(await onboardingOf(scene.worker, stay).result()).toMatchObject({ outcome: 'stopped' });
    expect(await pressAndWait(stay, tip)).toBe(config.onboarding.alreadyOver);
  });

  test.each([
    ['forged', 'onboarding/stop/99999999999999999999/guide', () => config.answers.outdated],
    ['unknown', 'something-else', () => config.answers.outdated],
  ])('has a clear word for a button that is %s', async (_, customId, expected) => {
    const stay = await join();
    await firstTip(stay);
    const sent = await sendButton(discord, stay.memberId, customId);
    expect(await pressAndWait(stay, sent)).toBe(expected());
    expect(await onboardingOf(scene.worker, stay).query(getProgress)).toMatchObject({ state: 'guiding' });
  });

  test('stops the tips of whoever presses the button of an earlier visit', async () => {
    const stay = await join();
    await firstTip(stay);
    await untilListed(stay);
    const sent = await sendButton(discord, stay.memberId, stopButtonId(1, 'guide'));
    expect(await pressAndWait(stay, sent)).toBe(config.onboarding.stopped);
    expect(await onboardingOf(scene.worker, stay).result()).toMatchObject({ outcome: 'stopped' });
  });

  test("cannot be made to stop another member's tips", async () => {
    const [owner, other] = [await join(), await join()];
    const customId = buttonOf(await firstTip(owner));
    await firstTip(other);
    await untilListed(other);
    const sent = await sendButton(discord, other.memberId, customId);
    expect(await pressAndWait(other, sent)).toBe(config.onboarding.stopped);
    expect(await onboardingOf(scene.worker, other).result()).toMatchObject({ outcome: 'stopped' });
    expect(await onboardingOf(scene.worker, owner).query(getProgress)).toMatchObject({ state: 'guiding' });
  });

  test('hears of introductions', async () => {
    const stay = await join();
    await firstTip(stay);
    await untilListed(stay);
    await write({ discord }, stay.memberId, 'general');
    await write({ discord }, stay.memberId, 'introductions');
    const deeds = async () => (await onboardingOf(scene.worker, stay).query(getProgress)).deeds;
    await until(async () => (await deeds()).length > 0);
    expect(await deeds()).toEqual(['introduced']);
  });

  test('tells an onboarding once of an introduction, and never of what Discord writes in the name of a member', async () => {
    const [author, other] = [await join(), await join()];
    for (const stay of [author, other]) {
      await firstTip(stay);
      await untilListed(stay);
    }
    await openThread({ discord }, other.memberId, 'introductions');
    for (let count = 0; count < 3; count += 1) await write({ discord }, author.memberId, 'introductions');
    // Messages are told of in their order: when the last one is known, so is all before it.
    const last = await join();
    await firstTip(last);
    await untilListed(last);
    await write({ discord }, last.memberId, 'introductions');
    await until(async () => (await introductionsTold(last)) > 0);
    expect([await introductionsTold(author), await introductionsTold(other)]).toEqual([1, 0]);
  });

  test('tells the onboarding of whoever comes back again', async () => {
    const first = await join();
    await firstTip(first);
    await untilListed(first);
    await write({ discord }, first.memberId, 'introductions');
    await until(async () => (await introductionsTold(first)) > 0);
    await discord.control.leave({ memberId: first.memberId });
    await onboardingOf(scene.worker, first).result();
    const { members } = await discord.control.join({ userId: first.memberId });
    const second = toStay(first.guildId, members[0]?.member);
    await untilListed(second, 2);
    await until(async () => {
      await write({ discord }, first.memberId, 'introductions');
      return (await introductionsTold(second)) > 0;
    });
  });

  test('waits where the guild screens members, until they have passed', async () => {
    const { members } = await discord.control.join({ pending: true });
    const stay = toStay(toGuildId(discord.guildId), members[0]?.member);
    await until(async () => (await stored(stay))?.awaitsScreening === true);
    expect(await directMessages({ discord }, stay.memberId)).toEqual([]);
    await discord.control.passScreening({ memberId: stay.memberId });
    await firstTip(stay);
    expect((await stored(stay))?.awaitsScreening).toBe(false);
  });

  test('welcomes who has passed the screening at once, also when they have a role by then', async () => {
    const { members } = await discord.control.join({ pending: true });
    const stay = toStay(toGuildId(discord.guildId), members[0]?.member);
    await until(async () => (await stored(stay))?.awaitsScreening === true);
    const { guild } = await discord.control.getState();
    const roleId = guild.roles.find(({ name }) => name === 'Designer')?.id ?? '';
    await discord.control.giveRole({ memberId: stay.memberId, roleId });
    await discord.control.passScreening({ memberId: stay.memberId });
    await firstTip(stay);
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
