/** What somebody does to an event in Discord's own interface. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  GuildScheduledEventEntityType as EntityType,
  GuildScheduledEventStatus as Status,
} from 'discord-api-types/v10';
import type { NewEvent } from '../../domain/events.ts';
import { changeEvent, scheduledEventChanged } from '../../workflows/definitions/event.ts';
import { startCommunity, type TestCommunity } from '../support/community.ts';
import { DAY_MS, eventsIn, HOUR_MS, MINUTE_MS, ORGANISER } from '../support/events.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;
let events: ReturnType<typeof eventsIn>;

beforeAll(async () => {
  community = await startCommunity();
  events = eventsIn(community);
});
afterAll(() => community.stop());

type Change = Parameters<typeof events.changeOnDiscord>[1];

/** Somebody changes Discord's event, and the bot tells of it. */
async function changeOnDiscord(event: NewEvent, change: Change): Promise<void> {
  await events.changeOnDiscord(event, change);
  await events.handleOf(event).signal(scheduledEventChanged);
}

async function callOff(event: NewEvent): Promise<void> {
  await changeOnDiscord(event, { status: Status.Canceled });
  await events.resultOf(event);
}

const toIso = (at: number) => new Date(at).toISOString();
const revisionOf = async (event: NewEvent) => (await events.progressOf(event)).revision;

/** How often the bot has changed an event of Discord. */
async function changesByBot(): Promise<number> {
  const { counts } = await community.discord.control.countRequests();
  return counts
    .filter(({ method, route }) => method === 'PATCH' && route.includes('scheduled-events'))
    .reduce((sum, { count }) => sum + count, 0);
}

describe("in Discord's own interface", () => {
  test('words are changed: ours are, too, and the line by which it is found stays', async () => {
    const event = await events.announce(20 * HOUR_MS);
    const title = `${event.title}, written on Discord`;
    await changeOnDiscord(event, { name: title, description: 'Said there' });
    await until(async () => (await events.rowOf(event)).title === title);
    expect(await events.rowOf(event)).toMatchObject({ description: 'Said there', revision: 1 });
    await until(async () => (await events.threadOf(event))?.name === title);
    expect(await events.scheduledFor(event)).toMatchObject([{ name: title }]);
    expect(await events.announcementsOf({ ...event, title })).toHaveLength(1);
    await callOff(event);
  });

  test('the time is changed: everything moves, and members are told', async () => {
    const event = await events.announce(2 * HOUR_MS);
    const startsAt = event.startsAt + DAY_MS;
    await changeOnDiscord(event, { startsAt: toIso(startsAt), endsAt: toIso(startsAt + 2 * HOUR_MS) });
    await until(async () => (await events.saidIn(event)).some((text) => text.includes('has moved')));
    expect(await events.rowOf(event)).toMatchObject({ startsAt, endsAt: startsAt + 2 * HOUR_MS });
    const { reminders } = await events.resultOf(event);
    expect(reminders.map((reminder) => reminder.startsAt - startsAt)).toEqual([0, 0, 0]);
  });

  test('the place is changed', async () => {
    const event = await events.announce(20 * HOUR_MS);
    const channelId = await events.channelNamed('Lounge');
    await changeOnDiscord(event, { entityType: EntityType.Voice, channelId });
    await until(async () => (await revisionOf(event)) === 1);
    expect(await events.rowOf(event)).toMatchObject({ place: { kind: 'channel', channelId } });
    await callOff(event);
  });

  test('nothing is changed by what we have changed ourselves', async () => {
    const event = await events.announce(20 * HOUR_MS);
    const moved = { startsAt: event.startsAt + HOUR_MS, endsAt: event.endsAt + HOUR_MS };
    await events.handleOf(event).executeUpdate(changeEvent, { args: [{ by: ORGANISER, ...moved }] });
    await until(async () => (await events.saidIn(event)).length === 1);
    const before = await changesByBot();
    for (let times = 0; times < 5; times++) await events.handleOf(event).signal(scheduledEventChanged);
    await events.passUntil(moved.startsAt - HOUR_MS);
    await until(async () => (await events.progressOf(event)).reminders.length === 1);
    expect([await changesByBot(), await revisionOf(event)]).toEqual([before, 1]);
    await callOff(event);
  });

  test('it is deleted or called off: it is called off', async () => {
    const event = await events.announce(20 * HOUR_MS);
    const { id } = await events.scheduledOf(event);
    await community.discord.control.deleteEvent({ memberId: await events.owner(), eventId: id });
    await events.handleOf(event).signal(scheduledEventChanged);
    expect(await events.resultOf(event)).toMatchObject({ state: 'cancelled' });
    expect((await events.saidIn(event)).at(-1)).toContain('does not take place');

    const other = await events.announce(20 * HOUR_MS);
    await callOff(other);
    expect(await events.rowOf(other)).toMatchObject({ state: 'cancelled' });
  });

  test('it is deleted, and nobody tells of it: that is seen before anybody is reminded', async () => {
    const event = await events.announce(2 * HOUR_MS);
    const { id } = await events.scheduledOf(event);
    await community.discord.control.deleteEvent({ memberId: await events.owner(), eventId: id });
    expect(await events.resultOf(event)).toMatchObject({ state: 'cancelled', reminders: [] });
  });

  test('it is begun early, and ended early', async () => {
    const event = await events.announce(20 * HOUR_MS);
    await changeOnDiscord(event, { status: Status.Active });
    await until(async () => (await events.progressOf(event)).state === 'live');
    expect((await events.rowOf(event)).beganAt).toBeLessThan(event.startsAt - HOUR_MS);
    await until(async () => (await events.saidIn(event)).some((text) => text.includes('has begun')));
    expect(await events.saidIn(event)).toHaveLength(1);
    await changeOnDiscord(event, { status: Status.Completed });
    await until(async () => (await events.progressOf(event)).state === 'over');
    expect((await events.rowOf(event)).endedAt).toBeLessThan(event.startsAt);
    expect(await events.resultOf(event)).toMatchObject({ state: 'closed', reminders: [] });
  });

  test('it goes on for longer than planned', async () => {
    const event = await events.announce(HOUR_MS);
    await events.begin(event);
    await changeOnDiscord(event, { endsAt: toIso(event.endsAt + 30 * MINUTE_MS) });
    await until(async () => (await revisionOf(event)) === 1);
    await events.resultOf(event);
    const { endedAt } = await events.rowOf(event);
    expect(Math.abs(Number(endedAt) - event.endsAt - 30 * MINUTE_MS)).toBeLessThan(MINUTE_MS);
  });
});
