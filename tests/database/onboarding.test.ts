import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closeWindow, gatheredMembers } from '../../database/bursts.ts';
import { MemberStay } from '../../database/entities/member-stay.ts';
import {
  type ClaimRequest,
  claimOnboarding,
  recordOutcome,
  recordTipsStopped,
} from '../../database/onboarding.ts';
import { beginSending, recordSent } from '../../database/sent-messages.ts';
import { toChannelId, toMemberId, toMessageId } from '../../domain/ids.ts';
import { type Claim, type Stay, stepKey } from '../../domain/onboarding.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

const DAY = 24 * 60 * 60 * 1_000;
const NOW = 1_763_800_000_000;
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const memberNumber = (number: number) => toMemberId(`14000000000000000${String(number).padStart(2, '0')}`);

const claim = (stay: Stay, change: Partial<ClaimRequest> = {}): Promise<Claim> =>
  claimOnboarding(database.orm.em, {
    stay,
    variant: 'standard',
    run: `run of ${stay.joinedAt}`,
    now: stay.joinedAt,
    returnsWithinMs: DAY,
    completesWithinMs: 7 * DAY,
    rules: { windowMs: 60_000, raidAbove: 20, calmMs: 600_000 },
    ...change,
  });

async function leave({ guildId, memberId, joinedAt }: Stay, at: number): Promise<void> {
  const em = database.orm.em.fork();
  await em.nativeUpdate(
    MemberStay,
    { guildId, memberId, joinedAt: new Date(joinedAt) },
    { leftAt: new Date(at) },
  );
}

describe('the claim of an onboarding', () => {
  test('goes to the first run that asks, for good, with the same answer however often it asks', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(1), joinedAt: NOW };
    const first = await claim(stay);
    expect(first).toEqual({
      kind: 'mine',
      visitBegan: NOW,
      greeting: 'alone',
      done: [],
      stoppedBefore: false,
    });
    expect(await claim(stay)).toEqual(first);
    expect(await claim(stay, { run: 'another' })).toEqual({ kind: 'already run' });
  });

  test('counts a join once, though it is asked for again', async () => {
    const guildId = newGuildId();
    const stays = [1, 2, 3].map((number) => ({ guildId, memberId: memberNumber(number), joinedAt: NOW }));
    const greetings = [];
    for (const stay of stays) {
      await claim(stay);
      const claimed = await claim(stay);
      greetings.push(claimed.kind === 'mine' && claimed.greeting);
    }
    expect(greetings).toEqual(['alone', 'gathered', 'gathered']);
    const [order, ...others] = await database.orm.em.fork().execute(`select "order" from outbox`);
    expect(others).toEqual([]);
    expect(order).toEqual({
      order: { kind: 'gather welcomes', window: { guildId, number: 1 }, endsAt: NOW + 60_000 },
    });
  });

  test('greets one alone and gathers the others when many ask at the same moment', async () => {
    const guildId = newGuildId();
    const claims = await Promise.all(
      Array.from({ length: 30 }, (_, number) =>
        claim({ guildId, memberId: memberNumber(number), joinedAt: NOW }),
      ),
    );
    const greetings = claims.map((claimed) => claimed.kind === 'mine' && claimed.greeting);
    expect(greetings.filter((greeting) => greeting === 'alone')).toHaveLength(1);
    expect(greetings.filter((greeting) => greeting === 'gathered')).toHaveLength(29);
    expect(await closeWindow(database.orm.em.fork(), { guildId, number: 1 })).toBe(1);
    expect(await gatheredMembers(database.orm.em.fork(), { guildId, number: 1 }, 0)).toHaveLength(29);
  });

  test('is refused for a member who has left, or who has joined again in the meantime', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(1), joinedAt: NOW };
    const later = { ...stay, joinedAt: NOW + 1_000 };
    expect(await claim(later)).toMatchObject({ kind: 'mine' });
    expect(await claim(stay)).toEqual({ kind: 'left' });
    const other = { ...stay, memberId: memberNumber(2) };
    await claim(other, { run: 'first' });
    await leave(other, NOW + 1);
    expect(await claim(other, { run: 'first' })).toEqual({ kind: 'left' });
  });
});

describe('a claim that comes late', () => {
  const orders = async (stay: Stay) => {
    const rows: { order: unknown }[] = await database.orm.em
      .fork()
      .execute('select "order" from outbox where member_id = ?', [stay.memberId]);
    return rows.map(({ order }) => order);
  };

  test('has the member compared: they may have left when nobody knew of the stay', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(71), joinedAt: NOW };
    await claim(stay, { now: NOW + 31_000 });
    expect(await orders(stay)).toEqual([{ kind: 'compare member', stay }]);
  });

  test('is one that takes longer than joining and greeting do', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(72), joinedAt: NOW };
    await claim(stay, { now: NOW + 29_000 });
    expect(await orders(stay)).toEqual([]);
  });
});

