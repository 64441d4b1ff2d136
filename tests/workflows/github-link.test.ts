import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { findDeviceFlow } from '../../database/github-device-flows.ts';
import { findGithubLink, findUserCode } from '../../database/github-links.ts';
import type { LinkRequest } from '../../domain/github-link.ts';
import { firstIdAt, toInteractionId } from '../../domain/ids.ts';
import type { LocalGithub } from '../../sandbox/github/start.ts';
import { GITHUB_LINK, startGithubLink, whenCodeIsThere } from '../../workflows/definitions/github-link.ts';
import { directMessages, startCommunity, type TestCommunity } from '../support/community.ts';
import { environmentFor, startTestGithub } from '../support/github.ts';
import { until } from '../support/wait.ts';

const TOKEN_PATH = '/login/oauth/access_token';

let github: LocalGithub;
let community: TestCommunity;
let interactions = BigInt(firstIdAt(Date.now()));

beforeAll(async () => {
  github = await startTestGithub();
  community = await startCommunity(undefined, environmentFor(github));
});
afterAll(async () => {
  await community.stop();
  await github.stop();
});
afterEach(() => github.control.setFaults({ rules: [] }));

const em = () => community.database.em.fork();

async function newRequest(): Promise<LinkRequest> {
  const { guildId, memberId } = await community.join();
  return requestOf({ guildId, memberId });
}

function requestOf({ guildId, memberId }: Pick<LinkRequest, 'guildId' | 'memberId'>): LinkRequest {
  interactions += 1n;
  return { guildId, memberId, interactionId: toInteractionId(String(interactions)) };
}

/** Asks for a code, as the bot does. */
async function begin(request: LinkRequest) {
  const startWorkflowOperation = new WithStartWorkflowOperation(GITHUB_LINK, startGithubLink(request));
  const answer = await community.client.workflow.executeUpdateWithStart(whenCodeIsThere, {
    startWorkflowOperation,
  });
  const workflow = await startWorkflowOperation.workflowHandle();
  const code = await findUserCode(em(), request);
  return { answer, workflow, userCode: code?.userCode ?? '' };
}

async function linkTo(login: string, request: LinkRequest): Promise<string> {
  const { workflow, userCode } = await begin(request);
  await github.control.decide({ userCode, login, decision: 'approve' });
  return (await workflow.result()).outcome;
}

async function newAccount(): Promise<string> {
  interactions += 1n;
  return (await github.control.createUser({ login: `account-${interactions}` })).login;
}

async function lastWordTo({ memberId }: LinkRequest): Promise<string | undefined> {
  return (await directMessages(community, memberId)).at(-1)?.embeds[0]?.description;
}

/** All that Temporal keeps of what a workflow was given and has given, as text. */
async function historyOf(request: LinkRequest): Promise<string> {
  const handle = community.client.workflow.getHandle(startGithubLink(request).workflowId);
  const { events } = await handle.fetchHistory();
  const payloads = [...JSON.stringify(events).matchAll(/"data":"([\w+/=]+)"/g)];
  return payloads.map(([, data = '']) => Buffer.from(data, 'base64').toString()).join('\n');
}

