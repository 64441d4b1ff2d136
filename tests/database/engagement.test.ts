import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { recordOutcome } from '../../database/deliveries.ts';
import {
  findDueReadings,
  findNextReadings,
  missReadings,
  recordReadings,
} from '../../database/engagement.ts';
import { type DueReading, type Figures, NO_FIGURES } from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import { type Platform, toPlatformPostId } from '../../domain/platforms.ts';
import type { DeliveryRef } from '../../domain/posts.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { readingsOf } from '../support/engagement.ts';
import { newGuildId } from '../support/ids.ts';
import { addDraft } from '../support/posts.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const AGES = [HOUR, DAY, 3 * DAY, 7 * DAY];
const FIGURES: Figures = { ...NO_FIGURES, likes: 4, shares: 0, impressions: 120 };

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

/** A post on X and Discord that was published on one of them. */
async function published(platform: Platform, at = AT): Promise<DeliveryRef> {
  const delivery = { ...(await addDraft(database, guildId)), platform };
  await attempt(delivery, 1, at);
  return delivery;
}

async function attempt(delivery: DeliveryRef, number: number, at: number): Promise<void> {
  await em().execute(
    `insert into post_attempts (guild_id, post_id, platform, attempt, revision, intended_at, sent)
     values (?, ?, ?, ?, 1, ?, '{}')`,
    [delivery.guildId, delivery.postId, delivery.platform, number, new Date(at)],
  );
  const id = toPlatformPostId(`${delivery.postId}-${number}`);
  await recordOutcome(
    em(),
    delivery,
    number,
    { kind: 'published', id, url: `https://x.com/${id}` },
    at,
    AGES,
  );
}

const statesOf = async (delivery: DeliveryRef) =>
  (await readingsOf(database.orm, delivery)).map(({ state }) => state);
const due = (platform: Platform, at: number, limit = 100) =>
  findDueReadings(em(), guildId, platform, at, limit);
const take = (readings: readonly DueReading[], takenAt: number, figures = FIGURES) =>
  recordReadings(
    em(),
    readings.map((reading) => ({ ...reading, takenAt, figures })),
    [],
  );

async function ordersToRead(): Promise<number> {
  const [row]: { orders: number }[] = await em().execute(
    `select count(*)::int as orders from outbox where "order"->>'kind' = 'read engagement' and "order"->>'guildId' = ?`,
    [guildId],
  );
  return row?.orders ?? 0;
}

describe('what is published', () => {
  test('has a reading planned for each age, and one order to take them', async () => {
    const delivery = await published('x');
    expect(await readingsOf(database.orm, delivery)).toEqual(
      AGES.map((ageMs) => ({
        ...{ platform: 'x', ageMs, state: 'due', dueAt: AT + ageMs, takenAt: null, figures: NO_FIGURES },
      })),
    );
    expect(await ordersToRead()).toBe(1);
  });

  test('keeps its readings when it turns out that another attempt was published too', async () => {
    const delivery = await published('x');
    await attempt(delivery, 2, AT + HOUR);
    const dueAt = (await readingsOf(database.orm, delivery)).map((reading) => reading.dueAt);
    expect(dueAt).toEqual(AGES.map((ageMs) => AT + ageMs));
    expect(await ordersToRead()).toBe(1);
  });

  test('has none when it was not taken', async () => {
    const delivery = { ...(await addDraft(database, guildId)), platform: 'x' } as const;
    await recordOutcome(em(), delivery, 1, { kind: 'rejected', reason: 'no' }, AT, AGES);
    expect(await readingsOf(database.orm, delivery)).toEqual([]);
    expect(await ordersToRead()).toBe(0);
  });
});

describe('what is next', () => {
  test('is told for each platform, with the minute in which it may be taken with others', async () => {
    await published('x', AT);
    await published('x', AT + MINUTE);
    await published('discord', AT + HOUR);
    expect(await findNextReadings(em(), guildId)).toEqual([
      { platform: 'discord', dueAt: AT + 2 * HOUR, firstAt: AT + 2 * HOUR - MINUTE },
      { platform: 'x', dueAt: AT + HOUR, firstAt: AT + HOUR - MINUTE },
    ]);
  });

  test('is nothing when all is read', async () => {
    await published('x');
    for (const age of AGES) await take(await due('x', AT + age), AT + age);
    expect(await findNextReadings(em(), guildId)).toEqual([]);
  });
});

