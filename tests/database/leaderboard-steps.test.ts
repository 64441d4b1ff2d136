import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { IsolationLevel } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { countWrongSteps, foldSteps } from '../../database/leaderboard-steps.ts';
import { countOn, placeOf } from '../../database/leaderboards.ts';
import { migrate } from '../../database/migrate.ts';
import { MIGRATIONS } from '../../database/migrations/index.ts';
import { openDatabase } from '../../database/orm.ts';
import { award, type Ledger, reverse } from '../../database/points.ts';
import { changeVisibility } from '../../database/recognised-members.ts';
import { rebuildTotals } from '../../database/totals.ts';
import { type GuildId, type MemberId, toMemberId } from '../../domain/ids.ts';
import type { OwnPlace, Standings } from '../../domain/leaderboards.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import { loadConfigWith } from '../support/config.ts';
import { emptyDatabase, freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { until } from '../support/wait.ts';

const ROUNDS = 25;
const THIS_MIGRATION = '2026-11-23-leaderboard-steps';
const NOON = Date.parse('2026-11-18T12:00:00Z');
const byStaff = { staffId: toMemberId('1300000000000000099'), reason: 'a mistake', at: NOON };
const MEMBERS = Array.from({ length: 6 }, (_, index) => toMemberId(`140000000000000000${index}`));

let database: TestDatabase;
let settings: RecognitionSettings;
let causes = 0;

beforeAll(async () => {
  database = await freshDatabase();
  settings = (await loadConfigWith('recognition: { timeZone: UTC }')).recognition;
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();
const newLedger = (): Ledger => ({ guildId: newGuildId(), settings });

/** Gives all of them so many points each, in one transaction. */
function give(ledger: Ledger, members: readonly MemberId[], points: number, by = em()) {
  const awards = members.map((memberId) => {
    causes += 1;
    return { memberId, action: 'tested', cause: `deed/${causes}`, at: NOON, points };
  });
  return by.transactional((transaction) => award(transaction, ledger, awards));
}

function boardsOf({ guildId }: Ledger): Standings[] {
  return [
    { guildId, measure: 'points', period: 'all' },
    { guildId, measure: 'points', period: '2026-W47' },
    { guildId, measure: 'tested', period: 'all' },
  ];
}

type Places = Record<MemberId, OwnPlace | undefined>;

async function placesOn(by: EntityManager, board: Standings): Promise<{ places: Places; members: number }> {
  const places: Places = {};
  for (const memberId of MEMBERS) places[memberId] = await placeOf(by, board, memberId);
  return { places, members: await countOn(by, board) };
}

/** The same by ranking all totals. */
async function ranksOn(
  by: EntityManager,
  { guildId, measure, period }: Standings,
): Promise<{ places: Places; members: number }> {
  const rows: (OwnPlace & { memberId: MemberId })[] = await by.execute(
    `select member_id as "memberId", rank() over (order by total.amount desc)::int as place,
       amount::float8 as amount, (count(*) over ())::int as of
     from points_totals as total
     where guild_id = ? and measure = ? and period = ? and shown and amount > 0`,
    [guildId, measure, period],
  );
  const places: Places = Object.fromEntries(MEMBERS.map((memberId) => [memberId, undefined]));
  for (const { memberId, ...own } of rows) places[memberId] = own;
  return { places, members: rows.length };
}

/** Compares places with ranks as of one moment, whatever others do meanwhile. */
async function expectPlacesToBeRanks(ledger: Ledger, by = em()): Promise<void> {
  await by.transactional(
    async (transaction) => {
      for (const board of boardsOf(ledger))
        expect(await placesOn(transaction, board)).toEqual(await ranksOn(transaction, board));
    },
    { isolationLevel: IsolationLevel.REPEATABLE_READ },
  );
}

/** Something that may happen to totals. */
type Happening =
  | { readonly what: 'award'; readonly members: readonly MemberId[]; readonly points: number }
  | { readonly what: 'reverse'; readonly entry: number }
  | { readonly what: 'hide' | 'show'; readonly memberId: MemberId }
  | { readonly what: 'rebuild' | 'fold' };

const points = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 400 }).map((tenths) => tenths / 10) },
  { weight: 2, arbitrary: fc.integer({ min: 900, max: 1_100 }) },
  { weight: 1, arbitrary: fc.integer({ min: -500, max: -1 }) },
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('award' as const),
      members: fc.shuffledSubarray(MEMBERS, { minLength: 1 }),
      points,
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('reverse' as const), entry: fc.nat({ max: 20 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constantFrom('hide' as const, 'show' as const),
      memberId: fc.constantFrom(...MEMBERS),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ what: 'fold' as const }) },
  { weight: 1, arbitrary: fc.constant({ what: 'rebuild' as const }) },
);

