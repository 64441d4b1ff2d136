import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Ledger } from '../../database/points.ts';
import { settleChange } from '../../database/recognition-change.ts';
import { findRequest, recordRequest } from '../../database/recognition-requests.ts';
import { findWrongTotals } from '../../database/totals.ts';
import { firstIdAt, toInteractionId, toMemberId } from '../../domain/ids.ts';
import type { ChangeOutcome, ChangeRequest, RecognitionChange } from '../../domain/recognition-change.ts';
import { loadConfigWith } from '../support/config.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

const ROUNDS = 25;
const NOON = Date.parse('2026-11-18T12:00:00Z');
const MEMBERS = ['1400000000000000001', '1400000000000000002'].map(toMemberId);
const staffId = toMemberId('1400000000000000009');

let database: TestDatabase;
let settings: Ledger['settings'];
let requests = 0;

beforeAll(async () => {
  database = await freshDatabase();
  settings = (await loadConfigWith('{}')).recognition;
});
afterAll(() => database.close());

const newLedger = (): Ledger => ({ guildId: newGuildId(), settings });

async function newRequest({ guildId }: Ledger, change: RecognitionChange): Promise<ChangeRequest> {
  requests += 1;
  const interactionId = toInteractionId(firstIdAt(NOON + requests));
  const request = { guildId, interactionId, staffId, change };
  await recordRequest(database.orm.em.fork(), request, 'because');
  return request;
}

const settle = (ledger: Ledger, request: ChangeRequest) =>
  settleChange(database.orm.em, ledger, request, 'member');
const make = async (ledger: Ledger, change: RecognitionChange) =>
  settle(ledger, await newRequest(ledger, change));

const someMember = fc.constantFrom(...MEMBERS);
const somePoints = fc.integer({ min: 1, max: 300 }).map((tenths) => tenths / 10);
const points = (kind: 'award' | 'revoke') =>
  fc.record({ kind: fc.constant(kind), memberId: someMember, points: somePoints });
/** What takes an entry back names the change that made it: its number in the ledger is not known yet. */
const reversal = fc.record({ kind: fc.constant('reverse' as const), of: fc.nat({ max: 20 }) });
const batches = fc.array(
  fc.array(fc.oneof(points('award'), points('award'), points('revoke'), reversal), {
    minLength: 1,
    maxLength: 4,
  }),
  { minLength: 1, maxLength: 6 },
);

test('however staff give, take and take back, also at once: totals are the sum of the ledger, and nobody has less than nothing by a revocation', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (all) => {
      const ledger = newLedger();
      const made: string[] = [];
      for (const batch of all) {
        const changes = batch.map(
          (one): RecognitionChange =>
            one.kind === 'reverse' ? { kind: 'reverse', entryId: made[one.of] ?? '999999999' } : one,
        );
        const outcomes = await Promise.all(changes.map((change) => make(ledger, change)));
        outcomes.forEach((outcome, index) => {
          if (outcome.kind !== 'done') return;
          if (changes[index]?.kind === 'revoke') expect(outcome.total).toBeGreaterThanOrEqual(0);
          if (outcome.entry !== undefined) made.push(outcome.entry.id);
        });
      }
      expect(await findWrongTotals(database.orm.em.fork(), ledger, 10)).toEqual([]);
    }),
    { numRuns: ROUNDS },
  );
}, 120_000);

test('a change is made once, however many make it at the same time, and each gets the outcome', async () => {
  const ledger = newLedger();
  const [memberId = staffId] = MEMBERS;
  const request = await newRequest(ledger, { kind: 'award', memberId, points: 5 });
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => settle(ledger, request)));
  for (const outcome of outcomes) expect(outcome).toEqual(outcomes[0]);
  expect(outcomes[0]).toMatchObject({ kind: 'done', total: 50, entry: { tenths: 50 } });
  expect(await findRequest(database.orm.em.fork(), request)).toMatchObject({ outcome: { total: 50 } });
});

test('an achievement that staff have given pays once, also if it is earned later', async () => {
  const ledger = newLedger();
  const [memberId = staffId] = MEMBERS;
  const give: RecognitionChange = { kind: 'give achievement', memberId, achievement: 'bug-hunter' };
  const outcomes = await Promise.all([make(ledger, give), make(ledger, give)]);
  expect(outcomes.map(describeOutcome).sort()).toEqual(['50 points', 'has it already']);
  const earned = await make(ledger, { kind: 'award action', memberId, action: 'bug-reported' });
  expect(describeOutcome(earned)).toBe('60 points');
});

test.each<[RecognitionChange['kind'], RecognitionChange]>([
  ['award', { kind: 'award', memberId: staffId, points: 1 }],
  ['revoke', { kind: 'revoke', memberId: staffId, points: 1 }],
])('of oneself is refused wherever it is asked for: %s', async (_, change) => {
  expect(describeOutcome(await make(newLedger(), change))).toBe('themselves');
});

test('an entry of another guild is none', async () => {
  const [memberId = staffId] = MEMBERS;
  const made = await make(newLedger(), { kind: 'award', memberId, points: 1 });
  const entryId = made.kind === 'done' ? (made.entry?.id ?? '') : '';
  expect(describeOutcome(await make(newLedger(), { kind: 'reverse', entryId }))).toBe('no such entry');
});

test('what nobody has written down is refused', async () => {
  const ledger = newLedger();
  const request: ChangeRequest = {
    ...{ guildId: ledger.guildId, interactionId: toInteractionId(firstIdAt(NOON)), staffId },
    change: { kind: 'reverse', entryId: '1' },
  };
  expect(describeOutcome(await settle(ledger, request))).toBe('no such request');
});

function describeOutcome(outcome: ChangeOutcome): string {
  return outcome.kind === 'refused' ? outcome.why : `${outcome.total / 10} points`;
}
