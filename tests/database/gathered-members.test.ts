import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { closeWindow, gatheredMembers } from '../../database/bursts.ts';
import { claimOnboarding } from '../../database/onboarding.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { Claim } from '../../domain/onboarding.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';

const MINUTE_MS = 60_000;
const START = Date.parse('2026-11-22T12:00:00Z');
const FIRST = toMemberId('1300000000000000002');
const SECOND = toMemberId('1300000000000000003');

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

/** A guild in which two have joined: the first is welcomed at once, the second gathered in the window after that. */
async function guildWithWindow() {
  const guildId = newGuildId();
  const rules = { windowMs: MINUTE_MS, raidAbove: 20, calmMs: MINUTE_MS };
  const guild = {
    window: { guildId, number: 1 },
    join: (memberId: MemberId, joinedAt: number): Promise<Claim> =>
      claimOnboarding(database.orm.em, {
        ...{ stay: { guildId, memberId, joinedAt }, variant: 'standard', run: `${memberId}/${joinedAt}` },
        ...{ now: joinedAt, returnsWithinMs: 60 * MINUTE_MS, completesWithinMs: MINUTE_MS, rules },
      }),
    leave: (memberId: MemberId, at: number) =>
      database.orm.em
        .fork()
        .execute(
          'update member_stays set left_at = ? where guild_id = ? and member_id = ? and left_at is null',
          [new Date(at), guildId, memberId],
        ),
    close: () => closeWindow(database.orm.em.fork(), guild.window),
    named: () => gatheredMembers(database.orm.em.fork(), guild.window, 0),
  };
  expect(await guild.join(FIRST, START)).toMatchObject({ greeting: 'alone' });
  expect(await guild.join(SECOND, START + 1_000)).toMatchObject({ greeting: 'gathered' });
  return guild;
}

describe('a member who is to be welcomed with others', () => {
  test('is named in the welcome of the window', async () => {
    const guild = await guildWithWindow();
    expect(await guild.close()).toBe(1);
    expect(await guild.named()).toEqual([SECOND]);
  });

  test('is named once if they leave and are back before it is closed', async () => {
    const guild = await guildWithWindow();
    await guild.leave(SECOND, START + 2_000);
    expect(await guild.join(SECOND, START + 3_000)).toMatchObject({ greeting: 'gathered' });
    expect(await guild.close()).toBe(1);
    expect(await guild.named()).toEqual([SECOND]);
  });

  test('is not named if they have left by then, and is greeted when they are back', async () => {
    const guild = await guildWithWindow();
    await guild.leave(SECOND, START + 2_000);
    expect(await guild.close()).toBe(0);
    expect(await guild.join(SECOND, START + 2 * MINUTE_MS)).toMatchObject({
      visitBegan: START + 1_000,
      greeting: 'alone',
    });
  });

  test('is not greeted again if they leave after it is closed and come back', async () => {
    const guild = await guildWithWindow();
    await guild.close();
    await guild.leave(SECOND, START + 2 * MINUTE_MS);
    expect(await guild.join(SECOND, START + 3 * MINUTE_MS)).toMatchObject({ greeting: 'gathered' });
    expect(await guild.named()).toEqual([SECOND]);
  });
});
