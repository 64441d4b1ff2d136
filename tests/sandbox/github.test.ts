import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDeviceCode, exchangeDeviceCode } from '@octokit/oauth-methods';
import { Octokit } from '@octokit/rest';
import { type LocalGithub, startLocalGithub } from '../../sandbox/github/start.ts';
import { temporaryFolder } from '../support/folder.ts';

const REPOSITORY = 'tixl3d/tixl';
const PULLS = { owner: 'tixl3d', repo: 'tixl', state: 'closed', sort: 'updated', direction: 'desc' } as const;
const LONG_AGO = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
const nothing = () => undefined;
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

let github: LocalGithub;
let time: number;

beforeEach(async () => {
  time = LONG_AGO;
  github = await startLocalGithub({ now: () => time });
});
afterEach(() => github.stop());

/** What programs use, with a token or without one. It says nothing of what is refused, which here is meant to be. */
const client = (auth?: string) =>
  new Octokit({ baseUrl: github.apiUrl, log: SILENT, ...(auth !== undefined && { auth }) });
const requestCode = () =>
  createDeviceCode({ clientType: 'oauth-app', clientId: github.clientId, request: client().request });
const exchange = (code: string) =>
  exchangeDeviceCode({
    clientType: 'oauth-app',
    clientId: github.clientId,
    code,
    request: client().request,
  });

/** What GitHub says to a request for the token that it refuses. */
async function refusalOf(code: string): Promise<{ error: string; interval?: number }> {
  const error = await exchange(code).catch((error) => error);
  return error.response.data;
}

async function merge(author: string | null, at = time): Promise<number> {
  const { number } = await github.control.openPull({ repository: REPOSITORY, author, at });
  await github.control.mergePull({ repository: REPOSITORY, number, at });
  return number;
}

describe('the device flow', () => {
  test('gives a code, lets the program wait, and gives a token for the account that approved', async () => {
    const { data } = await requestCode();
    expect(data).toEqual({
      device_code: expect.stringMatching(/^[0-9a-f]{40}$/),
      user_code: expect.stringMatching(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/),
      verification_uri: `${github.url}/login/device`,
      expires_in: 900,
      interval: 5,
    });
    expect(await refusalOf(data.device_code)).toMatchObject({ error: 'authorization_pending' });
    await github.control.decide({ userCode: data.user_code, login: 'mona', decision: 'approve' });
    time += 5_000;
    const { authentication } = await exchange(data.device_code);
    const { data: user } = await client(authentication.token).users.getAuthenticated();
    expect(user).toMatchObject({ login: 'mona', id: expect.any(Number), type: 'User' });
    time += 5_000;
    expect(await refusalOf(data.device_code)).toMatchObject({ error: 'incorrect_device_code' });
  });

  test('tells who asks too early to slow down, and by how much', async () => {
    const { data } = await requestCode();
    await refusalOf(data.device_code);
    expect(await refusalOf(data.device_code)).toMatchObject({ error: 'slow_down', interval: 10 });
    time += 9_000;
    expect(await refusalOf(data.device_code)).toMatchObject({ error: 'slow_down', interval: 15 });
    time += 15_000;
    expect(await refusalOf(data.device_code)).toMatchObject({ error: 'authorization_pending' });
  });

  test('ends when somebody denies, and when time is over', async () => {
    const denied = await requestCode();
    await github.control.decide({ userCode: denied.data.user_code, login: 'mona', decision: 'deny' });
    expect(await refusalOf(denied.data.device_code)).toMatchObject({ error: 'access_denied' });
    const late = await requestCode();
    time += 15 * MINUTE;
    expect(await refusalOf(late.data.device_code)).toMatchObject({ error: 'expired_token' });
    await expect(
      github.control.decide({ userCode: late.data.user_code, login: 'mona', decision: 'approve' }),
    ).rejects.toThrow('not valid');
  });

  test('is not for a program that GitHub does not know', async () => {
    const request = client().request;
    const unknown = { clientType: 'oauth-app', clientId: 'unknown', request } as const;
    await expect(createDeviceCode(unknown)).rejects.toMatchObject({ status: 404 });
  });

  test('has a page on which one enters the code', async () => {
    const { data } = await requestCode();
    const page = `${github.url}/login/device`;
    const form = await fetch(`${page}?user_code=${encodeURIComponent(data.user_code)}`);
    expect(await form.text()).toContain(`value="${data.user_code}"`);
    const send = (code: string) =>
      fetch(page, {
        method: 'POST',
        headers: { origin: github.url },
        body: new URLSearchParams({ code, login: 'octavia', decision: 'approve' }),
      });
    expect((await send('<b>')).status).toBe(422);
    expect((await send(data.user_code.toLowerCase())).status).toBe(200);
    expect((await exchange(data.device_code)).authentication.token).toMatch(/^gho_/);
  });

  test('its page takes nothing from the page of somebody else', async () => {
    const answer = await fetch(`${github.url}/login/device`, {
      method: 'POST',
      headers: { origin: 'http://example.com' },
      body: new URLSearchParams({ code: 'X', login: 'mona', decision: 'approve' }),
    });
    expect(answer.status).toBe(403);
  });
});

