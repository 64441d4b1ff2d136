import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { award } from '../../database/points.ts';
import { changeVisibility } from '../../database/recognised-members.ts';
import { applyDifferences } from '../../database/stays.ts';
import type { MemberId } from '../../domain/ids.ts';
import { LEADERBOARDS, startLeaderboards } from '../../workflows/definitions/leaderboards.ts';
import { startWinners, WINNERS, type WinnersResult } from '../../workflows/definitions/winners.ts';
import {
  messagesIn,
  replaceChannel,
  replaceRole,
  rolesOf,
  startCommunity,
  type TestCommunity,
} from '../support/community.ts';
import { until } from '../support/wait.ts';

const DAY_MS = 86_400_000;
const ROLE = 'Member of the Week';
const ROLE_CHANGE = { method: 'PUT', route: '/guilds/:guildId/members/:userId/roles/:roleId' } as const;

let community: TestCommunity;
let deeds = 0;

beforeAll(async () => {
  community = await startCommunity();
});
afterEach(() => community.discord.control.setFaults({ rules: [] }));
afterAll(() => community.stop());

const guildId = () => community.environment.DISCORD_GUILD_ID;

/** Somebody has more points on the day before today, as Temporal sees it, than anybody else. */
async function joinAndLead(): Promise<MemberId> {
  const { memberId } = await community.join();
  await lead(memberId);
  return memberId;
}

async function lead(memberId: MemberId): Promise<void> {
  deeds += 1;
  const at = (await community.environmentOfTemporal.currentTimeMs()) - DAY_MS;
  const one = { memberId, action: 'tested', cause: `deed/${deeds}`, at, points: 10 * deeds };
  const ledger = { guildId: guildId(), settings: community.config.recognition };
  await community.database.em.fork().transactional((transaction) => award(transaction, ledger, [one]));
}

/** What catching up does when it finds that somebody has left, or is back. */
const seeLeft = (memberId: MemberId) =>
  community.database.em
    .fork()
    .transactional((transaction) => changeVisibility(transaction, guildId(), [memberId], { hasLeft: true }));
const seeBack = (memberId: MemberId, joinedAt: number) =>
  applyDifferences(
    community.database.em,
    guildId(),
    { toWelcome: [], toRecord: [{ memberId, joinedAt, isBot: false, awaitsScreening: false }], toEnd: [] },
    joinedAt,
  );

/** Time passes until another week is over. */
const nextWeek = () => community.environmentOfTemporal.sleep('7d');

const close = (): Promise<WinnersResult> =>
  community.client.workflow.execute(WINNERS, startWinners({ guildId: guildId(), kind: 'week', first: 1 }));

const hasRole = async (memberId: MemberId) => (await rolesOf(community, memberId)).includes(ROLE);
const congratulations = async () =>
  (await messagesIn(community, 'leaderboard')).filter(
    ({ embeds }) => embeds[0]?.title === '🥇 Most points of the week',
  );

describe('when a week is over', () => {
  test('who has most points gets the role and is congratulated, and the role leaves who had it', async () => {
    const first = await joinAndLead();
    expect(await close()).toMatchObject({ winners: 1, told: { kind: 'sent' } });
    expect(await hasRole(first)).toBe(true);
    await nextWeek();
    const second = await joinAndLead();
    await close();
    expect([await hasRole(first), await hasRole(second)]).toEqual([false, true]);
    expect((await congratulations()).map(({ embeds }) => embeds[0]?.description)).toEqual([
      `Congratulations to <@${first}>!`,
      `Congratulations to <@${second}>!`,
    ]);
  });

  test('a role change whose answer was lost is made again', async () => {
    await nextWeek();
    const winner = await joinAndLead();
    const rules = [{ match: ROLE_CHANGE, times: 1, fault: { kind: 'drop-after' } as const }];
    await community.discord.control.setFaults({ rules });
    await close();
    expect(await hasRole(winner)).toBe(true);
  });

  test('without anybody who is shown, there are no winners, nobody is told, and the role leaves who had it', async () => {
    await nextWeek();
    const former = await joinAndLead();
    await close();
    await nextWeek();
    const hidden = await joinAndLead();
    await community.database.em
      .fork()
      .transactional((transaction) => changeVisibility(transaction, guildId(), [hidden], { optedOut: true }));
    const before = (await congratulations()).length;
    expect(await close()).toMatchObject({ winners: 0 });
    expect([await hasRole(former), await hasRole(hidden)]).toEqual([false, false]);
    expect(await congratulations()).toHaveLength(before);
  });

  test('a winner who has left holds up nothing', async () => {
    await nextWeek();
    const gone = await joinAndLead();
    await community.discord.control.leave({ memberId: gone });
    const { roles, told } = await close();
    expect(roles).toContainEqual({ memberId: gone, change: { kind: 'gone' } });
    expect(told).toMatchObject({ kind: 'sent' });
    await nextWeek();
    await close();
    await nextWeek();
    expect((await close()).roles).toEqual([]);
  });

  test('a winner who leaves and comes back has the role again', async () => {
    await nextWeek();
    const winner = await joinAndLead();
    await close();
    await community.discord.control.leave({ memberId: winner });
    await seeLeft(winner);
    const { joinedAt } = await community.join({ userId: winner });
    expect(await hasRole(winner)).toBe(false);
    await seeBack(winner, joinedAt);
    await until(() => hasRole(winner));
  });

  test('a role that was deleted and made again is the one that moves', async () => {
    await nextWeek();
    await replaceRole(community, ROLE);
    const winner = await joinAndLead();
    await close();
    expect(await hasRole(winner)).toBe(true);
  });
});

describe('leaderboards', () => {
  const post = () => community.client.workflow.execute(LEADERBOARDS, startLeaderboards(guildId()));

  test('are posted in one message of six embeds, in gold, that notifies nobody', async () => {
    await nextWeek();
    const first = await joinAndLead();
    expect(await post()).toMatchObject({ posted: { kind: 'sent' } });
    const message = (await messagesIn(community, 'leaderboard')).at(-1);
    expect(message?.embeds.map(({ title, color }) => [title, color])).toEqual(
      ['🏆 Weekly Points', '📅 Monthly Points', '🌟 All-Time Points', '🤝 Helpful Answers']
        .concat('📝 Tutorials Created', '🎟️ Events Attended')
        .map((title) => [title, 0xf1c40f]),
    );
    expect(message?.embeds[0]?.description).toMatch(`🥇 <@${first}>: **`);
    expect(message?.embeds[3]?.description).toBe('Nobody yet.');
    expect(message?.mentions).toEqual([]);
  });

  test('are posted once though the answer was lost', async () => {
    const before = (await messagesIn(community, 'leaderboard')).length;
    const match = { method: 'POST' as const, route: '/channels/:channelId/messages' };
    const rules = [{ match, times: 1, fault: { kind: 'drop-after' } as const }];
    await community.discord.control.setFaults({ rules });
    await post();
    expect(await messagesIn(community, 'leaderboard')).toHaveLength(before + 1);
  });

  test('go to the channel that was made anew', async () => {
    await replaceChannel(community, 'leaderboard');
    expect(await post()).toMatchObject({ posted: { kind: 'sent' } });
    expect(await messagesIn(community, 'leaderboard')).toHaveLength(1);
  });
});
