import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { NewEvent } from '../../domain/events.ts';
import type { FaultRule } from '../../sandbox/control/api.ts';
import { cancelEvent, changeEvent, whenAnnounced } from '../../workflows/definitions/event.ts';
import { startCommunity, type TestCommunity } from '../support/community.ts';
import { DAY_MS, eventsIn, HOUR_MS, MINUTE_MS, ORGANISER } from '../support/events.ts';
import { until } from '../support/wait.ts';

const by = ORGANISER;
const ROUTES = {
  makeEvent: { method: 'POST', route: '/guilds/:guildId/scheduled-events' },
  changeEvent: { method: 'PATCH', route: '/guilds/:guildId/scheduled-events/:eventId' },
  write: { method: 'POST', route: '/channels/:channelId/messages' },
  openThread: { method: 'POST', route: '/channels/:channelId/messages/:messageId/threads' },
  changeThread: { method: 'PATCH', route: '/channels/:channelId' },
  changeMessage: { method: 'PATCH', route: '/channels/:channelId/messages/:messageId' },
} as const;

let community: TestCommunity;
let events: ReturnType<typeof eventsIn>;

beforeAll(async () => {
  community = await startCommunity();
  events = eventsIn(community);
});
afterEach(() => community.discord.control.setFaults({ rules: [] }));
afterAll(() => community.stop());

const fails = (...rules: readonly FaultRule[]) => community.discord.control.setFaults({ rules: [...rules] });
const once = (match: FaultRule['match'], kind: 'drop-before' | 'drop-after'): FaultRule => ({
  ...{ match, times: 1, fault: { kind } },
});

/** Takes a permission from the bot where events are announced. Gives what gives it back. */
async function takeFromBot(permission: bigint): Promise<() => Promise<unknown>> {
  const channelId = await events.channelNamed('events');
  const { guild, channels } = await community.discord.control.getState();
  const targetId = guild.roles.find(({ name }) => name === 'TiXL')?.id ?? '';
  const channel = channels.find(({ id }) => id === channelId);
  const overwrites =
    channel !== undefined && 'permission_overwrites' in channel ? channel.permission_overwrites : [];
  const known = overwrites?.find(({ id }) => id === targetId) ?? { allow: '0', deny: '0' };
  const set = (allow: bigint, deny: bigint) => {
    const bits = { allow: String(allow), deny: String(deny) };
    return community.discord.control.setPermissions({ channelId, targetId, type: 0, ...bits });
  };
  await set(BigInt(known.allow) & ~permission, BigInt(known.deny) | permission);
  return () => set(BigInt(known.allow), BigInt(known.deny));
}

/** Nothing of it is left on Discord. */
async function expectNothingLeft(event: NewEvent): Promise<void> {
  expect(await events.scheduledFor(event)).toEqual([]);
  expect(await events.announcementsOf(event)).toEqual([]);
  expect(await events.threadOf(event)).toBeUndefined();
  expect(await events.rowOf(event)).toMatchObject({ state: 'refused' });
}

describe('an event that Discord will not have', () => {
  test('in a channel of the wrong type, or in one that was deleted, is refused with a reason', async () => {
    const text = await events.channelNamed('general');
    const event = await events.plan(DAY_MS, { place: { kind: 'channel', channelId: text } });
    expect(await events.resultOf(event)).toMatchObject({
      ...{ state: 'refused', reason: expect.stringContaining('a voice channel, a stage channel') },
    });
    await expectNothingLeft(event);
    const made = await community.discord.control.createChannel({
      name: 'Gone',
      type: ChannelType.GuildVoice,
    });
    const channelId = await events.channelNamed('Gone');
    await community.discord.control.deleteChannel({ channelId: made.id });
    const other = await events.plan(DAY_MS, { place: { kind: 'channel', channelId } });
    expect(await events.resultOf(other)).toMatchObject({ reason: expect.stringContaining('was deleted') });
  });

  test('since 100 are there is refused with a reason', async () => {
    const memberId = await events.owner();
    const startsAt = new Date((await events.now()) + DAY_MS).toISOString();
    const endsAt = new Date((await events.now()) + DAY_MS + HOUR_MS).toISOString();
    const where = { entityType: 3, location: 'elsewhere' } as const;
    const made: string[] = [];
    for (let number = 0; number < 100; number++) {
      const form = { name: `One of many ${number}`, ...where, startsAt, endsAt };
      made.push((await community.discord.control.createEvent({ memberId, ...form })).id);
    }
    const event = await events.plan(DAY_MS);
    expect(await events.resultOf(event)).toMatchObject({ reason: expect.stringContaining('there are 100') });
    await expectNothingLeft(event);
    for (const eventId of made) await community.discord.control.deleteEvent({ memberId, eventId });
  });

  test('since the bot lacks a permission leaves nothing behind, and says which', async () => {
    const giveBack = await takeFromBot(PermissionFlagsBits.CreatePublicThreads);
    const event = await events.plan(DAY_MS);
    const announced = events.handleOf(event).executeUpdate(whenAnnounced);
    const reason = 'the bot lacks Create Public Threads in #events';
    expect(await events.resultOf(event)).toMatchObject({ state: 'refused', reason });
    await announced.catch(() => undefined);
    await giveBack();
    await expectNothingLeft(event);
  });

  test('is removed again even if that does not work at once', async () => {
    await fails(
      { match: ROUTES.openThread, fault: { kind: 'error', status: 403, code: 50013 } },
      {
        match: { method: 'DELETE', route: '/guilds/:guildId/scheduled-events/:eventId' },
        times: 2,
        fault: { kind: 'drop-before' },
      },
      {
        match: { method: 'DELETE', route: '/channels/:channelId/messages/:messageId' },
        times: 2,
        fault: { kind: 'drop-after' },
      },
    );
    const event = await events.plan(DAY_MS);
    expect(await events.resultOf(event)).toMatchObject({ state: 'refused' });
    await expectNothingLeft(event);
  });

  test('since its start is over is refused', async () => {
    const event = await events.plan(-MINUTE_MS);
    expect(await events.resultOf(event)).toMatchObject({ reason: 'its start is over already' });
    await expectNothingLeft(event);
  });
});

