import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findEvent } from '../../database/events.ts';
import {
  moveWorkshop,
  openWorkshop,
  planWorkshop,
  readWorkshop,
  skipWorkshop,
} from '../../database/workshops.ts';
import { addDays, type Day, toDay } from '../../domain/calendar.ts';
import type { EventState } from '../../domain/events.ts';
import { type GuildId, toChannelId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import type { OutboxOrder } from '../../domain/outbox.ts';
import { workshopTimes } from '../../domain/workshop-times.ts';
import { type WorkshopRequest, workshopEventId } from '../../domain/workshops.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

const config = await loadConfigWith('{}');
const TUESDAY = toDay('2026-11-24');
const BEFORE = Date.parse('2026-11-20T12:00:00Z');
const STARTS_AT = Date.parse('2026-11-24T18:00:00Z');
const ENDS_AT = STARTS_AT + 90 * 60_000;
const place = { kind: 'channel', channelId: toChannelId('1300000000000000009') } as const;
const staffId = toMemberId('1300000000000000001');
const requestId = toInteractionId('1300000000000000002');

let database: TestDatabase;
let guildId: GuildId;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  guildId = newGuildId();
  await em().execute('delete from outbox');
});

const em = () => database.orm.em.fork();
const workshopOn = (day: Day) => ({ guildId, slot: 'beginner-workshop', day });
const request = (day = TUESDAY): WorkshopRequest => ({ ...workshopOn(day), staffId, requestId });
const eventOn = (day = TUESDAY) => findEvent(em(), { guildId, eventId: workshopEventId(workshopOn(day)) });

function material(day: Day) {
  const slot = config.workshops.slots.find(({ name }) => name === 'beginner-workshop');
  if (slot === undefined) throw new Error('TiXL has no beginner workshop');
  return { slot, times: workshopTimes(slot, day, config), place };
}

const open = (day = TUESDAY, now = BEFORE) => openWorkshop(em(), workshopOn(day), material(day), now);
const plan = (day = TUESDAY, now = BEFORE) => planWorkshop(em(), workshopOn(day), material(day).times, now);
const moveTo = (startsAt: number, isDue = false) => moveWorkshop(em(), request(), { startsAt, isDue });
const orders = async (): Promise<OutboxOrder[]> => {
  const rows: { order: OutboxOrder }[] = await em().execute('select "order" from outbox order by id');
  return rows.map(({ order }) => order);
};
const kindsOfOrders = async () => (await orders()).map(({ kind }) => kind);
const become = (state: EventState) =>
  em().execute('update events set state = ? where guild_id = ?', [state, guildId]);

describe('opening a workshop', () => {
  test('makes the event of its slot and day, and orders that it begins', async () => {
    expect(await plan()).toEqual({ kind: 'due', day: TUESDAY, startsAt: STARTS_AT });
    expect(await open()).toEqual({ kind: 'opened' });
    expect(await eventOn()).toMatchObject({
      ...{
        eventId: 'beginner-workshop-2026-11-24',
        slot: 'beginner-workshop',
        state: 'planned',
        kind: 'workshop',
      },
      ...{
        title: 'Beginner workshop',
        startsAt: STARTS_AT,
        endsAt: ENDS_AT,
        place,
        capacity: null,
        createdBy: null,
      },
    });
    expect(await kindsOfOrders()).toEqual(['begin event']);
  });

  test('happens once, also when many do it at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => open()));
    expect(outcomes.filter(({ kind }) => kind === 'opened')).toHaveLength(1);
    expect(await kindsOfOrders()).toEqual(['begin event']);
    expect(await open()).toEqual({ kind: 'there already', state: 'planned' });
    expect(await plan()).toMatchObject({ kind: 'settled', outcome: { kind: 'there already' } });
  });

  test('does not double an event that is open in the same week, since the slot had another day before', async () => {
    await open();
    const eventId = workshopEventId(workshopOn(TUESDAY));
    for (const day of [addDays(TUESDAY, -1), addDays(TUESDAY, 5)])
      expect(await open(day)).toEqual({ kind: 'another in this week', eventId });
    expect(await open(addDays(TUESDAY, 7))).toEqual({ kind: 'opened' });
  });

  test('goes on beside one of the same week that does not take place', async () => {
    await open();
    await become('cancelled');
    expect(await open(addDays(TUESDAY, 1))).toEqual({ kind: 'opened' });
  });

  test('does not happen in the past', async () => {
    expect(await open(TUESDAY, STARTS_AT)).toEqual({ kind: 'in the past' });
    expect(await plan(TUESDAY, STARTS_AT)).toEqual({
      ...{ kind: 'settled', day: TUESDAY, startsAt: STARTS_AT, outcome: { kind: 'in the past' } },
    });
    expect(await eventOn()).toBeUndefined();
    expect(await orders()).toEqual([]);
  });
});