describe('what is due', () => {
  test('is of one platform and until a time, with what it is read by', async () => {
    const delivery = await published('x');
    await published('discord');
    expect(await due('x', AT + HOUR - MINUTE - 1)).toEqual([]);
    expect(await due('x', AT + HOUR - MINUTE)).toEqual([
      { ...delivery, ageMs: HOUR, publishedId: `${delivery.postId}-1`, publishedAt: AT },
    ]);
  });

  test('comes in parts where there is much of it, the first due first', async () => {
    const later = await published('x', AT + HOUR);
    const first = await published('x', AT);
    expect((await due('x', AT + 2 * HOUR, 1)).map(({ postId }) => postId)).toEqual([first.postId]);
    expect((await due('x', AT + 2 * HOUR)).map(({ postId }) => postId)).toEqual([first.postId, later.postId]);
  });
});

describe('a reading', () => {
  test('is written down with what the platform gives, and what it does not give stays unknown', async () => {
    const delivery = await published('x');
    expect(await take(await due('x', AT + HOUR), AT + HOUR)).toEqual({ taken: 1, gone: 0 });
    const [first] = await readingsOf(database.orm, delivery);
    expect(first).toMatchObject({ state: 'taken', takenAt: AT + HOUR, figures: FIGURES });
  });

  test('that is taken again changes nothing', async () => {
    const delivery = await published('x');
    const readings = await due('x', AT + HOUR);
    await take(readings, AT + HOUR);
    expect(await take(readings, AT + DAY, { ...FIGURES, likes: 99 })).toEqual({ taken: 0, gone: 0 });
    const [first] = await readingsOf(database.orm, delivery);
    expect(first).toMatchObject({ takenAt: AT + HOUR, figures: FIGURES });
  });

  test('may say less than the one before: it is kept as it is', async () => {
    const delivery = await published('x');
    await take(await due('x', AT + HOUR), AT + HOUR);
    await take(await due('x', AT + DAY), AT + DAY, { ...FIGURES, likes: 1 });
    const likes = (await readingsOf(database.orm, delivery)).map(({ figures }) => figures.likes);
    expect(likes).toEqual([4, 1, null, null]);
  });

  test('has the clicks on our own links, where there are some', async () => {
    const [own, other] = [await published('x'), await published('x')];
    await em().execute(
      `insert into post_clicks (guild_id, post_id, platform, clicks) values (?, ?, 'x', 7), (?, ?, 'discord', 9)`,
      [own.guildId, own.postId, other.guildId, other.postId],
    );
    await take(await due('x', AT + HOUR), AT + HOUR, { ...FIGURES, clicks: 3 });
    const clicksOf = async (delivery: DeliveryRef) =>
      (await readingsOf(database.orm, delivery))[0]?.figures.clicks;
    expect([await clicksOf(own), await clicksOf(other)]).toEqual([7, 3]);
  });
});

describe('a post that is gone from its platform', () => {
  test('is not read there any more, and what was read of it stays', async () => {
    const delivery = await published('x');
    const other = await published('x');
    await take(await due('x', AT + HOUR), AT + HOUR);
    expect(await recordReadings(em(), [], [delivery])).toEqual({ taken: 0, gone: 1 });
    expect(await recordReadings(em(), [], [delivery])).toEqual({ taken: 0, gone: 0 });
    expect(await statesOf(delivery)).toEqual(['taken', 'gone', 'gone', 'gone']);
    expect(await statesOf(other)).toEqual(['taken', 'due', 'due', 'due']);
  });
});

describe('a reading that could not be taken', () => {
  const miss = (at: number) => missReadings(em(), guildId, 'x', at);

  test('is missed when the next one is due as well', async () => {
    const delivery = await published('x');
    await miss(AT + DAY - MINUTE - 1);
    expect(await statesOf(delivery)).toEqual(['due', 'due', 'due', 'due']);
    await miss(AT + DAY);
    expect(await statesOf(delivery)).toEqual(['missed', 'due', 'due', 'due']);
  });

  test('leaves one reading to take after a long outage', async () => {
    const delivery = await published('x');
    const elsewhere = await published('discord');
    await miss(AT + 8 * DAY);
    expect(await statesOf(delivery)).toEqual(['missed', 'missed', 'missed', 'due']);
    expect((await due('x', AT + 8 * DAY)).map(({ ageMs }) => ageMs)).toEqual([7 * DAY]);
    expect(await statesOf(elsewhere)).toEqual(['due', 'due', 'due', 'due']);
  });

  test('is missed when the post is twice as old: nothing waits for ever', async () => {
    const delivery = await published('x');
    await miss(AT + 14 * DAY);
    expect(await statesOf(delivery)).toEqual(['missed', 'missed', 'missed', 'due']);
    await miss(AT + 14 * DAY + 1);
    expect(await statesOf(delivery)).toEqual(['missed', 'missed', 'missed', 'missed']);
    expect(await findNextReadings(em(), guildId)).toEqual([]);
  });
});