async function happen(ledger: Ledger, one: Happening): Promise<unknown> {
  const { guildId } = ledger;
  switch (one.what) {
    case 'award':
      return give(ledger, one.members, one.points);
    case 'reverse':
      return reverseEntry(ledger, one.entry);
    case 'hide':
    case 'show':
      return em().transactional((transaction) =>
        changeVisibility(transaction, guildId, [one.memberId], { optedOut: one.what === 'hide' }),
      );
    case 'rebuild':
      return rebuildTotals(em(), ledger);
    case 'fold':
      return foldSteps(em(), guildId);
  }
}

/** Takes back the entry with this number, if there are so many. */
async function reverseEntry(ledger: Ledger, number: number): Promise<void> {
  const [entry]: { id: string }[] = await em().execute(
    `select id::text as id from points_ledger where guild_id = ? order by id offset ? limit 1`,
    [ledger.guildId, number],
  );
  if (entry === undefined) return;
  await em().transactional((transaction) => reverse(transaction, ledger, entry.id, byStaff));
}

async function changesLeft(guildId: GuildId): Promise<number> {
  const [row]: { changes: number }[] = await em().execute(
    `select count(*)::int as changes from leaderboard_step_changes where guild_id = ?`,
    [guildId],
  );
  return row?.changes ?? Number.NaN;
}

describe('the step of an amount', () => {
  /** Amounts of every size, and those around the powers of two. */
  const amounts = fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 10_000 }),
      fc.maxSafeInteger().map((number) => Math.abs(number) + 1),
      fc
        .tuple(fc.integer({ min: 1, max: 52 }), fc.integer({ min: -1, max: 1 }))
        .map(([power, by]) => Math.max(1, 2 ** power + by)),
    ),
    { minLength: 1, maxLength: 50 },
  );

  test('begins at or below it, ends above it, is narrow, and the next amount is on it or on the next one', async () => {
    await fc.assert(
      fc.asyncProperty(amounts, async (some) => {
        const rows: { wrong: string; amount: string }[] = await em().execute(
          `select amount::text from (
             select amount, leaderboard_step(amount) as step, leaderboard_step(amount + 1) - leaderboard_step(amount) as rise,
               leaderboard_step_start(leaderboard_step(amount)) as start,
               leaderboard_step_start(leaderboard_step(amount) + 1) as next
             from (select value::bigint as amount from jsonb_array_elements_text(?::jsonb)) as given
           ) as found
           where not (start <= amount and amount < next and next - start <= greatest(1, amount / 32)
             and rise = case when amount + 1 = next then 1 else 0 end)`,
          [JSON.stringify(some)],
        );
        expect(rows).toEqual([]);
      }),
    );
  });
});

