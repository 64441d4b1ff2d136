import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findRequest, recordRequest } from '../../database/recognition-requests.ts';
import { firstIdAt, type MemberId, toInteractionId, toMemberId } from '../../domain/ids.ts';
import type { ChangeRequest, RecognitionChange } from '../../domain/recognition-change.ts';
import {
  RECOGNITION_CHANGE,
  type RecognitionChangeResult,
  type RecognitionChangeWorkflow,
  startRecognitionChange,
} from '../../workflows/definitions/recognition-change.ts';
import { messagesIn, startCommunity, type TestCommunity } from '../support/community.ts';

const AUDIT = { method: 'POST', route: '/channels/:channelId/messages' } as const;
const LOOK_UP = { method: 'GET', route: '/guilds/:guildId/members/:userId' } as const;
const staffId = toMemberId('1300000000000000099');

let community: TestCommunity;
let memberId: MemberId;
let requests = 0;

beforeAll(async () => {
  community = await startCommunity();
});
afterAll(() => community.stop());

beforeEach(async () => {
  await community.discord.control.setFaults({ rules: [] });
  ({ memberId } = await community.join());
});

function requestFor(change: RecognitionChange): ChangeRequest {
  requests += 1;
  const interactionId = toInteractionId(firstIdAt(Date.now() + requests));
  return { guildId: community.environment.DISCORD_GUILD_ID, interactionId, staffId, change };
}

async function carryOut(request: ChangeRequest): Promise<RecognitionChangeResult> {
  await recordRequest(community.database.em.fork(), request, 'because');
  return community.client.workflow.execute<RecognitionChangeWorkflow>(
    RECOGNITION_CHANGE,
    startRecognitionChange(request),
  );
}

const award = () => requestFor({ kind: 'award', memberId, points: 5 });

async function audits(): Promise<number> {
  const embeds = (await messagesIn(community, 'audit-log')).flatMap((message) => message.embeds);
  return embeds.filter(({ description }) => description?.includes(`→ <@${memberId}>`)).length;
}

async function entries(): Promise<number> {
  const rows: unknown[] = await community.database.em
    .fork()
    .execute('select 1 from points_ledger where member_id = ?', [memberId]);
  return rows.length;
}

describe('a change is made once and shown once', () => {
  test.each(['drop-before', 'drop-after'] as const)(
    'when what shows it dies between ledger and audit channel: %s',
    async (kind) => {
      await community.discord.control.setFaults({ rules: [{ match: AUDIT, times: 1, fault: { kind } }] });
      expect(await carryOut(award())).toMatchObject({ outcome: { kind: 'done' }, shown: { kind: 'sent' } });
      expect([await entries(), await audits()]).toEqual([1, 1]);
    },
  );

  test('when what looks the member up dies', async () => {
    const fault = { kind: 'drop-after' } as const;
    await community.discord.control.setFaults({ rules: [{ match: LOOK_UP, times: 1, fault }] });
    expect(await carryOut(award())).toMatchObject({ outcome: { kind: 'done', total: 50 } });
    expect([await entries(), await audits()]).toEqual([1, 1]);
  });

  test('when it is asked for again', async () => {
    const request = award();
    const first = await carryOut(request);
    await expect(carryOut(request)).rejects.toThrow(/already started/i);
    expect([await entries(), await audits()]).toEqual([1, 1]);
    expect((await findRequest(community.database.em.fork(), request))?.outcome).toEqual(first.outcome);
  });
});

test('a change that is refused is written down, and shown to nobody', async () => {
  const request = requestFor({ kind: 'revoke', memberId, points: 5 });
  expect(await carryOut(request)).toEqual({ outcome: { kind: 'refused', why: 'more than there is' } });
  expect([await entries(), await audits()]).toEqual([0, 0]);
  expect(await findRequest(community.database.em.fork(), request)).toMatchObject({
    reason: 'because',
    outcome: { kind: 'refused' },
  });
});

test('what was given wrongly can be taken from who has left', async () => {
  await carryOut(award());
  await community.discord.control.leave({ memberId });
  const revoke = requestFor({ kind: 'revoke', memberId, points: 5 });
  expect(await carryOut(revoke)).toMatchObject({ outcome: { kind: 'done', total: 0 } });
});

test('a change without an audit channel is made, and says so', async () => {
  const { channels } = await community.discord.control.getState();
  const channelId = channels.find(({ name }) => name === 'audit-log')?.id ?? '';
  await community.discord.control.deleteChannel({ channelId });
  expect(await carryOut(award())).toMatchObject({
    outcome: { kind: 'done' },
    shown: { kind: 'refused', reason: expect.stringContaining('the channel was deleted') },
  });
  expect(await entries()).toBe(1);
});
