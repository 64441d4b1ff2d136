import { createHash, randomBytes } from 'node:crypto';
import { youtube as connect, type youtube_v3 } from '@googleapis/youtube';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { consent } from '../support/consent.ts';
import { temporaryFolder } from '../support/folder.ts';

const STEP = 256 * 1024;
const DAY_MS = 86_400_000;
/** Two steps and a little more. */
const VIDEO = randomBytes(2 * STEP + 5);
const WORDS = { snippet: { title: 'A video', description: 'What it shows.', categoryId: '27' } };
/** Nine in the morning in California. */
const MORNING = Date.UTC(2026, 10, 23, 17);

let platforms: LocalPlatforms;
let token: string;
let time: number;

beforeEach(async () => {
  time = MORNING;
  platforms = await startLocalPlatforms({ now: () => time });
  await consentAgain();
});
afterEach(() => platforms.stop());

async function consentAgain(): Promise<void> {
  token = (await consent(platforms, 'youtube')).access_token;
}

const api = connect({ version: 'v3' });
/** What is given with each request of the real client: where it goes, and in whose name. */
const request = () => ({
  rootUrl: `${platforms.url}/youtube`,
  headers: { authorization: `Bearer ${token}` },
  retry: false,
  fetchImplementation: fetch,
});

/** Begins an upload with the real client. Gives the session's address. */
async function begin(requestBody: youtube_v3.Schema$Video = WORDS): Promise<string> {
  const url = `${platforms.url}/youtube/upload/youtube/v3/videos`;
  const parameters = { part: ['snippet', 'status'], uploadType: 'resumable', requestBody };
  const { headers } = await api.videos.insert(parameters, { ...request(), url });
  return String(headers.location);
}

const put = (session: string, contentRange: string, bytes?: Buffer) =>
  fetch(session, {
    method: 'PUT',
    headers: { 'content-range': contentRange, 'content-type': 'video/mp4' },
    redirect: 'manual',
    ...(bytes !== undefined && { body: new Uint8Array(bytes) }),
  });

/** Uploads a video in one part. Gives its id. */
async function upload(requestBody: youtube_v3.Schema$Video = WORDS): Promise<string> {
  const answer = await put(await begin(requestBody), 'bytes 0-9/10', randomBytes(10));
  return ((await answer.json()) as { id: string }).id;
}

/** The name that Google gives to what is wrong with a request. */
const reasonOf = (asked: Promise<unknown>): Promise<{ status: number; reason: string }> =>
  asked.then(
    () => ({ status: 200, reason: 'none' }),
    ({ response }) => ({ status: response.status, reason: response.data.error.errors[0].reason }),
  );

const posts = async () => (await platforms.control.getPosts({ platform: 'youtube' })).posts;