describe('a member who comes back', () => {
  test('within a day goes on with the same visit, and what was sent in it is known', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(1), joinedAt: NOW };
    await claim(stay);
    await sent(stay, 'welcome');
    await leave(stay, NOW + 5_000);
    const second = { ...stay, joinedAt: NOW + DAY };
    expect(await claim(second)).toEqual({
      kind: 'mine',
      visitBegan: NOW,
      greeting: 'alone',
      done: ['welcome'],
      stoppedBefore: false,
    });
    await leave(second, NOW + DAY + 5);
    expect(await claim({ ...stay, joinedAt: NOW + 2 * DAY })).toMatchObject({ visitBegan: NOW });
  });

  test('later is new', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(1), joinedAt: NOW };
    await claim(stay);
    await sent(stay, 'welcome');
    await leave(stay, NOW + 5_000);
    const joinedAt = NOW + DAY + 5_001;
    expect(await claim({ ...stay, joinedAt })).toMatchObject({ visitBegan: joinedAt, done: [] });
  });

  test('before the leaving was noticed counts as coming back at once', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(1), joinedAt: NOW };
    await claim(stay);
    expect(await claim({ ...stay, joinedAt: NOW + 1_000 })).toMatchObject({ visitBegan: NOW });
  });

  test('after having stopped the tips has stopped them', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(1), joinedAt: NOW };
    await claim(stay);
    await recordTipsStopped(database.orm.em.fork(), stay);
    await leave(stay, NOW + 5_000);
    expect(await claim({ ...stay, joinedAt: NOW + 6_000 })).toMatchObject({ stoppedBefore: true });
    expect(await claim({ ...stay, joinedAt: NOW + 7_000 })).toMatchObject({ stoppedBefore: true });
  });

  test('is told that the tips are stopped also if that was said before the claim', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(1), joinedAt: NOW };
    await recordTipsStopped(database.orm.em.fork(), stay);
    await claim(stay);
    expect(await claim({ ...stay, joinedAt: NOW + 6_000 })).toMatchObject({ stoppedBefore: true });
  });

  async function sent(stay: Stay, step: string): Promise<void> {
    const em = database.orm.em.fork();
    const key = stepKey({ ...stay, visitBegan: stay.joinedAt }, step);
    const channelId = toChannelId('1500000000000000001');
    await beginSending(em, { key, ...stay, channelId }, new Date(NOW));
    await recordSent(em, key, toMessageId('1600000000000000001'));
  }
});

describe('the members whom a gathered welcome names', () => {
  test('are those of the window who are still there, and nobody is added after it was closed', async () => {
    const guildId = newGuildId();
    const stays = [1, 2, 3].map((number) => ({ guildId, memberId: memberNumber(number), joinedAt: NOW }));
    for (const stay of stays) await claim(stay);
    const [, second, third] = stays;
    if (second === undefined || third === undefined) throw new Error('there are three');
    await leave(second, NOW + 1);
    const window = { guildId, number: 1 };
    const em = database.orm.em.fork();
    expect(await closeWindow(em, window)).toBe(1);
    expect(await claim({ guildId, memberId: memberNumber(4), joinedAt: NOW + 1 })).toMatchObject({
      greeting: 'alone',
    });
    expect(await gatheredMembers(em, window, 0)).toEqual([third.memberId]);
    expect(await gatheredMembers(em, window, 1)).toEqual([]);
  });
});

describe('an outcome', () => {
  test('stands once it is written', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(1), joinedAt: NOW };
    await claim(stay);
    const em = database.orm.em.fork();
    const steps = [{ step: 'welcome', result: 'done' }] as const;
    await recordOutcome(em, stay, { outcome: 'completed', steps, endedAt: new Date(NOW) });
    await recordOutcome(em, stay, { outcome: 'left', steps: [], endedAt: new Date(NOW) });
    const stored = await em.findOneOrFail(MemberStay, { guildId: stay.guildId, memberId: stay.memberId });
    expect(stored).toMatchObject({ onboardingOutcome: 'completed', onboardingSteps: steps });
    expect(stored.leftAt).toBeNull();
  });

  test('that the member has left ends the stay: no gathered welcome names them', async () => {
    const guildId = newGuildId();
    const stays = [1, 2, 3].map((number) => ({ guildId, memberId: memberNumber(number), joinedAt: NOW }));
    for (const stay of stays) await claim(stay);
    const [, gone, there] = stays;
    if (gone === undefined || there === undefined) throw new Error('there are three');
    const em = database.orm.em.fork();
    await recordOutcome(em, gone, { outcome: 'left', steps: [], endedAt: new Date(NOW + 1) });
    const window = { guildId, number: 1 };
    await closeWindow(em, window);
    expect(await gatheredMembers(em, window, 0)).toEqual([there.memberId]);
  });

  test('that the member has left leaves the time as it is at which that was noticed', async () => {
    const stay = { guildId: newGuildId(), memberId: memberNumber(1), joinedAt: NOW };
    await claim(stay);
    await leave(stay, NOW + 1);
    const em = database.orm.em.fork();
    await recordOutcome(em, stay, { outcome: 'left', steps: [], endedAt: new Date(NOW + 5_000) });
    const stored = await em.findOneOrFail(MemberStay, { guildId: stay.guildId, memberId: stay.memberId });
    expect(stored.leftAt).toEqual(new Date(NOW + 1));
  });
});
