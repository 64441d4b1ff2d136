import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ChannelType } from 'discord-api-types/v10';
import type { DiscordActivities } from '../../activities/discord/index.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toGuildId } from '../../domain/ids.ts';
import { STANDARD_VARIANT, type Stay, type StepOrder } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { createTestActivities } from '../support/discord-activities.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { messagesIn, replaceChannel, toStay } from '../support/on-discord.ts';

const { GuildText, GuildForum } = ChannelType;

let discord: LocalDiscord;
let database: TestDatabase;
/** One process, which goes on with what it knows. */
let activities: DiscordActivities;

beforeEach(async () => {
  [discord, database] = await Promise.all([startTestDiscord(), freshDatabase()]);
  await discord.control.setLimits({ enforced: false });
  activities = createTestActivities(discord, database, await loadConfig([COMMUNITY_FILE]));
});
afterEach(() => Promise.all([discord.stop(), database.close()]));

async function join(count = 1): Promise<Stay[]> {
  const { members } = await discord.control.join({ count });
  return members.map(({ member }) => toStay(toGuildId(discord.guildId), member));
}

const welcome = (stay: Stay): StepOrder => ({
  visit: { ...stay, visitBegan: stay.joinedAt },
  variant: STANDARD_VARIANT,
  step: 'welcome',
  now: stay.joinedAt,
});
const welcomeAll = async (count: number) =>
  Promise.all((await join(count)).map((stay) => activities.sendStep(welcome(stay))));

async function deleteChannel(name: string): Promise<void> {
  const { channels } = await discord.control.getState();
  await discord.control.deleteChannel({ channelId: channels.find((one) => one.name === name)?.id ?? '' });
}

async function deleteRole(name: string): Promise<void> {
  const { guild } = await discord.control.getState();
  await discord.control.deleteRole({ roleId: guild.roles.find((one) => one.name === name)?.id ?? '' });
}

async function readingsOf(route: string): Promise<number> {
  const { entries } = await discord.control.getRequests({ route, method: 'GET' });
  return entries.length;
}

describe('a channel that was deleted and made again under its name', () => {
  test('takes what is sent from then on, and of many who find it dead, one has the list read again', async () => {
    await welcomeAll(1);
    await replaceChannel({ discord }, 'welcome');
    await discord.control.clearRequests();
    const sent = await welcomeAll(10);
    const messages = await messagesIn({ discord }, 'welcome');
    expect(sent).toEqual(Array(10).fill(expect.objectContaining({ kind: 'sent' })));
    expect(messages).toHaveLength(10);
    expect(await readingsOf('/guilds/:guildId/channels')).toBe(1);
  });

  test('gets a message once, also when the answer of the second attempt is lost', async () => {
    await welcomeAll(1);
    await replaceChannel({ discord }, 'welcome');
    const [stay] = await join();
    if (stay === undefined) throw new Error('nobody has joined');
    const match = { method: 'POST', route: '/channels/:channelId/messages' } as const;
    await discord.control.setFaults({
      rules: [
        { match, times: 1, fault: { kind: 'error', status: 404, code: 10_003 } },
        { match, times: 1, fault: { kind: 'drop-after' } },
      ],
    });
    await expect(activities.sendStep(welcome(stay))).rejects.toThrow('Discord');
    await discord.control.setLimits({ nonceMs: 0 });
    expect(await activities.sendStep(welcome(stay))).toMatchObject({ kind: 'sent' });
    expect(await messagesIn({ discord }, 'welcome')).toHaveLength(1);
  });
});

describe('a channel that was deleted', () => {
  test('refuses what is sent, with what to do, and takes it when it is there again', async () => {
    await welcomeAll(1);
    await deleteChannel('welcome');
    expect(await welcomeAll(1)).toEqual([
      { kind: 'refused', reason: expect.stringContaining('the channel was deleted: create it again') },
    ]);
    await discord.control.createChannel({ name: 'welcome', type: GuildText });
    expect(await welcomeAll(1)).toMatchObject([{ kind: 'sent' }]);
  });

  test('is not replaced by a forum of its name, which takes no messages', async () => {
    await deleteChannel('welcome');
    await discord.control.createChannel({ name: 'welcome', type: GuildForum });
    expect(await welcomeAll(1)).toEqual([
      { kind: 'refused', reason: 'the guild has no channel #welcome that takes messages' },
    ]);
  });
});

describe('a role that was deleted', () => {
  test('is refused, with what to do', async () => {
    const [before, after] = await join(2);
    if (before === undefined || after === undefined) throw new Error('two have joined');
    await activities.giveStepRole(welcome(before));
    await deleteRole('Newcomer');
    expect(await activities.giveStepRole(welcome(after))).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('the role was deleted: create it again'),
    });
  });
});
