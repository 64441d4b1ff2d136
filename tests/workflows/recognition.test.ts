import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { award, type Ledger, reverse } from '../../database/points.ts';
import { type MemberId, toMemberId } from '../../domain/ids.ts';
import { type Recognised, recognitionId } from '../../domain/recognition.ts';
import { RECOGNITION, startRecognition } from '../../workflows/definitions/recognition.ts';
import { startOnce } from '../../workflows/definitions/start.ts';
import {
  messagesIn,
  replaceRole,
  rolesOf,
  startCommunity,
  type TestCommunity,
} from '../support/community.ts';
import { until } from '../support/wait.ts';

let community: TestCommunity;
let ledger: Ledger;
let deeds = 0;

beforeAll(async () => {
  community = await startCommunity('recognition: { whenPointsFall: lose badge }');
  const { config, environment } = community;
  ledger = { guildId: environment.DISCORD_GUILD_ID, settings: config.recognition };
});
afterAll(() => community.stop());

/** Gives points for something that comes with no achievement. Gives the entry's id. */
async function give(memberId: MemberId, points: number): Promise<string> {
  deeds += 1;
  const one = { memberId, action: 'tested', cause: `deed/${deeds}`, at: Date.now(), points };
  const [entry] = await community.database.em
    .fork()
    .transactional((transaction) => award(transaction, ledger, [one]));
  if (entry === undefined) throw new Error('nothing was awarded');
  return entry.id;
}

async function takeBack(entryId: string): Promise<void> {
  const byStaff = { staffId: toMemberId('1300000000000000099'), reason: 'a mistake', at: Date.now() };
  await community.database.em
    .fork()
    .transactional((transaction) => reverse(transaction, ledger, entryId, byStaff));
}

/** What the community was told of a member. */
async function toldOf(memberId: MemberId): Promise<string[]> {
  const embeds = (await messagesIn(community, 'general')).flatMap((message) => message.embeds);
  return embeds.flatMap(({ description }) => (description?.includes(`<@${memberId}>`) ? description : []));
}

const has = async (memberId: MemberId, role: string) => (await rolesOf(community, memberId)).includes(role);

/** A recognition that nobody has ordered in the database, for what goes wrong on Discord. */
function recognised(memberId: MemberId, name: string): Recognised {
  return { guildId: ledger.guildId, memberId, what: 'badge', name, entryId: '1' };
}

describe('points for a badge', () => {
  test('bring its role, and the community is told once', async () => {
    const { memberId } = await community.join();
    await Promise.all(Array.from({ length: 30 }, () => give(memberId, 10)));
    await until(async () => (await has(memberId, 'Helper')) && (await toldOf(memberId)).length === 2);
    expect((await toldOf(memberId)).sort()).toEqual([
      `<@${memberId}> is now **Contributor**: Active community participant`,
      `<@${memberId}> is now **Helper**: Frequently helps others`,
    ]);
  });

  test('that are taken back take the role too; who gets it again is not announced again', async () => {
    const { memberId } = await community.join();
    const entry = await give(memberId, 300);
    await until(() => has(memberId, 'Helper'));
    await until(async () => (await toldOf(memberId)).length === 2);
    await takeBack(entry);
    await until(async () => !(await has(memberId, 'Helper')));
    await give(memberId, 300);
    await until(() => has(memberId, 'Helper'));
    expect(await toldOf(memberId)).toHaveLength(2);
  });
});

describe('a recognition', () => {
  test('that is ordered again does nothing again', async () => {
    const { memberId } = await community.join();
    await give(memberId, 120);
    await until(async () => (await toldOf(memberId)).length === 1);
    const again = recognised(memberId, 'contributor');
    await startOnce(community.client, RECOGNITION, startRecognition(again));
    const handle = community.client.workflow.getHandle(recognitionId(again));
    expect(await handle.result()).toMatchObject({ role: { kind: 'done' }, told: { kind: 'sent' } });
    expect(await toldOf(memberId)).toHaveLength(1);
  });

  test('of a member who has left gives no role, and tells nobody', async () => {
    const { memberId } = await community.join();
    await community.discord.control.leave({ memberId });
    await give(memberId, 300);
    const handle = community.client.workflow.getHandle(recognitionId(recognised(memberId, 'helper')));
    await until(() =>
      handle.describe().then(
        () => true,
        () => false,
      ),
    );
    expect(await handle.result()).toEqual({ role: { kind: 'gone' } });
  });

  test('gives the role that was deleted and made again', async () => {
    const { memberId } = await community.join();
    await replaceRole(community, 'Expert');
    await give(memberId, 600);
    await until(() => has(memberId, 'Expert'));
  });

  test('of a badge that is no longer configured ends without doing anything', async () => {
    const { memberId } = await community.join();
    const gone = recognised(memberId, 'no-such-badge');
    const result = await community.client.workflow.execute(RECOGNITION, startRecognition(gone));
    expect(result).toEqual({ role: { kind: 'done' }, told: { kind: 'not announced' } });
  });
});