describe('a resumable upload', () => {
  test('goes part by part, says how far it is, and makes the video with the last byte', async () => {
    const session = await begin();
    const nothing = await put(session, `bytes */${VIDEO.length}`);
    expect([nothing.status, nothing.headers.get('range')]).toEqual([308, null]);
    const first = await put(session, `bytes 0-${STEP - 1}/${VIDEO.length}`, VIDEO.subarray(0, STEP));
    expect([first.status, first.headers.get('range')]).toEqual([308, `bytes=0-${STEP - 1}`]);
    // Sent again from the beginning, as after a lost answer: what is there already is passed over.
    const more = await put(session, `bytes 0-${2 * STEP - 1}/${VIDEO.length}`, VIDEO.subarray(0, 2 * STEP));
    expect(more.headers.get('range')).toBe(`bytes=0-${2 * STEP - 1}`);
    expect(await posts()).toEqual([]);
    const range = `bytes ${2 * STEP}-${VIDEO.length - 1}/${VIDEO.length}`;
    const last = await put(session, range, VIDEO.subarray(2 * STEP));
    const video = (await last.json()) as youtube_v3.Schema$Video;
    expect(last.status).toBe(200);
    expect(video).toMatchObject({ kind: 'youtube#video', snippet: { title: 'A video', categoryId: '27' } });
    const digest = createHash('sha256').update(VIDEO).digest('hex');
    expect(await posts()).toMatchObject([
      { id: video.id, title: 'A video', media: [{ bytes: VIDEO.length, digest }] },
    ]);
    const again = await put(session, `bytes */${VIDEO.length}`);
    expect([again.status, ((await again.json()) as { id: string }).id]).toEqual([200, video.id]);
    expect(await posts()).toHaveLength(1);
  });

  test.each([
    ['a part that is no multiple of 256 KiB', 'bytes 0-9/20', 10],
    ['a part that leaves out what comes before it', `bytes ${STEP}-${2 * STEP - 1}/${3 * STEP}`, STEP],
    ['a range of another length than the part', 'bytes 0-19/20', 10],
    ['a range that is none', 'bytes ten', 10],
  ])('refuses %s', async (_, contentRange, length) => {
    const answer = await put(await begin(), contentRange, randomBytes(length));
    expect(answer.status).toBe(400);
    expect(await posts()).toEqual([]);
  });

  test('is forgotten after a week, and unknown ones are not found', async () => {
    const session = await begin();
    expect((await put(`${session}x`, 'bytes */10')).status).toBe(404);
    time += 7 * DAY_MS;
    expect((await put(session, 'bytes 0-9/10', randomBytes(10))).status).toBe(404);
  });

  test('takes videos alone, from who has a token', async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const url = `${platforms.url}/youtube/upload/youtube/v3/videos?uploadType=resumable&part=snippet`;
    const start = (more: object) =>
      fetch(url, { method: 'POST', body: JSON.stringify(WORDS), headers: { ...headers, ...more } });
    expect((await start({ 'x-upload-content-type': 'image/png' })).status).toBe(400);
    expect((await start({ authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await start({ 'x-upload-content-type': 'video/mp4' })).status).toBe(200);
  });
});

describe('the words of a video', () => {
  const snippet = WORDS.snippet;
  test.each([
    ['no title', { ...snippet, title: '' }, 'invalidTitle'],
    ['a title of 101 characters', { ...snippet, title: 'x'.repeat(101) }, 'invalidTitle'],
    ['a bracket in the title', { ...snippet, title: '<3' }, 'invalidTitle'],
    [
      'a description of 5,001 bytes',
      { ...snippet, description: `${'ü'.repeat(2_500)}.` },
      'invalidDescription',
    ],
    ['a bracket in the description', { ...snippet, description: 'a > b' }, 'invalidDescription'],
    ['tags of 501 characters', { ...snippet, tags: ['x'.repeat(250), 'y'.repeat(250)] }, 'invalidTags'],
    ['an unknown category', { ...snippet, categoryId: '99' }, 'invalidCategoryId'],
  ])('are refused: %s', async (_, refused, reason) => {
    expect(await reasonOf(begin({ snippet: refused }))).toEqual({ status: 400, reason });
  });

  test('may be as long as it gets', async () => {
    const longest = { title: 'x'.repeat(100), description: 'ü'.repeat(2_500), tags: ['x'.repeat(500)] };
    expect(await reasonOf(begin({ snippet: { ...longest, categoryId: '27' } }))).toMatchObject({
      status: 200,
    });
  });

  test('are changed by part: what a part leaves out is gone', async () => {
    const id = await upload({
      snippet: { ...snippet, tags: ['one'] },
      status: { privacyStatus: 'unlisted' },
    });
    const change = (part: string[], requestBody: youtube_v3.Schema$Video) =>
      api.videos.update({ part, requestBody: { id, ...requestBody } }, request());
    await change(['snippet'], { snippet: { ...snippet, title: 'Mended' } });
    const { data } = await api.videos.list({ part: ['snippet', 'status'], id: [id] }, request());
    expect(data.items).toMatchObject([
      { snippet: { title: 'Mended' }, status: { privacyStatus: 'unlisted' } },
    ]);
    expect(data.items?.[0]?.snippet).not.toHaveProperty('tags');
    expect(await reasonOf(change(['snippet'], { snippet: { title: 'No category' } }))).toEqual({
      ...{ status: 400, reason: 'invalidCategoryId' },
    });
    await platforms.control.deletePost({ platform: 'youtube', id });
    expect(await reasonOf(change(['snippet'], { snippet }))).toEqual({
      status: 404,
      reason: 'videoNotFound',
    });
  });
});

describe('what is read', () => {
  test('is the channel, its uploads page by page, and videos, which take a moment to be processed', async () => {
    const ids: string[] = [];
    for (let number = 0; number < 3; number += 1) ids.unshift(await upload());
    const channels = await api.channels.list({ part: ['contentDetails'], mine: true }, request());
    const playlistId = channels.data.items?.[0]?.contentDetails?.relatedPlaylists?.uploads ?? '';
    expect(playlistId).toMatch(/^UU/);
    const page = (more: { pageToken?: string }) =>
      api.playlistItems.list({ part: ['contentDetails'], playlistId, maxResults: 2, ...more }, request());
    const { data: first } = await page({});
    const { data: second } = await page({ pageToken: first.nextPageToken ?? '' });
    const listed = [...(first.items ?? []), ...(second.items ?? [])];
    expect(listed.map(({ contentDetails }) => contentDetails?.videoId)).toEqual(ids);
    expect(second.nextPageToken).toBeUndefined();
    const statusOf = async () => {
      const { data } = await api.videos.list({ part: ['status'], id: ids.slice(0, 1) }, request());
      return data.items?.[0]?.status?.uploadStatus;
    };
    expect(await statusOf()).toBe('uploaded');
    time += 60_000;
    expect(await statusOf()).toBe('processed');
  });

  test('is refused without a part, for another list, and without a token', async () => {
    const list = (playlistId: string) => api.playlistItems.list({ part: ['snippet'], playlistId }, request());
    expect(await reasonOf(list('PL1'))).toEqual({ status: 404, reason: 'playlistNotFound' });
    expect(await reasonOf(api.videos.list({ part: [], id: ['x'] }, request()))).toMatchObject({
      status: 400,
    });
    await platforms.control.expireTokens({ platform: 'youtube' });
    expect(await reasonOf(list('PL1'))).toEqual({ status: 401, reason: 'authError' });
  });
});

describe('the statistics of a video', () => {
  const statisticsOf = async (id: string) =>
    (await api.videos.list({ part: ['statistics'], id: [id] }, request())).data.items?.[0]?.statistics;

  test('grow by themselves, and are the same whenever one asks', async () => {
    const id = await upload();
    expect(await statisticsOf(id)).toEqual({
      ...{ viewCount: '0', likeCount: '0', favoriteCount: '0', commentCount: '0' },
    });
    time += DAY_MS;
    await consentAgain();
    const after = await statisticsOf(id);
    expect(Number(after?.viewCount)).toBeGreaterThan(0);
    expect(await statisticsOf(id)).toEqual(after);
  });

  test('are as somebody has set them; what the channel hides is left out', async () => {
    const id = await upload();
    const figures = { impressions: 12, likes: null, comments: 3 };
    await platforms.control.setFigures({ platform: 'youtube', id, figures });
    expect(await statisticsOf(id)).toEqual({ viewCount: '12', favoriteCount: '0', commentCount: '3' });
  });
});

describe('the quota', () => {
  test('is 100 uploads a day, until midnight in California', async () => {
    for (let number = 0; number < 100; number += 1) await begin();
    expect(await reasonOf(begin())).toEqual({ status: 403, reason: 'quotaExceeded' });
    // Reading has a quota of its own.
    expect((await api.channels.list({ part: ['id'], mine: true }, request())).status).toBe(200);
    time = Date.UTC(2026, 10, 24, 7, 59, 59);
    await consentAgain();
    expect(await reasonOf(begin())).toEqual({ status: 403, reason: 'quotaExceeded' });
    time = Date.UTC(2026, 10, 24, 8);
    expect(await reasonOf(begin())).toMatchObject({ status: 200 });
  });

  test('is 10,000 units for the rest, of which a change costs 50', async () => {
    const id = await upload();
    const change = () => api.videos.update({ part: ['snippet'], requestBody: { id, ...WORDS } }, request());
    for (let number = 0; number < 200; number += 1) await change();
    expect(await reasonOf(change())).toEqual({ status: 403, reason: 'quotaExceeded' });
    await platforms.control.setLimits({ kept: false });
    expect(await reasonOf(change())).toMatchObject({ status: 200 });
  });

  test('is not all: a channel may have too many videos within a day', async () => {
    for (let number = 0; number < 100; number += 1) await upload();
    time = Date.UTC(2026, 10, 24, 9);
    await consentAgain();
    for (let number = 0; number < 20; number += 1) await upload();
    expect(await reasonOf(begin())).toEqual({ status: 400, reason: 'uploadLimitExceeded' });
  });
});

describe('consent', () => {
  const refresh = async (refresh_token: string) => {
    const { id = '', secret = '' } = platforms.clients.youtube ?? {};
    const fields = { grant_type: 'refresh_token', refresh_token, client_id: id, client_secret: secret };
    const answer = await fetch(`${platforms.url}/youtube/token`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    return (await answer.json()) as { access_token?: string; refresh_token?: string; error?: string };
  };

  test('gives a refresh token that stays, until it is taken back', async () => {
    const { refresh_token = '' } = await consent(platforms, 'youtube', { access_type: 'offline' });
    time += DAY_MS;
    for (let times = 0; times < 2; times += 1) {
      const renewed = await refresh(refresh_token);
      expect(renewed).not.toHaveProperty('refresh_token');
      token = renewed.access_token ?? '';
      expect((await api.channels.list({ part: ['id'], mine: true }, request())).status).toBe(200);
    }
    await platforms.control.revoke({ platform: 'youtube' });
    expect(await refresh(refresh_token)).toMatchObject({ error: 'invalid_grant' });
  });

  test('gives none to a program that does not ask for one', async () => {
    expect(await consent(platforms, 'youtube')).not.toHaveProperty('refresh_token');
  });
});

test('faults tell the parts of an upload apart: only the last one publishes', async () => {
  const fault = { kind: 'server error', status: 503 } as const;
  await platforms.control.setFaults({ rules: [{ platform: 'youtube', on: 'publish', times: 1, fault }] });
  const session = await begin();
  const total = VIDEO.length;
  expect((await put(session, `bytes 0-${STEP - 1}/${total}`, VIDEO.subarray(0, STEP))).status).toBe(308);
  expect((await put(session, `bytes ${STEP}-${total - 1}/${total}`, VIDEO.subarray(STEP))).status).toBe(503);
  expect((await put(session, `bytes */${total}`)).headers.get('range')).toBe(`bytes=0-${STEP - 1}`);
  expect((await put(session, `bytes ${STEP}-${total - 1}/${total}`, VIDEO.subarray(STEP))).status).toBe(200);
});

test('videos outlast the process when they are kept in a file, uploads that are not whole do not', async () => {
  const folder = await temporaryFolder();
  const stateFile = `${folder.path}/social.json`;
  await platforms.stop();
  platforms = await startLocalPlatforms({ stateFile });
  await consentAgain();
  const session = new URL(await begin());
  const id = await upload({ snippet: { ...WORDS.snippet, title: 'Art & craft' } });
  await platforms.stop();
  platforms = await startLocalPlatforms({ stateFile });
  expect(await posts()).toMatchObject([{ id, title: 'Art & craft' }]);
  const page = await fetch(`${platforms.url}/youtube/watch?v=${id}`);
  expect(await page.text()).toContain('Art &#38; craft');
  expect((await fetch(`${platforms.url}/youtube/watch?v=unknown`)).status).toBe(404);
  const moved = `${platforms.url}${session.pathname}${session.search}`;
  expect((await put(moved, 'bytes */10')).status).toBe(404);
  await folder.remove();
});
