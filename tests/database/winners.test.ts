import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { award, type Ledger } from '../../database/points.ts';
import { changeVisibility } from '../../database/recognised-members.ts';
import { applyDifferences } from '../../database/stays.ts';
import { closePeriod, hasWonLast, recordRoleTaken } from '../../database/winners.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { ReturnedWinner, WinnersPeriod } from '../../domain/winners.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

/** A Monday, and the first day of no month. */
const MONDAY = Date.parse('2026-11-23T08:00:00Z');
const DAY = 86_400_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

async function newLedger(timeZone = 'Europe/Berlin'): Promise<Ledger> {
  const { recognition } = await loadConfigWith(`recognition: { timeZone: ${timeZone} }`);
  return { guildId: newGuildId(), settings: recognition };
}

const member = (number: number): MemberId => toMemberId(`14000000000000${String(number).padStart(5, '0')}`);
const em = () => database.orm.em.fork();
const close = (ledger: Ledger, at = MONDAY, rest: { kind?: WinnersPeriod; first?: number } = {}) =>
  closePeriod(em(), ledger, { kind: 'week', first: 1, at, ...rest });

async function give(ledger: Ledger, who: number, points: number, at: number | string): Promise<void> {
  const time = typeof at === 'string' ? Date.parse(at) : at;
  const one = { memberId: member(who), action: 'tested', cause: `deed/${who}/${time}`, at: time, points };
  await em().transactional((transaction) => award(transaction, ledger, [one]));
}

describe('a period that is over', () => {
  test('is won by all who share the place', async () => {
    const ledger = await newLedger();
    for (const who of [1, 2]) await give(ledger, who, 9, MONDAY - DAY);
    await give(ledger, 3, 8, MONDAY - DAY);
    await give(ledger, 4, 99, MONDAY - 8 * DAY);
    const winners = [1, 2].map((who) => ({ memberId: member(who), place: 1 }));
    expect(await close(ledger)).toEqual({ period: '2026-W47', winners, roles: [member(1), member(2)] });
  });

  test('is won down to the configured place', async () => {
    const ledger = await newLedger();
    for (const [who, points] of [9, 9, 7, 6].entries()) await give(ledger, who, points, MONDAY - DAY);
    const { winners } = await close(ledger, MONDAY, { first: 3 });
    expect(winners.map(({ place }) => place)).toEqual([1, 1, 3]);
  });

  test('is won once: what becomes of points later changes nothing, also for those who close it at the same time', async () => {
    const ledger = await newLedger();
    await give(ledger, 1, 9, MONDAY - DAY);
    const results = await Promise.all(Array.from({ length: 8 }, () => close(ledger)));
    await give(ledger, 2, 20, MONDAY - DAY + 1);
    results.push(await close(ledger));
    for (const { winners } of results) expect(winners).toEqual([{ memberId: member(1), place: 1 }]);
  });

  test('has no winners if nobody has points, or nobody who is shown', async () => {
    const ledger = await newLedger();
    await give(ledger, 1, 9, MONDAY - DAY);
    await em().transactional((transaction) =>
      changeVisibility(transaction, ledger.guildId, [member(1)], { optedOut: true }),
    );
    expect(await close(ledger)).toEqual({ period: '2026-W47', winners: [], roles: [] });
  });

  test.each<[string, WinnersPeriod, string, string]>([
    ['a week, in summer time until its last day', 'week', '2026-10-26T08:00:00Z', '2026-W43'],
    ['the week in which a year ends', 'week', '2027-01-04T08:00:00Z', '2026-W53'],
    ['a month', 'month', '2026-12-01T08:00:00Z', '2026-11'],
    ['the month after which summer time begins', 'month', '2026-04-01T07:00:00Z', '2026-03'],
    ['a week, closed in the first minute of the next', 'week', '2026-10-25T23:00:00Z', '2026-W43'],
    ['a week, closed in the last minute of the day', 'week', '2026-10-26T22:59:00Z', '2026-W43'],
  ])('is the one of the day before: %s', async (_, kind, at, period) => {
    expect((await close(await newLedger(), Date.parse(at), { kind })).period).toBe(period);
  });

  test('counts the days of the configured time zone', async () => {
    const ledger = await newLedger('Asia/Tokyo');
    await give(ledger, 1, 9, '2026-11-22T14:59:00Z');
    await give(ledger, 2, 10, '2026-11-22T15:00:00Z');
    const { winners } = await close(ledger, Date.parse('2026-11-23T00:00:00Z'));
    expect(winners).toEqual([{ memberId: member(1), place: 1 }]);
  });
});

describe("the winners' role", () => {
  test('is of those who won last, and is looked after for those who may have it from before', async () => {
    const ledger = await newLedger();
    const { guildId } = ledger;
    await give(ledger, 1, 9, MONDAY - DAY);
    await give(ledger, 2, 9, MONDAY + DAY);
    await close(ledger);
    const second = await close(ledger, MONDAY + 7 * DAY);
    expect(second.roles).toEqual([member(1), member(2)]);
    const has = (who: number) => hasWonLast(em(), guildId, 'week', member(who));
    expect([await has(1), await has(2)]).toEqual([false, true]);
    for (const who of [1, 2]) await recordRoleTaken(em(), guildId, 'week', member(who));
    expect((await close(ledger, MONDAY + 7 * DAY)).roles).toEqual([member(2)]);
    expect((await close(ledger, MONDAY + 14 * DAY)).roles).toEqual([member(2)]);
    expect(await has(2)).toBe(false);
  });

  test('of the week has nothing to do with that of the month', async () => {
    const ledger = await newLedger();
    await give(ledger, 1, 9, MONDAY - DAY);
    await close(ledger);
    expect(await hasWonLast(em(), ledger.guildId, 'month', member(1))).toBe(false);
    expect((await close(ledger, Date.parse('2026-11-01T08:00:00Z'), { kind: 'month' })).roles).toEqual([]);
  });
});

test('a winner who is back has the role ordered again, once for each stay, until the next period is closed', async () => {
  const ledger = await newLedger();
  await give(ledger, 1, 9, MONDAY - DAY);
  await close(ledger);
  const leave = () =>
    em().transactional((transaction) =>
      changeVisibility(transaction, ledger.guildId, [member(1)], { hasLeft: true }),
    );
  const comeBack = (joinedAt: number) => {
    const present = { memberId: member(1), joinedAt, isBot: false, awaitsScreening: false };
    const found = { toWelcome: [], toRecord: [present], toEnd: [] };
    return applyDifferences(em(), ledger.guildId, found, joinedAt);
  };
  const ordered = async () => {
    const rows: { winner: ReturnedWinner }[] = await em().execute(
      `select "order"->'winner' as winner from outbox where "order"->>'kind' = 'winner is back' order by id`,
    );
    return rows.map(({ winner: { kind, joinedAt } }) => [kind, joinedAt]);
  };
  await comeBack(MONDAY + DAY);
  expect(await ordered()).toEqual([]);
  await leave();
  await comeBack(MONDAY + 2 * DAY);
  await comeBack(MONDAY + 2 * DAY);
  expect(await ordered()).toEqual([['week', MONDAY + 2 * DAY]]);
  await close(ledger, MONDAY + 7 * DAY);
  await leave();
  await comeBack(MONDAY + 8 * DAY);
  expect(await ordered()).toHaveLength(1);
});