describe('the list of pull requests', () => {
  test('has those that are closed, what was updated last first, page by page', async () => {
    for (const minutes of [0, 1, 2, 3, 4]) await merge('mona', LONG_AGO + minutes * MINUTE);
    await github.control.openPull({ repository: REPOSITORY, author: 'mona' });
    await github.control.touchPull({ repository: REPOSITORY, number: 2, at: LONG_AGO + 9 * MINUTE });
    const octokit = client(github.token);
    const pages: number[][] = [];
    for await (const { data } of octokit.paginate.iterator(octokit.pulls.list, { ...PULLS, per_page: 2 }))
      pages.push(data.map(({ number }) => number));
    expect(pages).toEqual([[2, 5], [4, 3], [1]]);
  });

  test('says who made them, when they were merged, and in which repository', async () => {
    await merge('mona');
    await merge(null);
    const { number } = await github.control.openPull({ repository: REPOSITORY, author: 'hubert' });
    await github.control.closePull({ repository: REPOSITORY, number });
    const { data, headers } = await client(github.token).pulls.list(PULLS);
    expect(data).toMatchObject([
      { number: 3, merged_at: null, closed_at: '2026-01-01T00:00:00Z', user: { login: 'hubert' } },
      { number: 2, merged_at: '2026-01-01T00:00:00Z', user: null },
      { number: 1, base: { repo: { id: 2_001, full_name: REPOSITORY } }, user: { login: 'mona' } },
    ]);
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '4999' });
  });

  test('is not sent again while it is the same, which is not counted', async () => {
    await merge('mona');
    const octokit = client(github.token);
    const { headers } = await octokit.pulls.list(PULLS);
    const again = () => octokit.pulls.list({ ...PULLS, headers: { 'if-none-match': String(headers.etag) } });
    await expect(again()).rejects.toMatchObject({ status: 304 });
    await merge('mona');
    expect((await again()).headers['x-ratelimit-used']).toBe('2');
  });

  test('is refused for an unknown repository, and to an unknown token', async () => {
    const unknown = { ...PULLS, repo: 'unknown' };
    await expect(client(github.token).pulls.list(unknown)).rejects.toMatchObject({ status: 404 });
    await expect(client('wrong').pulls.list(PULLS)).rejects.toMatchObject({ status: 401 });
    await expect(client().pulls.list(PULLS)).rejects.toMatchObject({ status: 401 });
  });
});

describe('faults on demand', () => {
  const path = '/api/v3/repos';

  test('are answered as told, so often, with headers', async () => {
    const fault = { kind: 'answer', status: 429, headers: { 'retry-after': '7' } } as const;
    await github.control.setFaults({ rules: [{ path, times: 1, fault }] });
    await expect(client(github.token).pulls.list(PULLS)).rejects.toMatchObject({
      status: 429,
      response: { headers: { 'retry-after': '7' } },
    });
    expect((await client(github.token).pulls.list(PULLS)).status).toBe(200);
  });

  test('happen to each so many-th request', async () => {
    const fault = { kind: 'answer', status: 500 } as const;
    await github.control.setFaults({ rules: [{ path, times: 1, every: 2, fault }] });
    expect((await client(github.token).pulls.list(PULLS)).status).toBe(200);
    await expect(client(github.token).pulls.list(PULLS)).rejects.toMatchObject({ status: 500 });
    expect((await client(github.token).pulls.list(PULLS)).status).toBe(200);
  });

  test.each(['drop-before', 'drop-after'] as const)('%s ends the connection', async (kind) => {
    await github.control.setFaults({ rules: [{ path, times: 1, fault: { kind } }] });
    await expect(client(github.token).pulls.list(PULLS)).rejects.toMatchObject({ status: 500 });
    expect((await client(github.token).pulls.list(PULLS)).status).toBe(200);
  });

  test('a token that was taken back is refused', async () => {
    const { data } = await requestCode();
    await github.control.decide({ userCode: data.user_code, login: 'mona', decision: 'approve' });
    const { authentication } = await exchange(data.device_code);
    await github.control.revokeTokens({});
    await expect(client(authentication.token).users.getAuthenticated()).rejects.toMatchObject({
      status: 401,
    });
  });
});

test('what there is outlasts the process when it is kept in a file', async () => {
  const folder = await temporaryFolder();
  const stateFile = `${folder.path}/github.json`;
  const first = await startLocalGithub({ stateFile });
  await first.control.createUser({ login: 'newcomer' });
  await first.control.openPull({ repository: REPOSITORY, author: 'newcomer' });
  await first.stop();
  const second = await startLocalGithub({ stateFile, token: 'known' });
  const octokit = new Octokit({ baseUrl: second.apiUrl, auth: 'known' });
  const { data } = await octokit.pulls.list({ ...PULLS, state: 'open' });
  expect(data).toMatchObject([{ number: 1, user: { login: 'newcomer' } }]);
  await second.stop();
  await folder.remove();
});
