import { createHash } from 'node:crypto';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  ApiResponseError,
  type ITwitterApiClientPlugin,
  TwitterApi,
  type TwitterApiv2,
} from 'twitter-api-v2';
import type { Fault } from '../../sandbox/social/control.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { consent } from '../support/consent.ts';
import { temporaryFolder } from '../support/folder.ts';

const HOUR = 3_600_000;
const REDIRECT_URI = 'http://127.0.0.1:9/callback';
const SCOPE = 'tweet.read tweet.write users.read media.write offline.access';
const MP4 = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42', 'latin1'), Buffer.alloc(2_500_000, 7)]);

let platforms: LocalPlatforms;
let x: TwitterApiv2;
/** How far the platforms' clock is ahead, in ms. */
let ahead: number;

const now = () => Date.now() + ahead;
const api = () => `${platforms.url}/x`;
const clientWith = (token: string, timeoutMs = 20_000) => clientAt(api(), token, timeoutMs);
const userId = () => platforms.accounts.x?.id ?? '';

/** X's client, which asks at `url` in place of the real X. */
function clientAt(url: string, token: string, timeoutMs = 20_000): TwitterApiv2 {
  const plugin: ITwitterApiClientPlugin = {
    onBeforeRequestConfig({ params }) {
      params.url = params.url.replace('https://api.x.com', url);
      params.forceBodyMode ??= 'json';
      params.timeout = timeoutMs;
    },
  };
  return new TwitterApi(token, { httpAgent: new Agent(), plugins: [plugin], compression: false }).v2;
}

beforeEach(async () => {
  ahead = 0;
  platforms = await startLocalPlatforms({ now });
  x = clientWith((await consent(platforms, 'x', { scope: SCOPE })).access_token);
});
afterEach(() => platforms.stop());

/** What X says to a request that it refuses. */
async function refusalOf(request: Promise<unknown>): Promise<ApiResponseError> {
  const error: unknown = await request.catch((error) => error);
  if (!(error instanceof ApiResponseError)) throw new Error(`not refused, but: ${JSON.stringify(error)}`);
  return error;
}

