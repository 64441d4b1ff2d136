import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countOn, placeOf, topOf } from '../../database/leaderboards.ts';
import { claimOnboarding, recordOutcome } from '../../database/onboarding.ts';
import { award, type Ledger } from '../../database/points.ts';
import { changeVisibility } from '../../database/recognised-members.ts';
import { applyDifferences } from '../../database/stays.ts';
import { findWrongTotals, rebuildTotals } from '../../database/totals.ts';
import type { Differences } from '../../domain/catch-up.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { Standings } from '../../domain/leaderboards.ts';
import type { Stay } from '../../domain/onboarding.ts';
import type { Recognised } from '../../domain/recognition.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

const NOON = Date.parse('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** A ledger of a guild in which nothing has happened. */
async function newLedger(): Promise<Ledger> {
  const { recognition } = await loadConfigWith('recognition: { timeZone: UTC, achievements: [] }');
  return {
    guildId: newGuildId(),
    settings: { ...recognition, achievements: [] },
  };
}

const member = (number: number): MemberId => toMemberId(`14000000000000${String(number).padStart(5, '0')}`);
const em = () => database.orm.em.fork();

interface Deed {
  readonly who: number;
  readonly points: number;
  readonly at?: number;
}

async function give(ledger: Ledger, deeds: readonly Deed[]): Promise<void> {
  for (const [index, { who, points, at = NOON }] of deeds.entries()) {
    const one = { memberId: member(who), action: 'tested', cause: `deed/${who}/${at}/${index}`, at, points };
    await em().transactional((transaction) => award(transaction, ledger, [one]));
  }
}

const pointsOf = ({ guildId }: Ledger, period = 'all'): Standings => ({ guildId, measure: 'points', period });

async function places(ledger: Ledger, period?: string): Promise<[MemberId, number][]> {
  const top = await topOf(em(), pointsOf(ledger, period), { offset: 0, limit: 100 });
  return top.map(({ memberId, place }) => [memberId, place]);
}

const see = (ledger: Ledger, who: number, change: { hasLeft?: boolean; optedOut?: boolean }) =>
  em().transactional((transaction) => changeVisibility(transaction, ledger.guildId, [member(who)], change));

const present = ({ memberId, joinedAt }: Stay) => ({
  memberId,
  joinedAt,
  isBot: false,
  awaitsScreening: false,
});

/** Writes down what a comparison with the guild found. */
const findOut = ({ guildId }: Ledger, found: Partial<Differences>) =>
  applyDifferences(
    database.orm.em,
    guildId,
    { toWelcome: [], toRecord: [], toEnd: [], ...found },
    NOON + 2 * HOUR,
  );

/** Somebody joins, and their onboarding begins. */
const claim = (stay: Stay) =>
  claimOnboarding(database.orm.em, {
    ...{ stay, variant: 'standard', run: `run-${stay.joinedAt}`, now: stay.joinedAt },
    ...{ returnsWithinMs: 0, completesWithinMs: HOUR },
    rules: { windowMs: 0, raidAbove: 100, calmMs: 0 },
  });

async function ordersOf({ guildId }: Ledger): Promise<Recognised[]> {
  const rows: { recognised: Recognised }[] = await em().execute(
    `select "order"->'recognised' as recognised from outbox
     where "order"->>'kind' = 'recognise' and "order"->'recognised'->>'guildId' = ? order by id`,
    [guildId],
  );
  return rows.map(({ recognised }) => recognised);
}

describe('a leaderboard', () => {
  test('has those with most first; who has the same shares a place, the first to reach it before the other', async () => {
    const ledger = await newLedger();
    await give(ledger, [
      { who: 1, points: 5 },
      { who: 2, points: 9, at: NOON + HOUR },
      { who: 3, points: 9 },
      { who: 5, points: 2 },
      { who: 4, points: 2 },
    ]);
    expect(await places(ledger)).toEqual([
      [member(3), 1],
      [member(2), 1],
      [member(1), 3],
      [member(4), 4],
      [member(5), 4],
    ]);
  });

  test('is read in parts, and a place does not depend on the part', async () => {
    const ledger = await newLedger();
    await give(
      ledger,
      [1, 2, 3, 4, 5].map((who) => ({ who, points: who < 4 ? 7 : 3 })),
    );
    expect(await topOf(em(), pointsOf(ledger), { offset: 2, limit: 2 })).toEqual([
      { memberId: member(3), place: 1, amount: 70 },
      { memberId: member(4), place: 4, amount: 30 },
    ]);
    expect(await topOf(em(), pointsOf(ledger), { offset: 10, limit: 10 })).toEqual([]);
  });

  test('of a period has what was done in it', async () => {
    const ledger = await newLedger();
    await give(ledger, [
      { who: 1, points: 5 },
      { who: 2, points: 9, at: NOON - 8 * 24 * HOUR },
    ]);
    expect(await places(ledger, '2026-W47')).toEqual([[member(1), 1]]);
    expect(await places(ledger, '2026-W46')).toEqual([[member(2), 1]]);
    expect(await places(ledger, '2026-W45')).toEqual([]);
    expect(await countOn(em(), pointsOf(ledger, '2026-11'))).toBe(2);
  });

  test('does not have those who have nothing left', async () => {
    const ledger = await newLedger();
    await give(ledger, [
      { who: 1, points: 5 },
      { who: 1, points: -5 },
      { who: 2, points: -3 },
    ]);
    expect(await places(ledger)).toEqual([]);
    expect(await placeOf(em(), pointsOf(ledger), member(1))).toBeUndefined();
  });

  test('is the same whatever the order in which points came, and a place is where one stands on it', async () => {
    const deeds = fc.array(
      fc.record({
        who: fc.integer({ min: 1, max: 5 }),
        points: fc.integer({ min: 1, max: 3 }),
        at: fc.integer({ min: 0, max: 3 }).map((hours) => NOON + hours * HOUR),
      }),
      { minLength: 1, maxLength: 10 },
    );
    await fc.assert(
      fc.asyncProperty(deeds, async (some) => {
        const [one, other] = [await newLedger(), await newLedger()];
        await give(one, some);
        await give(other, some.toReversed());
        const listed = await places(one);
        expect(await places(other)).toEqual(listed);
        const own = await Promise.all(listed.map(([who]) => placeOf(em(), pointsOf(one), who)));
        expect(own.map((found) => [found?.place, found?.of])).toEqual(
          listed.map(([, place]) => [place, listed.length]),
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe('who has left or opted out', () => {
  test('is not shown, counts for no place, and is there again when they come back', async () => {
    const ledger = await newLedger();
    await give(ledger, [
      { who: 1, points: 9 },
      { who: 2, points: 5 },
    ]);
    await see(ledger, 1, { hasLeft: true });
    expect(await places(ledger)).toEqual([[member(2), 1]]);
    expect(await placeOf(em(), pointsOf(ledger), member(1))).toBeUndefined();
    expect(await placeOf(em(), pointsOf(ledger), member(2))).toEqual({ place: 1, amount: 50, of: 1 });
    await see(ledger, 1, { hasLeft: false });
    expect(await places(ledger)).toEqual([
      [member(1), 1],
      [member(2), 2],
    ]);
  });

  test('is not shown if one of the two still holds', async () => {
    const ledger = await newLedger();
    await give(ledger, [{ who: 1, points: 9 }]);
    await see(ledger, 1, { optedOut: true });
    await see(ledger, 1, { hasLeft: true });
    await see(ledger, 1, { hasLeft: false });
    expect(await places(ledger)).toEqual([]);
    await see(ledger, 1, { optedOut: false });
    expect(await places(ledger)).toEqual([[member(1), 1]]);
  });

  test('before they have any points is not shown when they get some', async () => {
    const ledger = await newLedger();
    await see(ledger, 1, { optedOut: true });
    await give(ledger, [{ who: 1, points: 9 }]);
    expect(await places(ledger)).toEqual([]);
  });

  test('is known from the stays: whoever joins again is shown, though the end of the earlier stay is found later', async () => {
    const ledger = await newLedger();
    await give(ledger, [{ who: 1, points: 300 }]);
    const stay = (joinedAt: number) => ({ guildId: ledger.guildId, memberId: member(1), joinedAt });
    await findOut(ledger, { toRecord: [present(stay(NOON))] });
    await recordOutcome(em(), stay(NOON), { outcome: 'left', steps: [], endedAt: new Date(NOON + 1) });
    expect(await places(ledger)).toEqual([]);
    await claim(stay(NOON + HOUR));
    expect(await places(ledger)).toEqual([[member(1), 1]]);
    await findOut(ledger, { toEnd: [{ ...present(stay(NOON)), onboarding: 'none' }] });
    expect(await places(ledger)).toEqual([[member(1), 1]]);
    await findOut(ledger, { toEnd: [{ ...present(stay(NOON + HOUR)), onboarding: 'begun' }] });
    expect(await places(ledger)).toEqual([]);
  });

  test('gets the roles of their badges again when they come back, once for each time', async () => {
    const ledger = await newLedger();
    await give(ledger, [{ who: 1, points: 300 }]);
    const stay = (joinedAt: number) => ({ guildId: ledger.guildId, memberId: member(1), joinedAt });
    const again = async () => (await ordersOf(ledger)).filter(({ what }) => what === 'badge again');
    await claim(stay(NOON));
    expect(await again()).toEqual([]);
    await findOut(ledger, { toEnd: [{ ...present(stay(NOON)), onboarding: 'begun' }] });
    await claim(stay(NOON + HOUR));
    await claim(stay(NOON + HOUR));
    const orders = await again();
    expect(orders.map(({ name }) => name)).toEqual(['contributor', 'helper', 'newcomer']);
    expect(new Set(orders.map(({ entryId }) => entryId))).toEqual(new Set([`joined-${NOON + HOUR}`]));
  });

  test('is not shown either when points come at the same time, or when totals are made anew', async () => {
    const ledger = await newLedger();
    const deeds = Array.from({ length: 10 }, (_, hour) => ({ who: 1, points: 1, at: NOON + hour * HOUR }));
    await Promise.all([see(ledger, 1, { optedOut: true }), ...deeds.map((deed) => give(ledger, [deed]))]);
    expect(await places(ledger)).toEqual([]);
    await rebuildTotals(em(), ledger);
    expect(await places(ledger)).toEqual([]);
    expect(await findWrongTotals(em(), ledger, 1)).toEqual([]);
  });
});
