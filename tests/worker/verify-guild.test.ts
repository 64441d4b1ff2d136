import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ChannelType, OverwriteType, PermissionFlagsBits, Routes } from 'discord-api-types/v10';
import { readEnvironment } from '../../config/environment.ts';
import { COMMUNITY_FILE, ConfigError, loadConfig } from '../../config/load.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { createDiscordRest } from '../../runtime/discord-rest.ts';
import { isMisconfiguration, MisconfiguredError } from '../../runtime/process.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { verifyGuild } from '../../worker/verify-guild.ts';
import { startTestDiscord } from '../support/local-discord.ts';

const { ReadMessageHistory, EmbedLinks, SendMessages } = PermissionFlagsBits;

let discord: LocalDiscord;
let config: CommunityConfig;
let welcome: string;
let botId: string;

beforeAll(async () => {
  discord = await startTestDiscord();
  config = await loadConfig([COMMUNITY_FILE]);
});
beforeEach(async () => {
  await discord.control.reset();
  const { channels } = await discord.control.getState();
  welcome = channels.find(({ name }) => name === 'welcome')?.id ?? '';
  botId = ((await rest().get(Routes.user())) as { id: string }).id;
});
afterAll(() => discord.stop());

const environment = (changes: Record<string, string> = {}) =>
  readEnvironment({
    DISCORD_BOT_TOKEN: discord.token,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    ...changes,
  });

const rest = () => createDiscordRest(environment());

const overwrite = (id: string, type: OverwriteType, bits: { allow?: bigint; deny?: bigint }) =>
  rest().put(Routes.channelPermission(welcome, id), {
    body: { type, allow: String(bits.allow ?? 0n), deny: String(bits.deny ?? 0n) },
  });

const errorOf = (changes?: Record<string, string>): Promise<unknown> =>
  verifyGuild(environment(changes), config, createDiscordRest(environment(changes))).then(
    () => undefined,
    (error) => error,
  );

describe('a guild that has all that is needed', () => {
  test('is accepted', async () => {
    expect(await errorOf()).toBeUndefined();
  });

  test('is accepted where what everyone is denied is allowed to the bot', async () => {
    await overwrite(botId, OverwriteType.Member, { allow: ReadMessageHistory });
    await overwrite(discord.guildId, OverwriteType.Role, { deny: ReadMessageHistory });
    expect(await errorOf()).toBeUndefined();
  });
});

describe('what the bot lacks in a channel where it writes', () => {
  test('is named with the channel and the key', async () => {
    await overwrite(botId, OverwriteType.Member, { deny: EmbedLinks | ReadMessageHistory });
    const error = await errorOf();
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems).toEqual([
      "onboarding.steps.welcome.channel, onboarding.closedDms.channel: in #welcome the bot lacks Embed Links, Read Message History: allow it that in the channel's settings, under Permissions",
    ]);
  });

  test('is found where everyone is denied it', async () => {
    await overwrite(discord.guildId, OverwriteType.Role, { deny: SendMessages });
    expect(String(await errorOf())).toContain('the bot lacks Send Messages');
  });
});

describe('a forum', () => {
  const makeForum = async (name: string) => {
    const { channels } = await discord.control.getState();
    await discord.control.deleteChannel({ channelId: channels.find((one) => one.name === name)?.id ?? '' });
    await discord.control.createChannel({ name, type: ChannelType.GuildForum });
  };

  test('is refused where the bot has to write or to read: no messages stand in it', async () => {
    await makeForum('welcome');
    await makeForum('introductions');
    const error = await errorOf();
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems).toEqual([
      'onboarding.steps.welcome.channel, onboarding.closedDms.channel: #welcome takes no messages: name a text channel, not a forum',
      'onboarding.introductions: #introductions takes no messages: name a text channel, not a forum',
    ]);
  });

  test('is accepted where texts only lead to it', async () => {
    await makeForum('showcase');
    expect(await errorOf()).toBeUndefined();
  });
});

describe('a channel in which workshops take place', () => {
  test('must be there, as a voice or stage channel', async () => {
    const hall = {
      name: 'hall',
      weekday: 'monday',
      at: '19:00',
      kind: 'ama',
      title: 'A',
      description: 'A',
    } as const;
    const slots = ['Gone Hall', 'general', 'Town Hall'].map((channel) => ({
      ...hall,
      name: `in-${channel.at(0)}`,
      channel,
    }));
    const workshops = { ...config.workshops, slots };
    const problemsOf = async (slots: typeof workshops.slots) => {
      const error = await verifyGuild(
        environment(),
        { ...config, workshops: { ...workshops, slots } },
        rest(),
      ).catch((error) => error);
      return (error as ConfigError | undefined)?.problems;
    };
    expect(await problemsOf(slots)).toEqual([
      'workshops.slots.in-G.channel: the guild has no channel #Gone Hall: create it, or name another',
    ]);
    expect(await problemsOf(slots.slice(1))).toEqual([
      'workshops.slots.in-g.channel: "general" is no voice or stage channel: name one',
    ]);
    expect(await problemsOf(slots.slice(2))).toBeUndefined();
  });
});

describe('what Discord answers', () => {
  test('to a wrong token means that the set-up is wrong', async () => {
    const error = await errorOf({ DISCORD_BOT_TOKEN: 'bm9ib2R5.xxxxxx.wrong' });
    expect(error).toBeInstanceOf(MisconfiguredError);
    expect(String(error)).toContain('Discord refuses DISCORD_BOT_TOKEN');
  });

  test('when the bot is not in the guild means that the set-up is wrong', async () => {
    const error = await errorOf({ DISCORD_GUILD_ID: '1399999999999999999' });
    expect(error).toBeInstanceOf(MisconfiguredError);
    expect(String(error)).toContain('the bot is not in the guild');
  });

  test("does not count when it is a proxy's page: that passes", async () => {
    const proxy = createServer((_, response) =>
      response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Forbidden</h1>'),
    ).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const error = await errorOf({ DISCORD_API_URL: `http://127.0.0.1:${port}/api` });
    expect(error).toBeInstanceOf(Error);
    expect(isMisconfiguration(error)).toBe(false);
    proxy.close();
  });
});
