import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { reviewBadges } from '../../database/badge-review.ts';
import { reverse } from '../../database/points.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import type { RecognitionSettings } from '../../domain/recognition.ts';
import { POINTS_CHECK, startPointsCheck } from '../../workflows/definitions/points-check.ts';
import { messagesIn, rolesOf, startCommunity, type TestCommunity } from '../support/community.ts';
import { give, ledgerOf } from '../support/recognition.ts';
import { until } from '../support/wait.ts';

const run = promisify(execFile);
const now = Date.now();

let community: TestCommunity;
let members = 0;

beforeAll(async () => {
  community = await startCommunity();
});
afterAll(() => community.stop());

const em = () => community.database.em.fork();
const check = () =>
  community.client.workflow.execute(POINTS_CHECK, startPointsCheck(community.environment.DISCORD_GUILD_ID));
const reports = async () =>
  (await messagesIn(community, 'audit-log')).filter(
    ({ embeds }) => embeds[0]?.title === 'Totals that are not what the ledger says',
  );

/** Somebody who is not in the guild and has so many points. */
async function withPoints(points: number): Promise<MemberId> {
  members += 1;
  const memberId = toMemberId(`14000000000000${String(members).padStart(5, '0')}`);
  await give(community, { memberId, action: 'tested', cause: `deed/${memberId}`, at: now, points });
  return memberId;
}

/** The rules with other points for a badge. */
const withThreshold = (badge: string, points: number): RecognitionSettings => ({
  ...community.config.recognition,
  badges: community.config.recognition.badges.map((one) => (one.name === badge ? { ...one, points } : one)),
});

const review = (settings: RecognitionSettings) =>
  reviewBadges(community.database.em, { ...ledgerOf(community), settings }, now);

async function points(command: string): Promise<{ code: number; stdout: string }> {
  const { DATABASE_URL, DISCORD_GUILD_ID } = community.environment;
  const env = { ...process.env, DATABASE_URL, DISCORD_GUILD_ID, DISCORD_BOT_TOKEN: 'x' };
  return run(process.execPath, ['scripts/points.ts', command], { env }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }) => ({ code, stdout }),
  );
}

describe('the check of points', () => {
  test('tells nobody when all is right', async () => {
    await withPoints(3);
    expect(await check()).toEqual({
      check: { wrongTotals: [], hasMore: false, wrongSteps: 0, badgesGiven: 0 },
    });
    expect(await reports()).toEqual([]);
  });

  test('tells staff what differs, until it is made anew from the ledger', async () => {
    const wrong = await withPoints(5);
    await em().execute(
      `update points_totals set amount = 70 where member_id = ? and measure = 'points' and period = 'all'`,
      [wrong],
    );
    expect(await check()).toMatchObject({ check: { hasMore: false }, told: { kind: 'sent' } });
    const [report] = await reports();
    expect(report?.embeds[0]?.description).toContain(`\`${wrong}, points, all: total 70, ledger 50\``);
    expect(await points('check')).toEqual({
      code: 1,
      stdout: `${wrong} points all: total 70, ledger 50\n`,
    });
    expect(await points('rebuild')).toEqual({ code: 0, stdout: 'All totals are what the ledger says.\n' });
    await check();
    expect(await reports()).toHaveLength(1);
  });

  test('tells staff where leaderboards do not have as many members as totals say, until totals are made anew', async () => {
    await withPoints(5);
    const before = (await reports()).length;
    await em().execute(`update leaderboard_step_changes set difference = difference + 1`);
    await em().execute(`update leaderboard_steps set members = members + 1`);
    const { check: found } = await check();
    expect(found).toMatchObject({ wrongTotals: [], wrongSteps: expect.any(Number) });
    const told = `${found.wrongSteps} steps of leaderboards do not have as many members as totals say`;
    expect((await reports()).slice(before).map(({ embeds }) => embeds[0]?.description)).toEqual([
      expect.stringContaining(told),
    ]);
    expect(await points('check')).toEqual({
      code: 1,
      stdout: `All totals are what the ledger says.\n${told}\n`,
    });
    expect(await points('rebuild')).toEqual({ code: 0, stdout: 'All totals are what the ledger says.\n' });
  });

  test('tells of a few where very many differ', async () => {
    for (let index = 0; index < 4; index += 1) await withPoints(1);
    await em().execute(`update points_totals set amount = amount + 1`);
    const { check: found } = await check();
    expect([found.wrongTotals.length, found.hasMore]).toEqual([10, true]);
    await points('rebuild');
  });

  test('gives a badge and its role to who has had the points already', async () => {
    const { memberId } = await community.join();
    await give(community, { memberId, action: 'tested', cause: `deed/${memberId}`, at: now, points: 300 });
    await until(async () => (await rolesOf(community, memberId)).includes('Helper'));
    expect(await review(withThreshold('expert', 280))).toBe(1);
    await until(async () => (await rolesOf(community, memberId)).includes('Expert'));
    expect(await review(withThreshold('expert', 280))).toBe(0);
  });
});

describe('a review of badges', () => {
  const badgesOf = async (memberId: MemberId) => {
    const rows: { badge: string; lost: boolean }[] = await em().execute(
      `select badge, lost_at is not null as lost from badge_holdings where member_id = ? order by badge`,
      [memberId],
    );
    return rows.map(({ badge, lost }) => `${badge}${lost ? ' lost' : ''}`);
  };

  test('gives a badge once, however many review at the same time', async () => {
    const one = await withPoints(90);
    const results = await Promise.all(
      Array.from({ length: 5 }, () => review(withThreshold('contributor', 90))),
    );
    expect(results.reduce((sum, given) => sum + given)).toBe(1);
    expect(await badgesOf(one)).toEqual(['contributor', 'newcomer']);
  });

  test('gives back one that was lost when it took more points', async () => {
    const settings = { ...community.config.recognition, whenPointsFall: 'lose badge' as const };
    const memberId = await withPoints(60);
    const losing = { ...ledgerOf(community), settings };
    const [bonus] = await give(community, {
      memberId,
      action: 'tested',
      cause: 'bonus',
      at: now,
      points: 50,
    });
    const byStaff = { staffId: toMemberId('1300000000000000099'), reason: 'a mistake', at: now };
    await em().transactional((transaction) => reverse(transaction, losing, bonus?.id ?? '', byStaff));
    expect(await badgesOf(memberId)).toEqual(['contributor lost', 'newcomer']);
    expect(await review(withThreshold('contributor', 60))).toBe(1);
    expect(await badgesOf(memberId)).toEqual(['contributor', 'newcomer']);
  });
});