/** A request to the token endpoint. Gives its status and body. */
async function askForToken(fields: Record<string, string>, client = platforms.clients.x) {
  const answer = await fetch(`${api()}/2/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: client?.id ?? '',
      client_secret: client?.secret ?? '',
      ...fields,
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

const consentUrl = (fields: Record<string, string> = {}) =>
  `${api()}/i/oauth2/authorize?${new URLSearchParams({
    ...{ response_type: 'code', client_id: platforms.clients.x?.id ?? '', redirect_uri: REDIRECT_URI },
    ...{ scope: SCOPE, state: 'mine', code_challenge: 'plain', code_challenge_method: 'plain' },
    ...fields,
  })}`;

/** Where the page of consent leads. */
async function redirectOf(url: string, init: RequestInit = {}): Promise<URLSearchParams> {
  const { headers } = await fetch(url, { redirect: 'manual', ...init });
  return new URL(headers.get('location') ?? 'http://nowhere').searchParams;
}

describe('consent', () => {
  test('a code is given once, with the state, and is good for one token', async () => {
    const answer = await redirectOf(consentUrl());
    expect(answer.get('state')).toBe('mine');
    const fields = {
      ...{ grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, code_verifier: 'plain' },
      code: answer.get('code') ?? '',
    };
    expect(await askForToken(fields)).toMatchObject({
      status: 200,
      body: { token_type: 'bearer', expires_in: 7_200, refresh_token: expect.any(String) },
    });
    expect(await askForToken(fields)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  test.each([
    ['another verifier', { code_verifier: 'wrong' }],
    ['another address', { redirect_uri: `${REDIRECT_URI}/other` }],
  ])('a code with %s is refused, and used up', async (_, wrong) => {
    const code = (await redirectOf(consentUrl())).get('code') ?? '';
    const right = {
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT_URI,
      code_verifier: 'plain',
      code,
    };
    expect(await askForToken({ ...right, ...wrong })).toMatchObject({ body: { error: 'invalid_grant' } });
    expect(await askForToken(right)).toMatchObject({ body: { error: 'invalid_grant' } });
  });

  test('the page asks, and leads back with the answer', async () => {
    await platforms.control.setConsent({ mode: 'ask' });
    const page = await (await fetch(consentUrl())).text();
    expect(page).toContain('tweet.write');
    expect(page).toContain('Approve');
    const decide = (decision: string) =>
      redirectOf(consentUrl(), { method: 'POST', body: new URLSearchParams({ decision }) });
    expect((await decide('approve')).get('code')).toEqual(expect.any(String));
    expect(Object.fromEntries(await decide('deny'))).toEqual({ error: 'access_denied', state: 'mine' });
  });

  test('is refused when it is to be, and leads nowhere but to this machine', async () => {
    await platforms.control.setConsent({ mode: 'refused' });
    expect((await redirectOf(consentUrl())).get('error')).toBe('access_denied');
    expect((await fetch(consentUrl({ redirect_uri: 'https://example.com/' }))).status).toBe(400);
    expect((await fetch(consentUrl({ client_id: 'another' }))).status).toBe(400);
    expect((await fetch(consentUrl({ code_challenge: '' }))).status).toBe(400);
  });

  test('of a program that does not say its secret, or says another', async () => {
    const client = { id: platforms.clients.x?.id ?? '', secret: 'guessed' };
    expect(await askForToken({ grant_type: 'refresh_token' }, client)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  test('pages of others cannot ask', async () => {
    const answer = await fetch(consentUrl(), { headers: { origin: 'https://example.com' } });
    expect(answer.status).toBe(403);
  });
});

describe('tokens', () => {
  const refresh = (token: string | undefined) =>
    askForToken({ grant_type: 'refresh_token', refresh_token: token ?? '' });

  test('a refresh token is good once, and gives another', async () => {
    const first = await consent(platforms, 'x', { scope: SCOPE });
    const second = await refresh(first.refresh_token);
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    expect(await clientWith(second.body.access_token ?? '').me()).toMatchObject({ data: { id: userId() } });
    expect(await refresh(first.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect((await refresh(second.body.refresh_token)).status).toBe(200);
  });

  test('none is given to who does not ask to act while nobody is there', async () => {
    const answer = await consent(platforms, 'x', { scope: 'tweet.read tweet.write' });
    expect(answer.refresh_token).toBeUndefined();
  });

  test('an access token ends with its time, and when it is told to', async () => {
    await platforms.control.expireTokens({ platform: 'x' });
    expect(await refusalOf(x.me())).toMatchObject({ code: 401, data: { title: 'Unauthorized' } });
    const other = clientWith((await consent(platforms, 'x', { scope: SCOPE })).access_token);
    await other.me();
    ahead = 2 * HOUR;
    expect((await refusalOf(other.me())).code).toBe(401);
  });

  test('can be taken back by the program, and by the person', async () => {
    const first = await consent(platforms, 'x', { scope: SCOPE });
    await fetch(`${api()}/2/oauth2/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: first.refresh_token ?? '' }),
    });
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
    const second = await consent(platforms, 'x', { scope: SCOPE });
    await platforms.control.revoke({ platform: 'x' });
    expect((await refresh(second.refresh_token)).body.error).toBe('invalid_grant');
  });
});