describe('when something fails', () => {
  test.each(['drop-before', 'drop-after'] as const)('nothing is made or said twice (%s)', async (kind) => {
    await fails(once(ROUTES.makeEvent, kind), once(ROUTES.write, kind), once(ROUTES.openThread, kind));
    const event = await events.announce(2 * HOUR_MS);
    expect(await events.scheduledFor(event)).toHaveLength(1);
    expect(await events.announcementsOf(event)).toHaveLength(1);
    await fails(
      ...[ROUTES.write, ROUTES.changeEvent, ROUTES.changeMessage].map((match) => once(match, kind)),
    );
    const moved = { startsAt: event.startsAt + HOUR_MS, endsAt: event.endsAt + HOUR_MS };
    await events.handleOf(event).executeUpdate(changeEvent, { args: [{ by, ...moved }] });
    await until(async () => (await events.saidIn(event)).length === 1);
    await fails(...Object.values(ROUTES).map((match) => once(match, kind)));
    expect(await events.resultOf(event)).toMatchObject({ state: 'closed' });
    const title = expect.stringContaining(event.title);
    expect(await events.saidIn(event)).toEqual([title, title, title, title]);
    expect(await events.threadOf(event)).toMatchObject({ thread_metadata: { archived: true, locked: true } });
  });

  test('a reminder that would be late by more than the grace is left out, and that is said', async () => {
    const event = await events.announce(2 * HOUR_MS);
    await fails({ match: ROUTES.write, fault: { kind: 'drop-before' } });
    await events.passUntil(event.startsAt - 50 * MINUTE_MS);
    await until(async () => (await events.progressOf(event)).reminders.length === 1);
    await fails();
    expect(await events.resultOf(event)).toMatchObject({
      reminders: [
        { beforeMs: HOUR_MS, result: 'late' },
        { beforeMs: 15 * MINUTE_MS, result: 'sent' },
      ],
    });
    expect((await events.saidIn(event)).filter((text) => text.includes('begins'))).toHaveLength(1);
  });

  test('a thread that somebody has deleted holds nothing up', async () => {
    const event = await events.announce(HOUR_MS + MINUTE_MS);
    const thread = await events.threadOf(event);
    await community.discord.control.deleteChannel({ channelId: thread?.id ?? '' });
    const { state, reminders } = await events.resultOf(event);
    expect(state).toBe('closed');
    expect(reminders.map(({ result }) => result.split(':')[0])).toEqual(['refused', 'refused']);
  });

  test('an event is called off while it is being announced', async () => {
    await fails({ match: ROUTES.write, fault: { kind: 'drop-before' } });
    const event = await events.plan(DAY_MS);
    await until(async () => (await events.scheduledFor(event)).length === 1);
    const announced = events.handleOf(event).executeUpdate(whenAnnounced);
    const handle = events.handleOf(event);
    expect(await handle.executeUpdate(cancelEvent, { args: [{ by }] })).toBe('cancelled');
    await fails();
    expect(await announced).toEqual({ kind: 'cancelled' });
    expect(await events.resultOf(event)).toMatchObject({ state: 'cancelled' });
    expect([await events.scheduledFor(event), await events.announcementsOf(event)]).toEqual([[], []]);
  });
});
