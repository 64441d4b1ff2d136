import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { recordDirectMessageChannel } from '../../database/direct-messages.ts';
import { compareInterest, eventsWithInterest, noteInterest } from '../../database/event-interest.ts';
import { setTimeZone, setWantsDirectMessages, timeZoneOf } from '../../database/event-preferences.ts';
import {
  countRegistrations,
  fillPlaces,
  findRegistration,
  respond,
  takeDueRegistrations,
} from '../../database/event-registrations.ts';
import { lockEvent } from '../../database/events.ts';
import { RESPONSES, type Response } from '../../domain/event-registrations.ts';
import { type EventRef, toEventId, toScheduledEventId } from '../../domain/events.ts';
import {
  createdAt,
  firstIdAt,
  type GuildId,
  type MemberId,
  toChannelId,
  toGuildId,
  toMemberId,
} from '../../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { addOpenEvent } from '../support/open-event.ts';

const BEGIN = Date.parse('2026-11-23T12:00:00Z');
let database: TestDatabase;
let guildId: GuildId;
let ids = 0;

beforeAll(async () => {
  database = await freshDatabase();
  guildId = toGuildId('1180000000000000001');
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();
const newMember = (): MemberId => toMemberId(`13000000000000${String(++ids).padStart(5, '0')}`);
const newMembers = (count: number) => Array.from({ length: count }, newMember);
/** The id of a press so many seconds after the beginning. */
const pressAt = (seconds: number) => firstIdAt(BEGIN + seconds * 1_000);

function say(event: EventRef, memberId: MemberId, response: Response, order = pressAt(++ids)) {
  return respond(em(), { ...event, memberId, response, order, at: createdAt(order) });
}

async function stateOf(event: EventRef, member: MemberId) {
  return (await findRegistration(em(), event, member))?.state;
}

async function membersIn(event: EventRef, state: string): Promise<MemberId[]> {
  const rows: { id: MemberId }[] = await em().execute(
    `select member_id as id from event_registrations where guild_id = ? and event_id = ? and state = ? order by place_in_line`,
    [event.guildId, event.eventId, state],
  );
  return rows.map(({ id }) => id);
}

async function ordersOf({ eventId }: EventRef): Promise<{ kind: string; memberId: MemberId | null }[]> {
  return em().execute(
    `select "order"->>'kind' as kind, "order"->>'memberId' as "memberId" from outbox
     where "order"->'event'->>'eventId' = ? order by id`,
    [eventId],
  );
}

const movedUp = async (event: EventRef) =>
  (await ordersOf(event)).filter(({ kind }) => kind === 'tell moved up').map(({ memberId }) => memberId);

describe('saying that one goes', () => {
  test('is written down, and is told to be so, with what one may have said of direct messages', async () => {
    const event = await addOpenEvent(em(), guildId);
    const member = newMember();
    expect(await say(event, member, 'going')).toEqual({
      ...{ kind: 'registered', state: 'going', wantsReminders: false },
    });
    await setTimeZone(em(), guildId, member, 'Europe/Berlin');
    await setWantsDirectMessages(em(), guildId, member, true);
    expect(await say(event, member, 'maybe')).toEqual({
      ...{ kind: 'registered', state: 'maybe', wantsReminders: true },
    });
    expect(await timeZoneOf(em(), guildId, member)).toBe('Europe/Berlin');
    expect(await countRegistrations(em(), event)).toEqual({ going: 0, waiting: 0, maybe: 1 });
  });

  test('again changes nothing, also not the place in line', async () => {
    const event = await addOpenEvent(em(), guildId, { capacity: 1 });
    const [first, second, third] = newMembers(3) as [MemberId, MemberId, MemberId];
    await say(event, first, 'going');
    expect(await say(event, second, 'going')).toMatchObject({ kind: 'waiting', place: 1 });
    expect(await say(event, third, 'going')).toMatchObject({ kind: 'waiting', place: 2 });
    expect(await say(event, second, 'going')).toMatchObject({ kind: 'waiting', place: 1 });
    expect(await say(event, first, 'going')).toMatchObject({ kind: 'registered', state: 'going' });
    expect(await movedUp(event)).toEqual([]);
  });

  test.each(['over', 'closed', 'cancelled', 'refused'] as const)(
    'of an event that is %s is too late',
    async (state) => {
      const event = await addOpenEvent(em(), guildId, { state });
      expect(await say(event, newMember(), 'going')).toEqual({ kind: 'over' });
      expect(await countRegistrations(em(), event)).toEqual({ going: 0, waiting: 0, maybe: 0 });
    },
  );

  test('of an event that is not there changes nothing', async () => {
    const event = { guildId, eventId: toEventId('never-made') };
    expect(await say(event, newMember(), 'going')).toEqual({ kind: 'no such event' });
  });

  test('counts by what was pressed last, in whichever order it comes', async () => {
    const event = await addOpenEvent(em(), guildId);
    const member = newMember();
    const [early, between, late] = [pressAt(1), pressAt(2), pressAt(3)];
    await say(event, member, 'going', early);
    await say(event, member, 'maybe', late);
    expect(await say(event, member, 'going', between)).toMatchObject({ state: 'maybe' });
    await say(event, member, 'not going', early);
    expect(await stateOf(event, member)).toBe('maybe');
  });

  test('comes too late if one was asked again since, though nothing else had changed', async () => {
    const event = await addOpenEvent(em(), guildId);
    const member = newMember();
    await say(event, member, 'going', pressAt(1));
    await say(event, member, 'going', pressAt(3));
    await say(event, member, 'not going', pressAt(2));
    expect(await stateOf(event, member)).toBe('going');
  });

  test('orders that the announcement is changed once, until the numbers are read', async () => {
    const event = await addOpenEvent(em(), guildId);
    await Promise.all(newMembers(20).map((member) => say(event, member, 'going')));
    expect(await ordersOf(event)).toMatchObject([{ kind: 'show registrations' }]);
    expect(await takeDueRegistrations(em(), event)).toEqual({ going: 20, waiting: 0, maybe: 0 });
    await say(event, newMember(), 'maybe');
    expect(await ordersOf(event)).toHaveLength(2);
  });
});

describe('whoever wants direct messages', () => {
  test('has a channel for them opened, once, unless there is one', async () => {
    const [member, known] = newMembers(2) as [MemberId, MemberId];
    await recordDirectMessageChannel(em(), guildId, known, toChannelId('1200000000000000001'));
    for (const wants of [false, true, true]) {
      await setWantsDirectMessages(em(), guildId, member, wants);
      await setWantsDirectMessages(em(), guildId, known, wants);
    }
    const rows: object[] = await em().execute(
      `select member_id as "memberId", "order"->>'kind' as kind from outbox where member_id in (?)`,
      [[member, known]],
    );
    expect(rows).toEqual([{ memberId: member, kind: 'open direct messages' }]);
  });
});

describe('a place that is free', () => {
  test('goes to the first in line, who is told, once', async () => {
    const event = await addOpenEvent(em(), guildId, { capacity: 1 });
    const [first, second, third] = newMembers(3) as [MemberId, MemberId, MemberId];
    await say(event, first, 'going', pressAt(10));
    // Whoever has pressed earlier is first, though their press came later.
    await say(event, third, 'going', pressAt(12));
    await say(event, second, 'going', pressAt(11));
    await say(event, first, 'not going', pressAt(20));
    expect(await membersIn(event, 'going')).toEqual([second]);
    expect(await membersIn(event, 'waiting')).toEqual([third]);
    expect(await movedUp(event)).toEqual([second]);
  });

  test('is left by whoever says maybe, and was not held by who waits', async () => {
    const event = await addOpenEvent(em(), guildId, { capacity: 1 });
    const [first, second, third] = newMembers(3) as [MemberId, MemberId, MemberId];
    for (const member of [first, second, third]) await say(event, member, 'going');
    await say(event, second, 'not going');
    expect(await membersIn(event, 'waiting')).toEqual([third]);
    await say(event, first, 'maybe');
    expect(await membersIn(event, 'going')).toEqual([third]);
    // Who comes back is last.
    expect(await say(event, first, 'going')).toMatchObject({ kind: 'waiting', place: 1 });
  });

  test('comes with a capacity that was raised, or that is no more', async () => {
    const event = await addOpenEvent(em(), guildId, { capacity: 1 });
    const members = newMembers(6);
    for (const member of members) await say(event, member, 'going');
    const raise = (capacity: number | null) =>
      em().transactional(async (transaction) => {
        const locked = await lockEvent(transaction, event);
        if (locked === undefined) throw new Error('the event is gone');
        return fillPlaces(transaction, { ...locked, capacity });
      });
    expect((await raise(3)).toSorted()).toEqual(members.slice(1, 3));
    expect(await raise(3)).toEqual([]);
    expect(await membersIn(event, 'waiting')).toEqual(members.slice(3));
    expect((await raise(null)).toSorted()).toEqual(members.slice(3));
    expect((await movedUp(event)).toSorted()).toEqual(members.slice(1));
  });
});

describe('interest in the event on Discord', () => {
  const show = (scheduledEventId: string, memberId: MemberId, isInterested: boolean, at = ++ids * 1_000) =>
    noteInterest(em(), {
      ...{ guildId, scheduledEventId: toScheduledEventId(scheduledEventId), memberId, isInterested },
      order: firstIdAt(BEGIN + at),
    });

  async function addShown(capacity: number | null = null) {
    const scheduledEventId = toScheduledEventId(`15000000000000${String(++ids).padStart(5, '0')}`);
    return { event: await addOpenEvent(em(), guildId, { scheduledEventId, capacity }), scheduledEventId };
  }

  test('counts as going, also twice, until it is taken back', async () => {
    const { event, scheduledEventId } = await addShown();
    const member = newMember();
    await show(scheduledEventId, member, true);
    await show(scheduledEventId, member, true);
    expect(await stateOf(event, member)).toBe('going');
    await show(scheduledEventId, member, false);
    expect(await stateOf(event, member)).toBe('not going');
    await show(scheduledEventId, member, true);
    expect(await stateOf(event, member)).toBe('going');
  });

  test('waits for a place like others', async () => {
    const { event, scheduledEventId } = await addShown(1);
    const [first, second] = newMembers(2) as [MemberId, MemberId];
    await say(event, first, 'going');
    expect(await show(scheduledEventId, second, true)).toMatchObject({ kind: 'waiting', place: 1 });
  });

  test.each(RESPONSES)('does not change what somebody has pressed: %s', async (response) => {
    const { event, scheduledEventId } = await addShown();
    const member = newMember();
    await say(event, member, response);
    await show(scheduledEventId, member, true);
    expect(await stateOf(event, member)).toBe(response);
    await show(scheduledEventId, member, false);
    expect(await stateOf(event, member)).toBe(response);
  });

  test('that is pressed as well stays when it is taken back', async () => {
    const { event, scheduledEventId } = await addShown();
    const member = newMember();
    await show(scheduledEventId, member, true);
    await say(event, member, 'going');
    await show(scheduledEventId, member, false);
    expect(await stateOf(event, member)).toBe('going');
  });

  test('that was taken back since does not count, though that was heard first', async () => {
    const { event, scheduledEventId } = await addShown();
    const member = newMember();
    await show(scheduledEventId, member, false, 2_000);
    await show(scheduledEventId, member, true, 1_000);
    expect(await stateOf(event, member)).toBe('not going');
    expect(await ordersOf(event)).toEqual([]);
  });

  test('in events that are none of ours is left alone', async () => {
    const member = newMember();
    expect(await show('1599999999999999999', member, true)).toEqual({ kind: 'no such event' });
  });

  test('that was missed is made up for, page by page, and what was heard since stands', async () => {
    const { event, scheduledEventId } = await addShown();
    const [lost, kept, missed, pressed, since, beyond] = newMembers(6) as [
      ...[MemberId, MemberId, MemberId, MemberId, MemberId, MemberId],
    ];
    for (const member of [lost, kept, beyond]) await show(scheduledEventId, member, true, 1_000);
    await say(event, pressed, 'maybe', pressAt(1));
    await show(scheduledEventId, since, true, 90_000);
    await show(scheduledEventId, since, false, 90_500);
    const page = { members: [kept, missed, pressed, since], after: '0', upTo: since };
    expect(await compareInterest(em(), event, page, BEGIN + 60_000)).toBe(3);
    expect(
      await Promise.all([lost, kept, missed, pressed, since, beyond].map((m) => stateOf(event, m))),
    ).toEqual(['not going', 'going', 'going', 'maybe', 'not going', 'going']);
    expect(await compareInterest(em(), event, { members: [], after: since }, BEGIN + 60_000)).toBe(1);
    expect(await stateOf(event, beyond)).toBe('not going');
    expect(await eventsWithInterest(em(), guildId)).toContainEqual(event);
  });
});

/** What is to be true of any order of presses, written down in the plainest way. */
class PlainList {
  readonly going: MemberId[] = [];
  waiting: { member: MemberId; order: bigint }[] = [];
  readonly #last = new Map<MemberId, bigint>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  press(member: MemberId, response: Response, order: bigint): void {
    if (order <= (this.#last.get(member) ?? 0n)) return;
    this.#last.set(member, order);
    const isIn = this.going.includes(member) || this.waiting.some((one) => one.member === member);
    if (response === 'going') {
      if (isIn) return;
      if (this.going.length < this.#capacity) this.going.push(member);
      else this.waiting.push({ member, order });
      return;
    }
    if (this.going.includes(member)) this.going.splice(this.going.indexOf(member), 1);
    this.waiting = this.waiting
      .filter((one) => one.member !== member)
      .sort((one, other) => Number(one.order - other.order));
    while (this.going.length < this.#capacity) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      this.going.push(next.member);
    }
  }
}

const presses = (members: number) =>
  fc.array(
    fc.record({
      member: fc.nat({ max: members - 1 }),
      response: fc.constantFrom<Response>('going', 'going', 'going', 'maybe', 'not going'),
      second: fc.nat({ max: 40 }),
    }),
    { minLength: 1, maxLength: 25 },
  );

describe('any order of presses, with repetitions', () => {
  const MEMBERS = 6;
  /** Two members never press under one id. */
  const orderOf = (second: number, member: number) => BigInt(pressAt(second)) + BigInt(member);

  test('leads to where a plain list would lead, one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(presses(MEMBERS), fc.integer({ min: 1, max: 4 }), async (pressed, capacity) => {
        const event = await addOpenEvent(em(), guildId, { capacity });
        const members = newMembers(MEMBERS) as MemberId[];
        const list = new PlainList(capacity);
        for (const { member, response, second } of pressed) {
          const memberId = members[member] as MemberId;
          const order = orderOf(second, member);
          list.press(memberId, response, order);
          await say(event, memberId, response, String(order));
          expect((await membersIn(event, 'going')).toSorted()).toEqual(list.going.toSorted());
          const line = list.waiting.toSorted((one, other) => Number(one.order - other.order));
          expect(await membersIn(event, 'waiting')).toEqual(line.map((one) => one.member));
        }
      }),
      { numRuns: 25 },
    );
  });

  test('never lets too many go when they come at the same time, loses nobody, and leaves no place free for who waits', async () => {
    await fc.assert(
      fc.asyncProperty(presses(12), fc.integer({ min: 1, max: 5 }), async (pressed, capacity) => {
        const event = await addOpenEvent(em(), guildId, { capacity });
        const members = newMembers(12) as MemberId[];
        const last = new Map<number, { order: bigint; response: Response }>();
        for (const { member, response, second } of pressed) {
          const order = orderOf(second, member);
          // Of two with one id the first counts: they are the same press.
          if (order > (last.get(member)?.order ?? 0n)) last.set(member, { order, response });
        }
        const unique = pressed.filter(
          ({ member, second }, index) =>
            index === pressed.findIndex((one) => one.member === member && one.second === second),
        );
        await Promise.all(
          [...unique, ...unique].map(async ({ member, response, second }) => {
            await say(event, members[member] as MemberId, response, String(orderOf(second, member)));
            expect((await countRegistrations(em(), event)).going).toBeLessThanOrEqual(capacity);
          }),
        );
        const { going, waiting } = await countRegistrations(em(), event);
        if (waiting > 0) expect(going).toBe(capacity);
        for (const [member, { response }] of last) {
          const expected = response === 'going' ? ['going', 'waiting'] : [response];
          expect(expected).toContain(await stateOf(event, members[member] as MemberId));
        }
      }),
      { numRuns: 25 },
    );
  });
});

test('of 200 who press at the same time exactly as many go as there are places, and all others wait in their order', async () => {
  const event = await addOpenEvent(em(), guildId, { capacity: 50 });
  const members = newMembers(200);
  const told = await Promise.all(members.map((member) => say(event, member, 'going')));
  expect(told.filter(({ kind }) => kind === 'registered')).toHaveLength(50);
  expect(await countRegistrations(em(), event)).toEqual({ going: 50, waiting: 150, maybe: 0 });
  const line = await membersIn(event, 'waiting');
  await Promise.all((await membersIn(event, 'going')).map((member) => say(event, member, 'not going')));
  expect((await membersIn(event, 'going')).toSorted()).toEqual(line.slice(0, 50).toSorted());
  expect(await membersIn(event, 'waiting')).toEqual(line.slice(50));
  expect((await movedUp(event)).toSorted()).toEqual(line.slice(0, 50).toSorted());
});