describe('posts', () => {
  test('are made, read, counted and deleted', async () => {
    const { data } = await x.tweet('TiXL <4.2> & more: https://tixl.app/releases?a=1, tixl.app');
    expect(data.text).toMatch(
      /^TiXL &lt;4\.2&gt; &amp; more: https:\/\/t\.co\/\w{10}, https:\/\/t\.co\/\w{10}$/,
    );
    ahead += 1_000;
    const timeline = await x.userTimeline(userId(), { 'tweet.fields': ['created_at', 'entities'] });
    expect(timeline.tweets).toMatchObject([
      {
        id: data.id,
        created_at: expect.stringMatching(/Z$/),
        entities: {
          urls: [{ expanded_url: 'https://tixl.app/releases?a=1' }, { expanded_url: 'http://tixl.app' }],
        },
      },
    ]);
    const found = await x.tweets([data.id, '1'], { 'tweet.fields': 'public_metrics' });
    expect(found.data).toMatchObject([{ public_metrics: { like_count: expect.any(Number) } }]);
    expect(found.errors).toMatchObject([{ resource_id: '1', title: 'Not Found Error' }]);
    expect(await x.deleteTweet(data.id)).toEqual({ data: { deleted: true } });
    expect((await x.userTimeline(userId())).tweets).toEqual([]);
    expect((await platforms.control.getPosts({ platform: 'x' })).posts).toEqual([]);
  });

  test('have an address under which they are seen', async () => {
    const { data } = await x.tweet('<b>seen</b>');
    const [post] = (await platforms.control.getPosts({ platform: 'x' })).posts;
    for (const address of [post?.url ?? '', `${api()}/i/web/status/${data.id}`])
      expect(await (await fetch(address)).text()).toContain('&#60;b&#62;seen');
    await platforms.control.deletePost({ platform: 'x', id: data.id });
    expect((await fetch(`${api()}/i/web/status/${data.id}`)).status).toBe(404);
  });

  test.each([
    ['281 letters', 'a'.repeat(281), 400],
    ['280 letters', 'a'.repeat(280), 201],
    ['141 of two each', '語'.repeat(141), 400],
    ['an address of any length as 23', `${'a'.repeat(256)} https://tixl.app/${'b'.repeat(200)}`, 201],
    ['nothing', '  ', 400],
  ])('%s', async (_, text, status) => {
    const answer = await fetch(`${api()}/2/tweets`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${(await consent(platforms, 'x', { scope: SCOPE })).access_token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ text }),
    });
    expect(answer.status).toBe(status);
  });

  test('the same text again is refused for some hours, unless the first is gone', async () => {
    const { data } = await x.tweet('Again');
    expect(await refusalOf(x.tweet(' Again '))).toMatchObject({
      code: 403,
      data: { detail: 'You are not allowed to create a Tweet with duplicate content.', status: 403 },
    });
    await x.deleteTweet(data.id);
    await x.tweet('Again');
    ahead += 13 * HOUR;
    const later = clientWith((await consent(platforms, 'x', { scope: SCOPE })).access_token);
    await later.tweet('Again');
    expect((await platforms.control.getPosts({ platform: 'x' })).posts).toHaveLength(2);
  });

  test('the timeline comes in pages, latest first, from a time on', async () => {
    for (const text of ['one', 'two', 'three', 'four', 'five', 'six', 'seven']) {
      ahead += 60_000;
      await x.tweet(text);
    }
    ahead += 1_000;
    const since = new Date(now() - 6 * 60_000 + 5_000).toISOString().replace(/\.\d+Z$/, 'Z');
    const page = await x.userTimeline(userId(), { max_results: 5, start_time: since });
    expect(page.tweets.map(({ text }) => text)).toEqual(['seven', 'six', 'five', 'four', 'three']);
    expect(page.meta).toMatchObject({ result_count: 5, next_token: expect.any(String) });
    await page.fetchNext();
    expect(page.tweets.map(({ text }) => text).slice(5)).toEqual(['two']);
    expect(page.done).toBe(true);
    expect((await refusalOf(x.userTimeline(userId(), { max_results: 4 }))).code).toBe(400);
  });
});