describe('leaving a workshop out', () => {
  test('keeps its event from being opened, however often it is said', async () => {
    for (let time = 0; time < 2; time += 1)
      expect(await skipWorkshop(em(), request())).toEqual({ kind: 'changed', isOpen: false });
    expect(await plan()).toMatchObject({ kind: 'settled', outcome: { kind: 'skipped' } });
    expect(await open()).toEqual({ kind: 'skipped' });
    expect(await open(addDays(TUESDAY, 7))).toEqual({ kind: 'opened' });
    expect(await kindsOfOrders()).toEqual(['begin event']);
  });

  test('calls its event off, if that is open', async () => {
    await open();
    expect(await skipWorkshop(em(), request())).toEqual({ kind: 'changed', isOpen: true });
    const event = { guildId, eventId: workshopEventId(workshopOn(TUESDAY)) };
    const beginning = { event, eventKind: 'workshop', startsAt: STARTS_AT, hostId: null };
    expect(await orders()).toEqual([
      { kind: 'begin event', ...beginning },
      { kind: 'cancel event', ...beginning, by: staffId, requestId },
    ]);
  });

  test.each<EventState>(['live', 'over', 'closed', 'cancelled', 'refused'])(
    'is too late for an event that is %s',
    async (state) => {
      await open();
      await become(state);
      expect(await skipWorkshop(em(), request())).toEqual({ kind: 'too late', state });
      expect(await moveTo(STARTS_AT + 1)).toEqual({ kind: 'too late', state });
      expect(await readWorkshop(em(), request())).not.toHaveProperty('exception');
      expect(await kindsOfOrders()).toEqual(['begin event']);
    },
  );

  test('and opening it at the same time end in an event that is called off, or in none', async () => {
    for (let week = 0; week < 8; week += 1) {
      const day = addDays(TUESDAY, 7 * week);
      const [opened, skipped] = await Promise.all([open(day), skipWorkshop(em(), request(day))]);
      const isOpen = opened.kind === 'opened';
      expect(skipped).toEqual({ kind: 'changed', isOpen });
      expect((await eventOn(day)) !== undefined).toBe(isOpen);
    }
    const kinds = await kindsOfOrders();
    const count = (wanted: OutboxOrder['kind']) => kinds.filter((kind) => kind === wanted).length;
    expect(count('cancel event')).toBe(count('begin event'));
  });
});

describe('moving a workshop', () => {
  const LATER = STARTS_AT + 3_600_000;

  test('lets its event open at the other time, with the same length', async () => {
    expect(await moveTo(LATER)).toEqual({ kind: 'changed', isOpen: false });
    expect(await orders()).toEqual([]);
    expect(await plan(TUESDAY, STARTS_AT)).toMatchObject({ kind: 'due', startsAt: LATER });
    await open(TUESDAY, STARTS_AT);
    expect(await eventOn()).toMatchObject({ startsAt: LATER, endsAt: ENDS_AT + 3_600_000 });
  });

  test('changes its event, if that is open: which may have another length by now', async () => {
    await open();
    await em().execute(`update events set ends_at = ends_at + interval '30 minutes'`);
    expect(await moveTo(LATER)).toEqual({ kind: 'changed', isOpen: true });
    expect((await orders())[1]).toMatchObject({
      kind: 'change event',
      change: { by: staffId, startsAt: LATER, endsAt: LATER + 120 * 60_000 },
      requestId,
    });
    expect(await readWorkshop(em(), request())).toMatchObject({ exception: { startsAt: LATER } });
  });

  test('takes back that it was left out, and opens its event if that should be open', async () => {
    await skipWorkshop(em(), request());
    expect(await moveTo(STARTS_AT, true)).toEqual({ kind: 'changed', isOpen: false });
    expect(await orders()).toEqual([{ kind: 'open workshop', workshop: workshopOn(TUESDAY), requestId }]);
    expect(await open()).toEqual({ kind: 'opened' });
  });
});
