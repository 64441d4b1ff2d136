import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dropWeeksBefore } from '../../database/message-partitions.ts';
import { settledTo, settleMessages } from '../../database/message-settlement.ts';
import { closeGap, intakeState, readUpTo, storeHeard, storeRead } from '../../database/messages.ts';
import type { Ledger } from '../../database/points.ts';
import type { ChannelMessage } from '../../domain/channel-messages.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { BEGIN, CHANNEL, markAt, messageAt } from '../support/heard-messages.ts';
import { newGuildId } from '../support/ids.ts';

const DAY_S = 86_400;

let database: TestDatabase;
let settings: RecognitionSettings;
let ledger: Ledger;
let guildId: GuildId;

beforeAll(async () => {
  database = await freshDatabase();
  settings = (await loadConfigWith('recognition: { timeZone: UTC }')).recognition;
});
beforeEach(() => {
  guildId = newGuildId();
  ledger = { guildId, settings };
});
afterAll(() => database.close());

const hear = (messages: readonly ChannelMessage[], upTo: number, hasGap = false) =>
  storeHeard(database.orm.em, guildId, { messages, thanks: [], heardTo: markAt(upTo), hasGap });
const readAll = (messages: readonly ChannelMessage[]) =>
  storeRead(database.orm.em, guildId, CHANNEL, { messages, readTo: messages.at(-1)?.id ?? markAt(0) });
const settle = (limit = 100) => settleMessages(database.orm.em, ledger, limit);
const query = <Row>(sql: string, values: unknown[]): Promise<Row[]> =>
  database.orm.em.fork().execute(sql, values);

async function stored(): Promise<string[]> {
  const rows = await query<{ id: string }>('select id from messages where guild_id = ? order by id', [
    guildId,
  ]);
  return rows.map(({ id }) => id);
}

async function paidFor(): Promise<string[]> {
  const rows = await query<{ cause: string }>(
    `select cause from points_ledger where guild_id = ? and action = 'message' order by cause`,
    [guildId],
  );
  return rows.map(({ cause }) => cause.replace('message/', ''));
}

/** Begins to hear, with everything before having been read. */
async function begin(): Promise<void> {
  await hear([], 0, true);
  await closeGap(database.orm.em.fork(), guildId, 1);
}

describe('what was heard', () => {
  test('is stored once, however often and in whatever order it comes', async () => {
    const some = [messageAt(1), messageAt(2), messageAt(3)];
    await hear([...some].reverse(), 1);
    await Promise.all([hear(some, 2), hear(some, 3), readAll(some)]);
    expect(await stored()).toEqual(some.map(({ id }) => id));
  });

  test('finds its partition made, when several need new ones at the same time', async () => {
    const weeks = [60, 67, 74, 81].map((days) => messageAt(days * DAY_S));
    await Promise.all([hear(weeks, 1), hear([...weeks].reverse(), 1), hear(weeks.slice(1), 1)]);
    expect(await stored()).toEqual(weeks.map(({ id }) => id));
  });

  test('is gone when its week is old enough, and only then', async () => {
    const [old, recent] = [messageAt(-100 * DAY_S), messageAt(-80 * DAY_S)];
    await hear([old, recent], 0);
    const em = database.orm.em.fork();
    expect(await dropWeeksBefore(em, BEGIN - 90 * DAY_S * 1_000)).toEqual(['messages_2026_08_06']);
    expect(await stored()).toEqual([recent.id]);
    expect(await dropWeeksBefore(em, BEGIN - 90 * DAY_S * 1_000)).toEqual([]);
    // What comes too late has a place again.
    await hear([old], 0);
    expect(await stored()).toEqual([old.id, recent.id]);
  });
});

test('how far a channel was read never moves back', async () => {
  const [earlier, later] = [messageAt(1), messageAt(2)];
  expect(await readUpTo(database.orm.em.fork(), guildId, CHANNEL)).toBeUndefined();
  await readAll([later]);
  await readAll([earlier]);
  expect(await readUpTo(database.orm.em.fork(), guildId, CHANNEL)).toBe(later.id);
});

