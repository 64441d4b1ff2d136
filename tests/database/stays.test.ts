import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { recordOutcome } from '../../database/onboarding.ts';
import { applyDifferences, presentStays } from '../../database/stays.ts';
import {
  compareMembers,
  type Differences,
  type KnownStay,
  type PresentMember,
} from '../../domain/catch-up.ts';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const guildId = toGuildId('1300000000000000001');
const ada = toMemberId('1300000000000000002');
const JOINED = Date.parse('2026-11-22T12:00:00.123Z');
const NOW = JOINED + 60_000;

const member: PresentMember = { memberId: ada, joinedAt: JOINED, isBot: false, awaitsScreening: false };
const known: KnownStay = { memberId: ada, joinedAt: JOINED, onboarding: 'none', awaitsScreening: false };
const stay = { guildId, memberId: ada, joinedAt: JOINED };

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.orm.em.fork().nativeDelete(MemberStay, {});
  await database.orm.em.fork().execute('delete from outbox');
});

const apply = (differences: Partial<Differences>, now = NOW) =>
  applyDifferences(database.orm.em, guildId, { toWelcome: [], toRecord: [], toEnd: [], ...differences }, now);
const store = (fields: { onboardingRun?: string; leftAt?: Date }) =>
  database.orm.em
    .fork()
    .insert(MemberStay, { guildId, memberId: ada, joinedAt: new Date(JOINED), ...fields });
const stored = () => database.orm.em.fork().findOneOrFail(MemberStay, { memberId: ada });
const present = () => presentStays(database.orm.em.fork(), guildId, { only: ada });

async function orders(): Promise<unknown[]> {
  const rows: { order: unknown }[] = await database.orm.em.fork().execute('select "order" from outbox');
  return rows.map(({ order }) => order);
}

describe('whoever has left', () => {
  test('has their onboarding ended, also one that began while Discord was asked', async () => {
    await store({ onboardingRun: 'begun meanwhile' });
    await apply({ toEnd: [known] });
    expect(await orders()).toEqual([{ kind: 'member left', stay }]);
    expect((await stored()).leftAt).toEqual(new Date(NOW));
  });

  test('has nothing ended that was never begun, or is over', async () => {
    await store({});
    await apply({ toEnd: [known] });
    await database.orm.em.fork().nativeDelete(MemberStay, {});
    await store({ onboardingRun: 'over' });
    const outcome = { outcome: 'completed', steps: [], endedAt: new Date(NOW) } as const;
    await recordOutcome(database.orm.em.fork(), stay, outcome);
    await apply({ toEnd: [{ ...known, onboarding: 'begun' }] });
    expect(await orders()).toEqual([]);
  });

  test('has it ended once, however often that is written down', async () => {
    await store({ onboardingRun: 'begun' });
    await apply({ toEnd: [known] });
    await apply({ toEnd: [known] }, NOW + 1);
    expect(await orders()).toHaveLength(1);
    expect((await stored()).leftAt).toEqual(new Date(NOW));
  });
});

describe('whoever is there though their stay was held as ended', () => {
  test('is there again, so that the next comparison finds nothing', async () => {
    await store({ onboardingRun: 'over', leftAt: new Date(NOW - 1) });
    await apply(compareMembers([member], await present(), JOINED));
    expect((await stored()).leftAt).toBeNull();
    expect(compareMembers([member], await present(), JOINED)).toEqual({
      toWelcome: [],
      toRecord: [],
      toEnd: [],
    });
  });

  test('has left all the same if that was found later', async () => {
    await store({ leftAt: new Date(NOW + 1) });
    await apply({ toRecord: [member] });
    expect((await stored()).leftAt).toEqual(new Date(NOW + 1));
  });
});
