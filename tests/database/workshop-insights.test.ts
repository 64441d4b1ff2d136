import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readAttendance } from '../../database/workshop-insights.ts';
import type { EventState } from '../../domain/events.ts';
import { type GuildId, toGuildId, toMemberId } from '../../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { writeAttendance, writeEvent } from '../support/past-events.ts';

const SINCE = Date.parse('2026-01-01T00:00:00Z');
const BERLIN = { since: SINCE, timeZone: 'Europe/Berlin' };

let database: TestDatabase;
let guildId: GuildId;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  guildId = newGuildId();
});

const em = () => database.orm.em.fork();

const member = (number: number) => toMemberId(`14000000000000${String(number).padStart(5, '0')}`);

/** An event that some have attended, and another has left too early. */
async function hold(at: string, attended: readonly number[], state: EventState = 'closed'): Promise<void> {
  const event = await writeEvent(em(), guildId, { startsAt: Date.parse(at), state });
  await writeAttendance(em(), event, attended.map(member));
  await writeAttendance(em(), event, [member(99)], false);
}

describe('attendance', () => {
  test('is counted by weekday and hour as clocks there show them, in summer and in winter', async () => {
    await hold('2026-07-07T17:00:00Z', [1, 2, 3]);
    await hold('2026-12-01T18:30:00Z', [3, 4]);
    await hold('2026-12-05T23:30:00Z', [1]);
    expect(await readAttendance(em(), guildId, BERLIN)).toEqual({
      hours: [
        { weekday: 'tuesday', hour: 19, events: 2, attended: 5 },
        { weekday: 'sunday', hour: 0, events: 1, attended: 1 },
      ],
      ...{ events: 3, people: 4, since: Date.parse('2026-07-07T17:00:00Z') },
    });
    const inNewYork = await readAttendance(em(), guildId, { ...BERLIN, timeZone: 'America/New_York' });
    expect(inNewYork.hours.map(({ weekday, hour }) => [weekday, hour])).toEqual([
      ['tuesday', 13],
      ['saturday', 18],
    ]);
  });

  test('is of events that were held in this guild, lately; to which nobody came counts too', async () => {
    await hold('2026-07-07T17:00:00Z', []);
    await hold('2026-07-07T17:00:00Z', [1], 'over');
    await hold('2026-07-07T17:00:00Z', [2], 'cancelled');
    await hold('2026-07-07T17:00:00Z', [3], 'live');
    await hold('2025-12-30T17:00:00Z', [4]);
    const hours = [{ weekday: 'tuesday', hour: 19, events: 2, attended: 1 }];
    expect(await readAttendance(em(), guildId, BERLIN)).toMatchObject({ hours, events: 2, people: 1 });
    expect(await readAttendance(em(), toGuildId('1399999999999999999'), BERLIN)).toEqual({
      ...{ hours: [], events: 0, people: 0, since: null },
    });
  });
});