describe('the mark', () => {
  const completeTo = async () => (await intakeState(database.orm.em.fork(), guildId))?.completeTo;

  test('begins where the first session began, and moves with what is heard', async () => {
    await begin();
    expect(await completeTo()).toBe(markAt(0));
    await hear([], 10);
    expect(await completeTo()).toBe(markAt(10));
  });

  test('never moves back', async () => {
    await begin();
    await hear([], 10);
    await hear([], 5);
    expect(await completeTo()).toBe(markAt(10));
  });

  test('waits while there is a gap, and then catches up with what was heard', async () => {
    await begin();
    await hear([], 10, true);
    await hear([], 20);
    expect(await completeTo()).toBe(markAt(0));
    await closeGap(database.orm.em.fork(), guildId, 2);
    expect(await completeTo()).toBe(markAt(20));
  });

  test('waits for the last of several gaps', async () => {
    await begin();
    await hear([], 10, true);
    await hear([], 20, true);
    await closeGap(database.orm.em.fork(), guildId, 2);
    expect(await completeTo()).toBe(markAt(0));
    await closeGap(database.orm.em.fork(), guildId, 3);
    await closeGap(database.orm.em.fork(), guildId, 2);
    expect(await completeTo()).toBe(markAt(20));
  });

  test('each gap orders that it is read', async () => {
    await begin();
    await hear([], 10, true);
    const orders = await query<{ gap: unknown }>(
      `select "order"->'gap' as gap from outbox where "order"->'gap'->>'guildId' = ? order by id`,
      [guildId],
    );
    expect(orders.map(({ gap }) => gap)).toEqual([
      { guildId, number: 1 },
      { guildId, number: 2 },
    ]);
  });
});

describe('settling', () => {
  test('pays for what counts, up to the mark and not further', async () => {
    await begin();
    const [first, tooSoon, next, later] = [messageAt(1), messageAt(30), messageAt(70), messageAt(200)];
    await hear([first, tooSoon, next, later], 100);
    expect(await settle()).toBe(3);
    expect(await paidFor()).toEqual([first.id, next.id]);
    expect(await settledTo(database.orm.em.fork(), ledger)).toBe(markAt(100));
    await hear([], 300);
    expect(await settle()).toBe(1);
    expect(await paidFor()).toEqual([first.id, next.id, later.id]);
  });

  test('takes what was missed in its place, and not what came in first', async () => {
    await begin();
    const [missed, heard] = [messageAt(10), messageAt(40)];
    await hear([heard], 50, true);
    expect(await settle()).toBe(0);
    await readAll([missed]);
    await closeGap(database.orm.em.fork(), guildId, 2);
    expect(await settle()).toBe(2);
    expect(await paidFor()).toEqual([missed.id]);
  });

  test('goes on where it was, in batches of any size', async () => {
    await begin();
    const many = Array.from({ length: 25 }, (_, index) => messageAt(index * 45));
    await hear(many, 2_000);
    for (const limit of [1, 7, 3, 20]) await settle(limit);
    expect(await settle()).toBe(0);
    expect(await paidFor()).toEqual(many.filter((_, index) => index % 2 === 0).map(({ id }) => id));
  });

  test('by several at the same time pays once', async () => {
    await begin();
    const many = Array.from({ length: 60 }, (_, index) => messageAt(index * 60));
    await hear(many, 5_000);
    for (let round = 0; round < 8; round += 1) await Promise.all(Array.from({ length: 4 }, () => settle(10)));
    expect(await paidFor()).toEqual(many.map(({ id }) => id));
  });

  test('spam pays nothing', async () => {
    await begin();
    const spam = Array.from({ length: 500 }, (_, index) =>
      messageAt(index / 10, { fingerprint: String(index % 2) }),
    );
    await hear(spam, 5_000);
    await settle(1_000);
    expect(await paidFor()).toEqual([spam[0]?.id]);
  });
});
