import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Interest } from '../../database/entities/interest.ts';
import { recordInterest } from '../../database/interests.ts';
import { findRoleChoice, recordRoleChoice } from '../../database/role-choices.ts';
import { createdAt, firstIdAt, toGuildId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const guildId = toGuildId('1300000000000000001');
const KINDS = ['developer', 'designer', 'learner'];

let database: TestDatabase;
let members = 0;
const em = () => database.orm.em.fork();
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

function newMember() {
  members += 1;
  return toMemberId(String(1_300_000_000_000_000_000n + BigInt(members)));
}

describe('the choice of a member', () => {
  test('is their latest one, in whatever order and however often choices arrive', async () => {
    // Ids of different lengths among them: as text, the shorter ones would be the greater.
    const id = fc.bigInt({ min: 100_000_000_000_000_000n, max: 2_000_000_000_000_000_000n });
    const choices = fc.uniqueArray(fc.record({ id, kind: fc.constantFrom(...KINDS) }), {
      selector: (choice) => choice.id,
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(choices, fc.integer({ min: 0, max: 4 }), async (made, repeated) => {
        const memberId = newMember();
        for (const { id, kind } of [...made, ...made.slice(repeated, repeated + 1)]) {
          await recordRoleChoice(em(), {
            guildId,
            memberId,
            kind,
            interactionId: toInteractionId(String(id)),
          });
        }
        const latest = made.reduce((a, b) => (b.id > a.id ? b : a));
        expect(await findRoleChoice(em(), guildId, memberId)).toBe(latest.kind);
      }),
      { numRuns: 30 },
    );
  });

  test('is found only since the time that is asked for', async () => {
    const memberId = newMember();
    expect(await findRoleChoice(em(), guildId, memberId)).toBeUndefined();
    const interactionId = toInteractionId(firstIdAt(Date.UTC(2026, 10, 22)));
    await recordRoleChoice(em(), { guildId, memberId, kind: 'learner', interactionId });
    const at = createdAt(interactionId);
    expect(await findRoleChoice(em(), guildId, memberId, new Date(at))).toBe('learner');
    expect(await findRoleChoice(em(), guildId, memberId, new Date(at + 1))).toBeUndefined();
    expect(await findRoleChoice(em(), guildId, newMember())).toBeUndefined();
  });
});

describe('an interest', () => {
  test('is noted once, beside others of the same member', async () => {
    const memberId = newMember();
    for (const topic of ['shaders', 'live-visuals', 'shaders'])
      await recordInterest(em(), { guildId, memberId, topic });
    const noted = await em().find(Interest, { memberId }, { orderBy: { topic: 'asc' } });
    expect(noted.map(({ topic }) => topic)).toEqual(['live-visuals', 'shaders']);
  });
});
