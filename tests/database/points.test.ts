import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { giveBadge } from '../../database/badges.ts';
import { award, type Ledger, reverse } from '../../database/points.ts';
import { findWrongTotals, rebuildTotals } from '../../database/totals.ts';
import { type MemberId, toGuildId, toMemberId } from '../../domain/ids.ts';
import type { Award, Recognised, RecognitionSettings } from '../../domain/recognition.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const at = Date.parse('2026-11-22T12:00:00Z');
const byStaff = { staffId: toMemberId('1300000000000000099'), reason: 'a mistake', at: at + 3_600_000 };
let database: TestDatabase;
let settings: RecognitionSettings;
let ledger: Ledger;
let members = 0;

beforeAll(async () => {
  database = await freshDatabase();
  settings = (await loadConfigWith('recognition: { timeZone: UTC }')).recognition;
  ledger = { guildId: toGuildId('1300000000000000001'), settings };
});
afterAll(() => database.close());

function newMember(): MemberId {
  members += 1;
  return toMemberId(`14000000000000${String(members).padStart(5, '0')}`);
}

/** Deeds of a kind that comes with no achievement. */
const deed = (memberId: MemberId, number: number, rest: Partial<Award> = {}): Award => ({
  ...{ memberId, action: 'tested', cause: `deed/${memberId}/${number}`, at },
  ...rest,
});

const give = (awards: readonly Award[], by: Ledger = ledger) =>
  database.orm.em.fork().transactional((transaction) => award(transaction, by, awards));
const takeBack = (entryId: string, by: Ledger = ledger) =>
  database.orm.em.fork().transactional((transaction) => reverse(transaction, by, entryId, byStaff));

const query = <Row>(sql: string, values: unknown[]): Promise<Row[]> =>
  database.orm.em.fork().execute(sql, values);
const entriesOf = (memberId: MemberId) =>
  query<{ cause: string; tenths: number }>(
    'select cause, tenths from points_ledger where member_id = ? order by id',
    [memberId],
  );

async function totalsOf(memberId: MemberId): Promise<Record<string, number>> {
  const rows = await query<{ measure: string; period: string; amount: string }>(
    'select measure, period, amount from points_totals where member_id = ?',
    [memberId],
  );
  return Object.fromEntries(
    rows.map(({ measure, period, amount }) => [`${measure} ${period}`, Number(amount)]),
  );
}

async function ordersFor(memberId: MemberId): Promise<string[]> {
  const rows = await query<{ recognised: Recognised }>(
    `select "order"->'recognised' as recognised from outbox where member_id = ? order by id`,
    [memberId],
  );
  return rows.map(({ recognised: { what, name } }) => `${what}: ${name}`);
}

describe('an award', () => {
  test('is what the configuration says, in the totals of its week, its month and of all time', async () => {
    const member = newMember();
    await give([
      deed(member, 1, { action: 'code-contribution' }),
      deed(member, 2, { at: Date.parse('2026-11-01T12:00:00Z') }),
    ]);
    expect(await totalsOf(member)).toEqual({
      'points all': 1_010,
      'points 2026-W47': 1_000,
      'points 2026-W44': 10,
      'points 2026-11': 1_010,
      'code-contribution all': 1,
      'tested all': 1,
    });
  });

  test('counts once, however many give it at the same time', async () => {
    const member = newMember();
    const results = await Promise.all(Array.from({ length: 20 }, () => give([deed(member, 1)])));
    expect(results.flat()).toHaveLength(1);
    expect(await totalsOf(member)).toMatchObject({ 'points all': 10, 'tested all': 1 });
  });

  test('counts in the week and month of the configured time zone', async () => {
    const member = newMember();
    const inTokyo = {
      guildId: toGuildId('1300000000000000008'),
      settings: { ...settings, timeZone: 'Asia/Tokyo' },
    };
    await give([deed(member, 1, { at: Date.parse('2026-11-29T16:00:00Z') })], inTokyo);
    await give([deed(member, 2, { at: Date.parse('2027-01-01T10:00:00Z') })], inTokyo);
    expect(Object.keys(await totalsOf(member))).toEqual(
      expect.arrayContaining(['points 2026-W49', 'points 2026-11', 'points 2026-W53', 'points 2027-01']),
    );
  });

  test('goes with the transaction that it is in', async () => {
    const member = newMember();
    const failing = database.orm.em.fork().transactional(async (transaction) => {
      await award(transaction, ledger, [deed(member, 1)]);
      throw new Error('the rest of the transaction failed');
    });
    await expect(failing).rejects.toThrow('the rest');
    expect([await entriesOf(member), await totalsOf(member)]).toEqual([[], {}]);
  });

  test('of one guild does not count in another', async () => {
    const member = newMember();
    const other = { ...ledger, guildId: toGuildId('1300000000000000009') };
    expect(await give([deed(member, 1)])).toHaveLength(1);
    expect(await give([deed(member, 1)], other)).toHaveLength(1);
  });

  test.each([0.05, 1.25, Number.NaN, Number.POSITIVE_INFINITY])('of %p points is refused', async (points) => {
    const member = newMember();
    await expect(give([deed(member, 1), deed(member, 2, { points })])).rejects.toThrow('at most one decimal');
    expect(await entriesOf(member)).toEqual([]);
  });

  test('of several members never waits for another that has them in another order', async () => {
    const some = Array.from({ length: 8 }, newMember);
    const batches = Array.from({ length: 12 }, (_, batch) =>
      [...some]
        .sort(() => (batch % 2 === 0 ? 1 : -1))
        .map((member, index) => deed(member, batch * 10 + index)),
    );
    await Promise.all(batches.map((batch) => give(batch)));
    for (const member of some) expect(await totalsOf(member)).toMatchObject({ 'points all': 120 });
  });
});