describe('linking a GitHub account', () => {
  test('waits until the member approves, links the account, and tells them; no secret is left anywhere', async () => {
    const request = await newRequest();
    const login = await newAccount();
    const { answer, workflow, userCode } = await begin(request);
    expect(answer).toBe('requested');
    const flow = await findDeviceFlow(em(), request);
    await github.control.decide({ userCode, login, decision: 'approve' });
    expect(await workflow.result()).toEqual({ outcome: 'linked' });
    expect(await findGithubLink(em(), request)).toMatchObject({ login, memberId: request.memberId });
    expect(await lastWordTo(request)).toContain(`**${login}** is linked`);
    expect(await findDeviceFlow(em(), request)).toBeUndefined();
    const history = await historyOf(request);
    expect(history).toContain(request.memberId);
    for (const secret of [flow?.deviceCode, userCode, login, 'gho_']) expect(history).not.toContain(secret);
  });

  test('ends when they deny', async () => {
    const request = await newRequest();
    const { workflow, userCode } = await begin(request);
    await github.control.decide({ userCode, login: 'mona', decision: 'deny' });
    expect(await workflow.result()).toEqual({ outcome: 'denied' });
    expect(await lastWordTo(request)).toContain('did not approve');
    expect(await findGithubLink(em(), request)).toBeUndefined();
  });

  test('ends when nobody enters the code, after a quarter of an hour at the latest', async () => {
    const request = await newRequest();
    const { workflow } = await begin(request);
    expect(await workflow.result()).toEqual({ outcome: 'expired' });
    expect(await lastWordTo(request)).toContain('not used in time');
    expect(await findDeviceFlow(em(), request)).toBeUndefined();
  });

  test('ends when GitHub says that the code has expired', async () => {
    const request = await newRequest();
    const { workflow, userCode } = await begin(request);
    await github.control.expire({ userCode });
    expect(await workflow.result()).toEqual({ outcome: 'expired' });
  });

  test('waits as long as GitHub wants when it says to slow down, from then on', async () => {
    const request = await newRequest();
    const login = await newAccount();
    const slower = { error: 'slow_down', error_description: 'Slower', interval: 40 };
    const fault = { kind: 'answer', status: 200, body: slower } as const;
    await github.control.setFaults({ rules: [{ path: TOKEN_PATH, times: 1, fault }] });
    const { workflow, userCode } = await begin(request);
    await community.environmentOfTemporal.sleep('6s');
    await until(async () => (await findDeviceFlow(em(), request))?.intervalMs === 40_000);
    await github.control.decide({ userCode, login, decision: 'approve' });
    expect(await workflow.result()).toEqual({ outcome: 'linked' });
  });

  test('goes on when GitHub does not answer, and when it has not said who it is', async () => {
    const request = await newRequest();
    const login = await newAccount();
    const unavailable = { kind: 'answer', status: 502 } as const;
    await github.control.setFaults({
      rules: [
        { path: TOKEN_PATH, times: 2, fault: { kind: 'drop-before' } },
        { path: '/api/v3/user', times: 1, fault: unavailable },
        { path: '/api/v3/user', times: 1, fault: { kind: 'drop-after' } },
      ],
    });
    expect(await linkTo(login, request)).toBe('linked');
    expect(await findGithubLink(em(), request)).toMatchObject({ login });
  });

  test('ends as expired when the one answer with the token was lost: the member tries again', async () => {
    const request = await newRequest();
    const login = await newAccount();
    const { workflow, userCode } = await begin(request);
    await github.control.decide({ userCode, login, decision: 'approve' });
    const fault = { kind: 'drop-after' } as const;
    await github.control.setFaults({ rules: [{ path: TOKEN_PATH, times: 1, fault }] });
    expect(await workflow.result()).toEqual({ outcome: 'expired' });
    expect(await linkTo(login, requestOf(request))).toBe('linked');
  });

  test('of an account that another member has linked is refused, by name', async () => {
    const login = await newAccount();
    expect(await linkTo(login, await newRequest())).toBe('linked');
    const second = await newRequest();
    expect(await linkTo(login, second)).toBe('taken');
    expect(await lastWordTo(second)).toContain(`**${login}** is linked to another member`);
    expect(await findGithubLink(em(), second)).toBeUndefined();
  });

  test('by two members at the same time gives it to one of them', async () => {
    const login = await newAccount();
    const begun = [await begin(await newRequest()), await begin(await newRequest())];
    for (const { userCode } of begun) await github.control.decide({ userCode, login, decision: 'approve' });
    const outcomes = [];
    for (const { workflow } of begun) outcomes.push((await workflow.result()).outcome);
    expect(outcomes.sort()).toEqual(['linked', 'taken']);
  });

  test('of a second account is refused before anything is asked', async () => {
    const request = await newRequest();
    await linkTo(await newAccount(), request);
    const { answer, workflow } = await begin(requestOf(request));
    expect(answer).toBe('already linked');
    expect(await workflow.result()).toEqual({ outcome: 'already linked' });
  });

  test('of a second account with an older code leaves the first one', async () => {
    const first = await newRequest();
    const older = await begin(requestOf(first));
    const login = await newAccount();
    await linkTo(login, first);
    await github.control.decide({
      userCode: older.userCode,
      login: await newAccount(),
      decision: 'approve',
    });
    expect(await older.workflow.result()).toEqual({ outcome: 'already linked' });
    expect(await findGithubLink(em(), first)).toMatchObject({ login });
  });

  test('of a member who has left meanwhile does nothing', async () => {
    const stay = await community.join();
    const request = requestOf(stay);
    const { workflow, userCode } = await begin(request);
    await em().execute(
      `insert into member_stays (guild_id, member_id, joined_at, left_at) values (?, ?, ?, ?)
       on conflict (guild_id, member_id, joined_at) do update set left_at = excluded.left_at`,
      [stay.guildId, stay.memberId, new Date(stay.joinedAt), new Date()],
    );
    await github.control.decide({ userCode, login: await newAccount(), decision: 'approve' });
    expect(await workflow.result()).toEqual({ outcome: 'left' });
    expect(await findGithubLink(em(), request)).toBeUndefined();
  });

  test('says at once that it cannot when GitHub does not know our application', async () => {
    const fault = { kind: 'answer', status: 404, body: { error: 'Not Found' } } as const;
    await github.control.setFaults({ rules: [{ path: '/login/device/code', times: 1, fault }] });
    const { answer, workflow } = await begin(await newRequest());
    expect(answer).toBe('off');
    expect(await workflow.result()).toEqual({ outcome: 'off' });
  });

  test('says that one should try again when GitHub is away', async () => {
    const fault = { kind: 'drop-before' } as const;
    await github.control.setFaults({ rules: [{ path: '/login/device/code', times: 10, fault }] });
    const { answer, workflow } = await begin(await newRequest());
    expect(answer).toBe('unavailable');
    expect(await workflow.result()).toEqual({ outcome: 'unavailable' });
  });
});
