import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { award, type Ledger } from '../../database/points.ts';
import { findWrongTotals } from '../../database/totals.ts';
import { type GuildId, toMemberId } from '../../domain/ids.ts';
import type { Award, RecognitionSettings } from '../../domain/recognition.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

const ROUNDS = 25;
const NOON = Date.parse('2026-11-18T12:00:00Z');
const HOUR = 3_600_000;
const MEMBERS = ['1400000000000000001', '1400000000000000002', '1400000000000000003'].map(toMemberId);
const ACTIONS = [
  'message',
  'helpful-answer',
  'tutorial-created',
  'code-contribution',
  'event-attended',
  'tested',
];

let database: TestDatabase;
let settings: RecognitionSettings;

beforeAll(async () => {
  database = await freshDatabase();
  settings = (await loadConfigWith('recognition: { timeZone: UTC }')).recognition;
});
afterAll(() => database.close());

const newLedger = (): Ledger => ({ guildId: newGuildId(), settings });

/** What happened, all of it in one week: an achievement counts when its last deed did, and that may be another in another order. */
const deeds: fc.Arbitrary<Award[]> = fc
  .array(
    fc.record({
      memberId: fc.constantFrom(...MEMBERS),
      action: fc.constantFrom(...ACTIONS),
      at: fc.integer({ min: 0, max: 24 }).map((hours) => NOON + hours * HOUR),
      quality: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((all) =>
    all.map(({ quality, ...one }, index) => ({
      ...one,
      cause: `deed/${index}`,
      ...(quality !== undefined && { quality }),
    })),
  );

/** In which order they arrive, which arrive more than once, and how they are cut into batches that come at the same time. */
const arrival = deeds.chain((all) =>
  fc.record({
    all: fc.constant(all),
    arriving: fc
      .tuple(fc.shuffledSubarray(all), fc.shuffledSubarray(all, { minLength: all.length }))
      .map(([again, once]) => [...again, ...once]),
    batch: fc.integer({ min: 1, max: 10 }),
  }),
);

const give = (ledger: Ledger, awards: readonly Award[]) =>
  database.orm.em.fork().transactional((transaction) => award(transaction, ledger, awards));

/** Everything that members and staff can see of it. */
async function outcomeOf(guildId: GuildId): Promise<unknown> {
  const em = database.orm.em.fork();
  const rows = (sql: string) => em.execute<unknown[]>(sql, [guildId]);
  return {
    totals: await rows(
      `select member_id, measure, period, amount from points_totals where guild_id = ? order by 1, 2, 3`,
    ),
    badges: await rows(`select member_id, badge from badge_holdings where guild_id = ? order by 1, 2`),
    achievements: await rows(
      `select member_id, achievement from earned_achievements where guild_id = ? order by 1, 2`,
    ),
    told: await rows(
      `select "order"->'recognised'->>'memberId' as member, "order"->'recognised'->>'what' as what,
         "order"->'recognised'->>'name' as name
       from outbox where "order"->'recognised'->>'guildId' = ? order by 1, 2, 3`,
    ),
  };
}

test('in whatever order deeds arrive, again or at the same time, they come to the same', async () => {
  await fc.assert(
    fc.asyncProperty(arrival, async ({ all, arriving, batch }) => {
      const [inOrder, atRandom] = [newLedger(), newLedger()];
      for (const deed of all) await give(inOrder, [deed]);
      const batches = Array.from({ length: Math.ceil(arriving.length / batch) }, (_, index) =>
        arriving.slice(index * batch, (index + 1) * batch),
      );
      await Promise.all(batches.map((some) => give(atRandom, some)));
      expect(await outcomeOf(atRandom.guildId)).toEqual(await outcomeOf(inOrder.guildId));
      expect(await findWrongTotals(database.orm.em.fork(), atRandom, 10)).toEqual([]);
    }),
    { numRuns: ROUNDS },
  );
});