describe('media', () => {
  const picture = Buffer.alloc(70_000, 3);

  test('pictures and videos are uploaded in segments and posted', async () => {
    const image = await x.uploadMedia(picture, { media_type: 'image/png' });
    const video = await x.uploadMedia(MP4, { media_type: 'video/mp4', media_category: 'tweet_video' });
    await x.tweet('A picture', { media: { media_ids: [image] } });
    const { data } = await x.tweet('A video', { media: { media_ids: [video] } });
    expect(data.text).toMatch(/^A video https:\/\/t\.co\/\w{10}$/);
    const digest = createHash('sha256').update(MP4).digest('hex');
    expect((await platforms.control.getPosts({ platform: 'x' })).posts).toMatchObject([
      { media: [{ kind: 'image', bytes: picture.length }] },
      { media: [{ kind: 'video', bytes: MP4.length, digest }] },
    ]);
  });

  test('that do not go together, are not whole or not there are refused', async () => {
    const upload = () => x.uploadMedia(picture, { media_type: 'image/png' });
    const gif = await x.uploadMedia(picture, { media_type: 'image/gif', media_category: 'tweet_gif' });
    const refused = (...ids: string[]) =>
      refusalOf(x.post('tweets', { text: 'with media', media: { media_ids: ids } }));
    expect((await refused(gif, await upload())).data.errors).toMatchObject([{ message: /4 images/ }]);
    expect((await refused('12345')).data.errors).toMatchObject([{ message: 'Your media IDs are invalid.' }]);
    const begun = await x.post<{ data: { id: string } }>('media/upload/initialize', {
      ...{ media_type: 'image/png', total_bytes: 100, media_category: 'tweet_image' },
    });
    expect((await refused(begun.data.id)).code).toBe(400);
    expect((await refusalOf(x.post(`media/upload/${begun.data.id}/finalize`))).data.errors).toMatchObject([
      { message: /do not add up/ },
    ]);
    const ids = await Promise.all([upload(), upload(), upload(), upload(), upload()]);
    expect((await refused(...ids)).code).toBe(400);
    await x.post('tweets', { text: 'with media', media: { media_ids: ids.slice(1) } });
  });

  test('too large, or of another type, are refused before they are sent', async () => {
    const begin = (media_type: string, total_bytes: number) =>
      refusalOf(
        x.post('media/upload/initialize', { media_type, total_bytes, media_category: 'tweet_image' }),
      );
    expect((await begin('image/png', 5 * 1024 * 1024 + 1)).code).toBe(400);
    expect((await begin('application/pdf', 100)).code).toBe(400);
  });

  test('what is no video fails while X works on it', async () => {
    await expect(
      x.uploadMedia(picture, { media_type: 'video/mp4', media_category: 'tweet_video' }),
    ).rejects.toThrow('Unsupported video format.');
  });

  test('are forgotten after a day', async () => {
    const image = await x.uploadMedia(picture, { media_type: 'image/png' });
    ahead += 24 * HOUR;
    const later = clientWith((await consent(platforms, 'x', { scope: SCOPE })).access_token);
    expect((await refusalOf(later.tweet('late', { media: { media_ids: [image] } }))).code).toBe(400);
  });
});

describe('limits', () => {
  test('are told with each answer, and kept until they end', async () => {
    const first = await x.post('tweets', { text: 'post 1' }, { fullResponse: true });
    expect(first.rateLimit).toMatchObject({ limit: 100, remaining: 99, day: { limit: 10_000 } });
    for (let number = 2; number <= 100; number += 1) await x.tweet(`post ${number}`);
    const refusal = await refusalOf(x.tweet('post 101'));
    expect(refusal).toMatchObject({ code: 429, rateLimit: { remaining: 0, reset: first.rateLimit?.reset } });
    ahead += HOUR / 4;
    await x.tweet('post 101');
    expect((await platforms.control.getPosts({ platform: 'x' })).posts).toHaveLength(101);
  });

  test('can be switched off', async () => {
    await platforms.control.setLimits({ kept: false });
    for (let number = 1; number <= 80; number += 1) await x.me();
    await platforms.control.setLimits({ kept: true });
    expect((await refusalOf(x.me())).code).toBe(429);
  });
});

