import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ChannelType } from 'discord-api-types/v10';
import type { Environment } from '../../config/environment.ts';
import type { CommunityConfig } from '../../config/schema.ts';
import { whoIsThere } from '../../database/voice-sessions.ts';
import type { CommunityEvent } from '../../domain/events.ts';
import { type ChannelId, type MemberId, toChannelId, toMemberId } from '../../domain/ids.ts';
import type { LocalDiscord } from '../../sandbox/start.ts';
import { type RunningBot, startBot, startBotDiscord } from '../support/bot.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { addEvent } from '../support/event-rows.ts';
import { until } from '../support/wait.ts';

/** Answers to heartbeats say that the connection is alive. */
const HEARTBEAT_MS = 500;

let discord: LocalDiscord;
let environment: Environment;
let config: CommunityConfig;
let database: TestDatabase;
let bot: RunningBot;
let member: MemberId;
let channelId: ChannelId;
let channels = 0;

beforeAll(async () => {
  database = await freshDatabase();
  config = await loadConfigWith('{}');
  ({ discord, environment } = await startBotDiscord({ DATABASE_URL: database.url }));
  await discord.control.setLimits({ heartbeatMs: HEARTBEAT_MS });
});
afterAll(async () => {
  await database.close();
  await discord.stop();
});
beforeEach(async () => {
  bot = await startBot(environment, config);
  member = await join();
  channelId = await newChannel();
});
afterEach(() => bot.stop());

const em = () => database.orm.em.fork();

async function join(isBot = false): Promise<MemberId> {
  const { members } = await discord.control.join({ bot: isBot });
  return toMemberId(members[0]?.member.user.id ?? '');
}

async function newChannel(): Promise<ChannelId> {
  channels += 1;
  const type = channels % 2 === 0 ? ChannelType.GuildVoice : ChannelType.GuildStageVoice;
  return toChannelId((await discord.control.createChannel({ name: `Room ${channels}`, type })).id);
}

const enter = (memberId: MemberId, to: ChannelId | null) =>
  discord.control.setVoice({ memberId, channelId: to });
const newEvent = (place = channelId) =>
  addEvent(em(), environment.DISCORD_GUILD_ID, { place: { kind: 'channel', channelId: place } });

async function untilThere(event: CommunityEvent, count: number): Promise<void> {
  await until(async () => (await whoIsThere(em(), event)) === count);
}

async function sessions(memberId = member): Promise<{ channel: string; isOpen: boolean; ms: number }[]> {
  return em().execute(
    `select channel_id as channel, left_at is null as "isOpen",
       (extract(epoch from coalesce(left_at, seen_at) - joined_at) * 1000)::float8 as ms
     from voice_sessions where member_id = ? order by joined_at`,
    [memberId],
  );
}

describe('who is in the channel of an event', () => {
  test('is noted when they come, move and leave', async () => {
    const event = await newEvent();
    const other = await newChannel();
    const otherEvent = await newEvent(other);
    await enter(member, channelId);
    await untilThere(event, 1);
    await enter(member, other);
    await untilThere(otherEvent, 1);
    await enter(member, null);
    await untilThere(otherEvent, 0);
    expect(await sessions()).toMatchObject([
      { channel: channelId, isOpen: false },
      { channel: other, isOpen: false },
    ]);
  });

  test('has one session, however often they mute themselves', async () => {
    const event = await newEvent();
    for (const selfMute of [false, true, false])
      await discord.control.setVoice({ memberId: member, channelId, selfMute });
    await untilThere(event, 1);
    await enter(member, null);
    await untilThere(event, 0);
    expect(await sessions()).toHaveLength(1);
  });

  test('is not noted where no event takes place, and of bots nowhere', async () => {
    const event = await newEvent();
    await enter(member, await newChannel());
    await enter(await join(true), channelId);
    await enter(await join(), channelId);
    await untilThere(event, 1);
    expect(await sessions()).toEqual([]);
  });

  test('is noted of those who were there before the event was made', async () => {
    await enter(member, channelId);
    // What was told before this is written down by then: for the member there was nothing to write.
    const elsewhere = await newChannel();
    const other = await newEvent(elsewhere);
    await enter(await join(), elsewhere);
    await untilThere(other, 1);
    expect(await sessions()).toEqual([]);
    await untilThere(await newEvent(), 1);
    expect(await sessions()).toMatchObject([{ channel: channelId, isOpen: true }]);
  });

  test('is compared when a bot connects: who left meanwhile, who came, who stayed', async () => {
    const event = await newEvent();
    const [stays, comes, robot] = [await join(), await join(), await join(true)];
    await enter(member, channelId);
    await enter(stays, channelId);
    await untilThere(event, 2);
    await bot.stop();
    await enter(member, null);
    await enter(comes, channelId);
    await enter(robot, channelId);
    const away = Date.now();
    bot = await startBot(environment, config);
    await until(async () => (await sessions(comes)).length === 1);
    expect(await sessions(stays)).toMatchObject([{ isOpen: true }]);
    expect(await sessions(robot)).toEqual([]);
    expect(await sessions()).toMatchObject([{ isOpen: false }]);
    const [{ left } = { left: 0 }]: { left: number }[] = await em().execute(
      `select (extract(epoch from left_at) * 1000)::float8 as left from voice_sessions where member_id = ?`,
      [member],
    );
    expect(left).toBeLessThanOrEqual(away);
  });

  test('is compared when Discord begins a new session', async () => {
    const event = await newEvent();
    await enter(member, channelId);
    await untilThere(event, 1);
    await discord.control.actOnGateway({ action: 'invalidate' });
    await enter(member, null);
    await untilThere(event, 0);
  });
});