describe('a place that is added up from steps', () => {
  test('is the rank among all totals, whatever happens to them, at once or in turn, and folding changes nothing', async () => {
    const turns = fc.array(fc.array(happening, { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(turns, async (all) => {
        const ledger = newLedger();
        for (const atOnce of all) {
          await Promise.all([...atOnce.map((one) => happen(ledger, one)), expectPlacesToBeRanks(ledger)]);
          await expectPlacesToBeRanks(ledger);
        }
        await foldSteps(em(), ledger.guildId);
        await expectPlacesToBeRanks(ledger);
        expect([await changesLeft(ledger.guildId), await countWrongSteps(em(), ledger.guildId)]).toEqual([
          0, 0,
        ]);
      }),
      { numRuns: ROUNDS },
    );
  });

  test('is right when many award the same members in any order while steps are folded by several', async () => {
    const ledger = newLedger();
    const doing = Array.from({ length: 60 }, async (_, index) => {
      if (index % 4 === 0) await foldSteps(em(), ledger.guildId);
      else await give(ledger, index % 2 === 0 ? MEMBERS : MEMBERS.toReversed(), 1 + (index % 7));
    });
    await Promise.all(doing);
    await expectPlacesToBeRanks(ledger);
    expect(await countWrongSteps(em(), ledger.guildId)).toBe(0);
  });

  test('is not kept waiting by an award that is not finished, nor does that keep others from awarding or folding', async () => {
    const ledger = newLedger();
    const [first, second] = MEMBERS as [MemberId, MemberId];
    await give(ledger, [first], 10);
    const [board] = boardsOf(ledger) as [Standings];
    await em().transactional(async (unfinished) => {
      const one = { memberId: second, action: 'tested', cause: 'unfinished', at: NOON, points: 20 };
      await award(unfinished, ledger, [one]);
      await give(ledger, [first], 5);
      await foldSteps(em(), ledger.guildId);
      expect(await placeOf(em(), board, first)).toMatchObject({ place: 1, of: 1 });
    });
    expect(await placeOf(em(), board, first)).toMatchObject({ place: 2, of: 2 });
  });

  test('is right again after a rebuild where somebody has changed steps by hand', async () => {
    const ledger = newLedger();
    await give(ledger, MEMBERS, 3);
    await foldSteps(em(), ledger.guildId);
    await em().execute(`update leaderboard_steps set members = members + 1 where guild_id = ?`, [
      ledger.guildId,
    ]);
    expect(await countWrongSteps(em(), ledger.guildId)).toBeGreaterThan(0);
    await rebuildTotals(em(), ledger);
    expect(await countWrongSteps(em(), ledger.guildId)).toBe(0);
    await expectPlacesToBeRanks(ledger);
  });
});

test('the migration counts the totals that are there, and those of an award that is not finished', async () => {
  const url = await emptyDatabase();
  const orm = openDatabase(url);
  const names = MIGRATIONS.map(({ name }) => name);
  await orm.migrator.up({ to: names[names.indexOf(THIS_MIGRATION) - 1] ?? '' });
  const ledger = newLedger();
  const insertTotals = (by: EntityManager, amounts: readonly number[], shown = true) =>
    by.execute(
      `insert into points_totals (guild_id, measure, period, member_id, amount, reached_at, shown)
       select ?, 'points', 'all', 'member-' || amount, amount::bigint, to_timestamp(0), ?
       from jsonb_array_elements_text(?::jsonb) as given (amount)`,
      [ledger.guildId, shown, JSON.stringify(amounts)],
    );
  await insertTotals(orm.em.fork(), [0, 10, 70, 71, 5_000]);
  await insertTotals(orm.em.fork(), [6_000], false);
  const { migrating } = await orm.em.fork().transactional(async (unfinished) => {
    await insertTotals(unfinished, [72]);
    const started = migrate(url);
    await until(async () => (await waitingForLock(orm.em.fork())) > 0);
    return { migrating: started };
  });
  expect(await migrating).toContain(THIS_MIGRATION);
  const [board] = boardsOf(ledger) as [Standings];
  const place = (amount: number) => placeOf(orm.em.fork(), board, `member-${amount}` as MemberId);
  expect(await Promise.all([5_000, 72, 71, 70, 10, 0].map(place))).toEqual([
    ...[5_000, 72, 71, 70, 10].map((amount, index) => ({ place: index + 1, amount, of: 5 })),
    undefined,
  ]);
  expect(await countWrongSteps(orm.em.fork(), ledger.guildId)).toBe(0);
  await orm.close();
});

async function waitingForLock(by: EntityManager): Promise<number> {
  const rows: unknown[] = await by.execute(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length;
}
