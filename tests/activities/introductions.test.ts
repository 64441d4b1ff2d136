import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DiscordActivities } from '../../activities/discord/index.ts';
import { COMMUNITY_FILE, loadConfig } from '../../config/load.ts';
import { toGuildId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { createTestActivities } from '../support/discord-activities.ts';
import { startTestDiscord } from '../support/local-discord.ts';
import { openThread, replaceChannel, toStay, write } from '../support/on-discord.ts';

let discord: LocalDiscord;
let database: TestDatabase;
let activities: DiscordActivities;
let stay: Stay;

beforeAll(async () => {
  [discord, database] = await Promise.all([startTestDiscord(), freshDatabase()]);
  await discord.control.setLimits({ enforced: false });
  activities = createTestActivities(discord, database, await loadConfig([COMMUNITY_FILE]));
});
afterAll(() => Promise.all([discord.stop(), database.close()]));

beforeEach(async () => {
  const { members } = await discord.control.join();
  stay = toStay(toGuildId(discord.guildId), members[0]?.member);
});

const deeds = () => activities.findDeeds({ ...stay, visitBegan: stay.joinedAt }, ['introduced']);

describe('whether a member has introduced themselves', () => {
  test('is what they have written in the channel for it, and not elsewhere', async () => {
    await write({ discord }, stay.memberId, 'general');
    expect(await deeds()).toEqual([]);
    await write({ discord }, stay.memberId, 'introductions');
    expect(await deeds()).toEqual(['introduced']);
  });

  test('is not what Discord writes there in their name', async () => {
    await openThread({ discord }, stay.memberId, 'introductions');
    expect(await deeds()).toEqual([]);
    await write({ discord }, stay.memberId, 'introductions');
    expect(await deeds()).toEqual(['introduced']);
  });

  test('is found in a channel that was made again under its name', async () => {
    expect(await deeds()).toEqual([]);
    await replaceChannel({ discord }, 'introductions');
    await write({ discord }, stay.memberId, 'introductions');
    expect(await deeds()).toEqual(['introduced']);
  });
});
