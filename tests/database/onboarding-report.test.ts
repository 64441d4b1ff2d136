import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MemberStay } from '../../database/entities/member-stay.ts';
import { countVisits } from '../../database/onboarding-report.ts';
import { type GuildId, toGuildId, toMemberId } from '../../domain/ids.ts';
import type { OnboardingOutcome } from '../../domain/onboarding.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const guildId = toGuildId('1300000000000000001');
const otherGuild = toGuildId('1300000000000000009');
const MONDAY = Date.parse('2026-11-16T00:00:00Z');
const DAY_MS = 86_400_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.orm.em.fork().nativeDelete(MemberStay, {}));

interface StayFields {
  readonly guildId?: GuildId;
  readonly member?: number;
  readonly joinedAt: number;
  readonly visitBegan?: number | null;
  readonly variant?: string | null;
  readonly outcome?: OnboardingOutcome;
  readonly deadline?: number;
}

let members = 0;

async function store({ guildId: guild = guildId, ...fields }: StayFields): Promise<void> {
  members += 1;
  const {
    member = members,
    joinedAt,
    visitBegan = joinedAt,
    variant = 'standard',
    outcome,
    deadline,
  } = fields;
  const stay = {
    guildId: guild,
    memberId: toMemberId(String(1_300_000_000_000_000_000n + BigInt(member))),
    joinedAt: new Date(joinedAt),
    visitBegan: visitBegan === null ? null : new Date(visitBegan),
    variant,
    onboardingOutcome: outcome ?? null,
    onboardingDeadline: deadline === undefined ? null : new Date(deadline),
  };
  await database.orm.em.fork().insert(MemberStay, stay);
}

async function counts(since = MONDAY, now = MONDAY) {
  const times = { since: new Date(since), now: new Date(now) };
  const found = await countVisits(database.orm.em.fork(), guildId, times);
  return found.map(({ week, variant, state, visits }) =>
    [new Date(week).toISOString().slice(0, 10), variant, state, visits].join(' '),
  );
}

describe('the visits of a guild', () => {
  test('are counted by week, variant and where they stand', async () => {
    for (const outcome of ['completed', 'completed', 'left', 'stopped', 'timed out'] as const)
      await store({ joinedAt: MONDAY, outcome });
    await store({ joinedAt: MONDAY + DAY_MS });
    await store({ joinedAt: MONDAY + DAY_MS, variant: 'patient', outcome: 'completed' });
    expect((await counts()).sort()).toEqual([
      '2026-11-16 patient completed 1',
      '2026-11-16 standard completed 2',
      '2026-11-16 standard left 1',
      '2026-11-16 standard open 1',
      '2026-11-16 standard stopped 1',
      '2026-11-16 standard timed out 1',
    ]);
  });

  test('belong to the week in which they began, in UTC', async () => {
    await store({ joinedAt: MONDAY - 1, outcome: 'completed' });
    await store({ joinedAt: MONDAY, outcome: 'completed' });
    await store({ joinedAt: MONDAY + 7 * DAY_MS - 1, outcome: 'completed' });
    expect((await counts(MONDAY - 7 * DAY_MS)).sort()).toEqual([
      '2026-11-09 standard completed 1',
      '2026-11-16 standard completed 2',
    ]);
    expect(await counts()).toEqual(['2026-11-16 standard completed 2']);
  });

  test('are counted once when they have several stays: the latest says where they stand', async () => {
    await store({ member: 1, joinedAt: MONDAY, outcome: 'left' });
    await store({ member: 1, joinedAt: MONDAY + 2, visitBegan: MONDAY, outcome: 'completed' });
    await store({ member: 1, joinedAt: MONDAY + 1, visitBegan: MONDAY, outcome: 'left' });
    expect(await counts()).toEqual(['2026-11-16 standard completed 1']);
  });

  test('are several when a member comes back much later', async () => {
    await store({ member: 2, joinedAt: MONDAY, outcome: 'left' });
    await store({ member: 2, joinedAt: MONDAY + 3 * DAY_MS });
    expect((await counts()).sort()).toEqual(['2026-11-16 standard left 1', '2026-11-16 standard open 1']);
  });

  test('that nobody has ended have timed out a day after their deadline: somebody has terminated them', async () => {
    const deadline = MONDAY + DAY_MS;
    await store({ joinedAt: MONDAY, deadline });
    await store({ joinedAt: MONDAY, deadline, outcome: 'completed' });
    expect((await counts(MONDAY, deadline + DAY_MS)).sort()).toEqual([
      '2026-11-16 standard completed 1',
      '2026-11-16 standard open 1',
    ]);
    expect((await counts(MONDAY, deadline + DAY_MS + 1)).sort()).toEqual([
      '2026-11-16 standard completed 1',
      '2026-11-16 standard timed out 1',
    ]);
  });

  test('leave out who was never welcomed, and other guilds', async () => {
    await store({ joinedAt: MONDAY, visitBegan: null });
    await store({ guildId: otherGuild, joinedAt: MONDAY, outcome: 'completed' });
    expect(await counts()).toEqual([]);
  });

  test('of the time before there were variants are of the standard one', async () => {
    await store({ joinedAt: MONDAY, variant: null, outcome: 'completed' });
    expect(await counts()).toEqual(['2026-11-16 standard completed 1']);
  });
});