describe('a reversal', () => {
  test('is another entry, and counts where the first one did', async () => {
    const member = newMember();
    const [entry] = await give([deed(member, 1, { action: 'code-contribution' })]);
    expect(await takeBack(entry?.id ?? '')).toEqual({
      ...{ kind: 'reversed', memberId: member, tenths: -1_000 },
      entryId: expect.stringMatching(/^\d+$/),
    });
    expect(await entriesOf(member)).toHaveLength(2);
    expect(await totalsOf(member)).toEqual({
      ...{ 'points all': 0, 'points 2026-W47': 0, 'points 2026-11': 0, 'code-contribution all': 0 },
    });
  });

  test('happens once, however many do it at the same time', async () => {
    const member = newMember();
    const [entry] = await give([deed(member, 1)]);
    const results = await Promise.all(Array.from({ length: 10 }, () => takeBack(entry?.id ?? '')));
    expect(results.map(({ kind }) => kind).sort()).toEqual([
      ...Array.from({ length: 9 }, () => 'already reversed'),
      'reversed',
    ]);
    expect(await totalsOf(member)).toMatchObject({ 'points all': 0 });
  });

  test('can itself not be reversed, nor what is not there', async () => {
    const member = newMember();
    const [entry] = await give([deed(member, 1)]);
    await takeBack(entry?.id ?? '');
    const [reversal] = await query<{ id: string }>('select id from points_ledger where reverses = ?', [
      entry?.id,
    ]);
    expect(await takeBack(reversal?.id ?? '')).toEqual({ kind: 'is a reversal' });
    expect(await takeBack('999999999')).toEqual({ kind: 'no such entry' });
    expect(await takeBack(entry?.id ?? '', { ...ledger, guildId: toGuildId('1300000000000000009') })).toEqual(
      {
        kind: 'no such entry',
      },
    );
  });
});

describe('badges', () => {
  test('are had once, even if points come in parallel', async () => {
    const member = newMember();
    const deeds = Array.from({ length: 30 }, (_, number) => deed(member, number, { points: 10 }));
    await Promise.all(deeds.map((one) => give([one])));
    expect(await ordersFor(member)).toEqual(['badge: contributor', 'badge: helper']);
  });

  test('several come with one award', async () => {
    const member = newMember();
    await give([deed(member, 1, { points: 600 })]);
    expect((await ordersFor(member)).sort()).toEqual([
      'badge: contributor',
      'badge: expert',
      'badge: helper',
    ]);
  });

  test('stay when points fall, if the configuration says so', async () => {
    const member = newMember();
    const [entry] = await give([deed(member, 1, { points: 120 })]);
    await takeBack(entry?.id ?? '');
    await give([deed(member, 2, { points: 120 })]);
    expect(await ordersFor(member)).toEqual(['badge: contributor']);
  });

  test('go when points fall, if the configuration says so, and are not told of again', async () => {
    const losing = { ...ledger, settings: { ...settings, whenPointsFall: 'lose badge' as const } };
    const member = newMember();
    const [entry] = await give([deed(member, 1, { points: 120 })], losing);
    await takeBack(entry?.id ?? '', losing);
    await give([deed(member, 2, { points: 120 })], losing);
    expect(await ordersFor(member)).toEqual([
      'badge: contributor',
      'badge lost: contributor',
      'badge again: contributor',
    ]);
  });

  test('for a cause are given once, and stay', async () => {
    const member = newMember();
    const given = { memberId: member, badge: 'legend', cause: 'quiz/1', at };
    for (let time = 0; time < 2; time += 1)
      await database.orm.em.fork().transactional((transaction) => giveBadge(transaction, ledger, given));
    expect(await ordersFor(member)).toEqual(['badge: legend']);
  });
});

describe('achievements', () => {
  test('come once, with points that may bring a badge', async () => {
    const member = newMember();
    await give([
      deed(member, 1, { action: 'tutorial-created' }),
      deed(member, 2, { action: 'tutorial-created' }),
    ]);
    expect((await entriesOf(member)).map(({ tenths }) => tenths)).toEqual([250, 250, 1_000]);
    expect((await ordersFor(member)).sort()).toEqual(['achievement: content-creator', 'badge: contributor']);
  });

  test('nobody is told of do not set off anything', async () => {
    const member = newMember();
    await give([deed(member, 1, { action: 'message' })]);
    expect(await totalsOf(member)).toMatchObject({
      'points all': 110,
      'message all': 1,
      'achievement all': 1,
    });
    expect(await ordersFor(member)).toEqual([]);
  });
});

describe('totals', () => {
  test('are what the ledger says, and are made anew from it where they are not', async () => {
    expect(await findWrongTotals(database.orm.em.fork(), ledger, 10)).toEqual([]);
    const [row] = await query<{ member_id: MemberId }>(
      `update points_totals set amount = amount + 1 where (guild_id, measure, period, member_id) =
         (select guild_id, measure, period, member_id from points_totals
          where guild_id = ? and measure = 'points' and period = 'all' limit 1)
       returning member_id`,
      [ledger.guildId],
    );
    expect(await findWrongTotals(database.orm.em.fork(), ledger, 10)).toEqual([
      expect.objectContaining({ memberId: row?.member_id, measure: 'points', period: 'all' }),
    ]);
    await rebuildTotals(database.orm.em, ledger);
    expect(await findWrongTotals(database.orm.em.fork(), ledger, 10)).toEqual([]);
  });
});
