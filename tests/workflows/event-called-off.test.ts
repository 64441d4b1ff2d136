import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GuildScheduledEventStatus as Status } from 'discord-api-types/v10';
import type { EventRef } from '../../domain/events.ts';
import { cancelEvent } from '../../workflows/definitions/event.ts';
import { startCommunity, type TestCommunity } from '../support/community.ts';
import { DAY_MS, eventsIn, HOUR_MS, ORGANISER } from '../support/events.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;
let events: ReturnType<typeof eventsIn>;

beforeAll(async () => {
  community = await startCommunity();
  events = eventsIn(community);
});
afterAll(() => community.stop());

const cancel = (event: EventRef) =>
  events.handleOf(event).executeUpdate(cancelEvent, { args: [{ by: ORGANISER }] });

// Those that let time pass come first: after an event was called off, the time-skipping server has let none pass any more now and then.
describe('an event that is called off', () => {
  /** What is left of it. */
  async function expectCalledOff(event: Parameters<typeof events.announcementsOf>[0]): Promise<void> {
    expect(await events.announcementsOf(event)).toMatchObject([
      { content: expect.stringContaining('does not take place'), components: [] },
    ]);
    expect(await events.threadOf(event)).toMatchObject({ thread_metadata: { archived: true, locked: true } });
    expect((await events.saidIn(event)).at(-1)).toContain('does not take place');
    expect(await events.rowOf(event)).toMatchObject({ state: 'cancelled' });
  }

  test('after its end was over by then', async () => {
    const event = await events.announce(HOUR_MS);
    await events.begin(event);
    await events.passUntil(event.endsAt);
    await until(async () => (await events.progressOf(event)).state === 'over');
    expect(await cancel(event)).toBe('over');
    expect(await events.resultOf(event)).toMatchObject({ state: 'closed' });
  });

  test('while it is live disappears from Discord', async () => {
    const event = await events.announce(HOUR_MS);
    await events.begin(event);
    expect(await cancel(event)).toBe('cancelled');
    expect(await events.resultOf(event)).toMatchObject({ state: 'cancelled' });
    await expectCalledOff(event);
    expect(await events.scheduledFor(event)).toEqual([]);
  });

  test('is reminded of no more, and cleaned up', async () => {
    const event = await events.announce(2 * DAY_MS);
    expect(await cancel(event)).toBe('cancelled');
    expect(await events.resultOf(event)).toMatchObject({ state: 'cancelled', reminders: [] });
    await expectCalledOff(event);
    expect(await events.statusOf(event)).toBe(Status.Canceled);
  });

  test('in the Temporal UI is cleaned up as well', async () => {
    const event = await events.announce(20 * HOUR_MS);
    await events.handleOf(event).cancel();
    await expect(events.resultOf(event)).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });
    await expectCalledOff(event);
  });
});