describe('faults', () => {
  const post = (fault: Fault, more = {}) =>
    platforms.control.setFaults({ rules: [{ platform: 'x', on: 'publish', times: 1, fault, ...more }] });
  const published = async () => (await platforms.control.getPosts({ platform: 'x' })).posts.length;

  test.each<[Fault, number]>([
    [{ kind: 'rate limit', resetAfterMs: 60_000 }, 429],
    [{ kind: 'server error', status: 503 }, 503],
    [{ kind: 'expire token' }, 401],
    [{ kind: 'duplicate' }, 403],
  ])('%j', async (fault, status) => {
    await post(fault);
    expect((await refusalOf(x.tweet('once'))).code).toBe(status);
    expect(await published()).toBe(0);
    const { requests } = await platforms.control.getRequests({});
    expect(requests.at(-1)).toMatchObject({ path: '/2/tweets', kind: 'publish', status, fault: fault.kind });
  });

  test.each<[Fault, number]>([
    [{ kind: 'drop', when: 'before' }, 0],
    [{ kind: 'drop', when: 'after' }, 1],
    [{ kind: 'time out', when: 'before' }, 0],
    [{ kind: 'time out', when: 'after' }, 1],
  ])('%j', async (fault, posts) => {
    await post(fault);
    const impatient = clientWith((await consent(platforms, 'x', { scope: SCOPE })).access_token, 2_000);
    await expect(impatient.tweet('once')).rejects.toMatchObject({ type: 'request' });
    expect(await published()).toBe(posts);
    const { requests } = await platforms.control.getRequests({});
    expect(requests.at(-1)).toMatchObject({ kind: 'publish', status: null, fault: fault.kind });
  });

  test('happen as often as they are told to, and to each so many-th', async () => {
    await post({ kind: 'server error', status: 500 }, { times: 2, every: 3 });
    const outcomes: string[] = [];
    for (let number = 1; number <= 9; number += 1)
      outcomes.push(
        await x.tweet(`post ${number}`).then(
          () => '+',
          () => '-',
        ),
      );
    expect(outcomes.join('')).toBe('++-++-+++');
    expect((await platforms.control.getFaults({})).rules).toEqual([]);
  });

  test('a refresh token that is not good any more, and one whose answer is lost', async () => {
    const lost = await consent(platforms, 'x', { scope: SCOPE });
    const on = { platform: 'x', on: 'token', times: 1 } as const;
    const refresh = () =>
      askForToken({ grant_type: 'refresh_token', refresh_token: lost.refresh_token ?? '' });
    await platforms.control.setFaults({ rules: [{ ...on, fault: { kind: 'drop', when: 'after' } }] });
    await expect(refresh()).rejects.toThrow();
    expect((await refresh()).body.error).toBe('invalid_grant');
    const expired = await consent(platforms, 'x', { scope: SCOPE });
    await platforms.control.setFaults({ rules: [{ ...on, fault: { kind: 'expire token' } }] });
    const answer = await askForToken({
      grant_type: 'refresh_token',
      refresh_token: expired.refresh_token ?? '',
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

test('what there is lasts in a file', async () => {
  const folder = await temporaryFolder();
  const stateFile = join(folder.path, 'platforms.json');
  const first = await startLocalPlatforms({ stateFile });
  const token = (await consent(first, 'x', { scope: SCOPE })).access_token;
  const { data } = await clientAt(`${first.url}/x`, token).tweet('It lasts');
  await first.stop();
  const second = await startLocalPlatforms({ stateFile });
  const again = clientAt(`${second.url}/x`, token);
  expect((await again.tweets(data.id)).data).toMatchObject([{ text: 'It lasts' }]);
  expect((await refusalOf(again.tweet('It lasts'))).code).toBe(403);
  await second.stop();
  await folder.remove();
});
