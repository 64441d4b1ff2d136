// LinkedIn among the local platforms, as its API documentation describes it: asked without any client of ours.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Fault } from '../../sandbox/social/control.ts';
import { type LocalPlatforms, startLocalPlatforms } from '../../sandbox/social/start.ts';
import { askForTokens, consentToLinkedin, type GivenTokens } from '../support/local-consent.ts';

const PAGE = 'urn:li:organization:5515715';
const DAY_MS = 86_400_000;
const MB = 1024 * 1024;

let platforms: LocalPlatforms;
let tokens: GivenTokens;
let time: number;

beforeEach(async () => {
  time = Date.parse('2026-11-23');
  platforms = await startLocalPlatforms({ now: () => time });
  tokens = await consentToLinkedin(platforms);
});
afterEach(() => platforms.stop());

interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

interface Answered<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

interface Elements<Element> {
  readonly elements: readonly Element[];
}

/** What the beginning of an upload answers. */
interface Begun {
  readonly value: {
    /** The URN of the medium, by its kind. */
    readonly [kind: string]: unknown;
    readonly uploadUrl: string;
    readonly uploadToken: string;
    readonly uploadInstructions: readonly {
      readonly uploadUrl: string;
      readonly firstByte: number;
      readonly lastByte: number;
    }[];
  };
}

/** `Body`: what a test reads of the answer, and so expects of it. */
async function ask<Body = unknown>(
  path: string,
  { method = 'GET', body, headers = {} }: Asked = {},
): Promise<Answered<Body>> {
  const all = {
    authorization: `Bearer ${tokens.access_token}`,
    'linkedin-version': '202610',
    'x-restli-protocol-version': '2.0.0',
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(path.startsWith('http') ? path : `${platforms.url}/linkedin${path}`, {
    method,
    headers: given,
    ...(body !== undefined && { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

const draft = (commentary: string, more: object = {}) => ({
  author: PAGE,
  commentary,
  visibility: 'PUBLIC',
  distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
  lifecycleState: 'PUBLISHED',
  isReshareDisabledByAuthor: false,
  ...more,
});
const publish = (commentary: string, more: object = {}) =>
  ask('/rest/posts', { method: 'POST', body: draft(commentary, more) });
const postAt = (urn: string | null) => `/rest/posts/${encodeURIComponent(urn ?? '')}`;
const act = <Body = unknown>(media: string, action: string, body: object) =>
  ask<Body>(`/rest/${media}?action=${action}`, { method: 'POST', body });
const statusOf = async (media: string, urn: unknown) =>
  (await ask<{ status: string }>(`/rest/${media}/${encodeURIComponent(String(urn))}`)).body.status;
const put = (url: string, body: Buffer, headers: Asked['headers'] = {}) =>
  ask(url, { method: 'PUT', body, headers: { 'content-type': 'application/octet-stream', ...headers } });
const textsOf = async () =>
  (await platforms.control.getPosts({ platform: 'linkedin' })).posts.map(({ text }) => text);

describe('consent', () => {
  test('gives a token for 60 days, and one for another that lasts a year and stays the same', async () => {
    expect(tokens).toMatchObject({ expires_in: 60 * 86_400, refresh_token_expires_in: 365 * 86_400 });
    time += 60 * DAY_MS;
    expect((await ask('/v2/userinfo')).status).toBe(401);
    const { id = '', secret = '' } = platforms.clients.linkedin ?? {};
    const former = tokens;
    const fields = { grant_type: 'refresh_token', client_id: id, client_secret: secret };
    tokens = await askForTokens(platforms.url, { ...fields, refresh_token: former.refresh_token });
    expect(tokens).toMatchObject({
      refresh_token: former.refresh_token,
      refresh_token_expires_in: 305 * 86_400,
    });
    expect((await ask('/v2/userinfo')).status).toBe(200);
  });

  test('leads to the page for which one may publish', async () => {
    expect((await ask('/v2/userinfo', { headers: { 'linkedin-version': undefined } })).body).toMatchObject({
      sub: expect.any(String),
      name: expect.any(String),
    });
    const { body } = await ask('/rest/organizationAcls?q=roleAssignee&role=ADMINISTRATOR&state=APPROVED');
    const role = {
      roleAssignee: expect.stringMatching(/^urn:li:person:/),
      role: 'ADMINISTRATOR',
      state: 'APPROVED',
      organization: PAGE,
    };
    expect(body).toMatchObject({ elements: [role] });
    expect((await ask('/rest/organizations/5515715')).body).toMatchObject({ localizedName: 'TiXL' });
  });
});

describe('every request', () => {
  test.each([
    [
      'no token',
      { authorization: undefined },
      401,
      { code: 'INVALID_ACCESS_TOKEN', serviceErrorCode: 65600 },
    ],
    ['no version', { 'linkedin-version': undefined }, 400, { code: 'VERSION_MISSING' }],
    ['no protocol', { 'x-restli-protocol-version': undefined }, 400, { code: 'ILLEGAL_ARGUMENT' }],
    [
      'a version that is over',
      { 'linkedin-version': '202510' },
      426,
      { code: 'NONEXISTENT_VERSION', message: 'Requested version 20251001 is not active' },
    ],
    ['a version to come', { 'linkedin-version': '202612' }, 426, { code: 'NONEXISTENT_VERSION' }],
    ['no version at all', { 'linkedin-version': 'latest' }, 426, { code: 'NONEXISTENT_VERSION' }],
  ])('with %s is refused', async (_, headers, status, body) => {
    const answer = await ask('/rest/posts', { method: 'POST', body: draft('Hello'), headers });
    expect(answer).toMatchObject({ status, body: { status, message: expect.any(String), ...body } });
    expect(await textsOf()).toEqual([]);
  });

  test('a version lives for a year and a little more', async () => {
    const headers = { 'linkedin-version': '202512' };
    time = Date.parse('2026-12-15');
    expect((await ask('/rest/organizationAcls?q=roleAssignee', { headers })).status).toBe(200);
    time = Date.parse('2026-12-16');
    expect((await ask('/rest/organizationAcls?q=roleAssignee', { headers })).status).toBe(426);
  });
});

describe('posts', () => {
  test('are published, shown, listed, changed and deleted', async () => {
    const created = await publish('Hello \\(world\\) #TiXL');
    expect(created).toMatchObject({ status: 201, body: undefined });
    const id = created.headers.get('x-restli-id');
    expect(id).toMatch(/^urn:li:share:\d{19}$/);
    expect((await ask(postAt(id))).body).toEqual({
      id,
      author: PAGE,
      commentary: 'Hello \\(world\\) {hashtag|\\#|TiXL}',
      visibility: 'PUBLIC',
      lifecycleState: 'PUBLISHED',
      lifecycleStateInfo: { isEditedByAuthor: false },
      distribution: { feedDistribution: 'MAIN_FEED', thirdPartyDistributionChannels: [] },
      content: {},
      createdAt: time,
      publishedAt: time,
      lastModifiedAt: time,
      isReshareDisabledByAuthor: false,
    });
    time += 1_000;
    const patch = { patch: { $set: { commentary: 'Hello again' } } };
    const change = { method: 'POST', body: patch, headers: { 'x-restli-method': 'PARTIAL_UPDATE' } };
    expect(await ask(postAt(id), change)).toMatchObject({ status: 204, body: undefined });
    expect((await ask(postAt(id))).body).toMatchObject({
      commentary: 'Hello again',
      lastModifiedAt: time,
      lifecycleStateInfo: { isEditedByAuthor: true },
    });
    const { posts } = await platforms.control.getPosts({ platform: 'linkedin' });
    expect(posts).toMatchObject([{ id, text: 'Hello again', edits: 1 }]);
    expect((await ask(postAt(id), { method: 'DELETE' })).status).toBe(204);
    expect((await ask(postAt(id), { method: 'DELETE' })).status).toBe(204);
    expect((await ask(postAt(id))).status).toBe(404);
    expect((await ask(postAt(id), change)).status).toBe(404);
  });

  test('are listed with the last changed first, a page at a time', async () => {
    const urns = [];
    for (const text of ['one', 'two', 'three']) {
      time += 1_000;
      urns.push((await publish(text)).headers.get('x-restli-id'));
    }
    time += 1_000;
    await ask(postAt(urns[0] ?? ''), {
      method: 'POST',
      body: { patch: { $set: { commentary: 'one, changed' } } },
      headers: { 'x-restli-method': 'PARTIAL_UPDATE' },
    });
    const list = `/rest/posts?q=author&author=${encodeURIComponent(PAGE)}&count=2`;
    const said = async (path: string) => {
      const { body } = await ask<Elements<{ commentary: string }>>(path);
      return body.elements.map(({ commentary }) => commentary);
    };
    expect(await said(list)).toEqual(['one, changed', 'three']);
    expect(await said(`${list}&start=2`)).toEqual(['two']);
    expect(await said(`${list}&sortBy=CREATED`)).toEqual(['three', 'two']);
    expect((await ask(list)).body).toMatchObject({ paging: { start: 0, count: 2, links: [], total: 3 } });
  });

  test.each([
    ['Hello (world)', 'Hello '],
    ['5 < 6', '5 '],
    ['write to me@example.org', 'write to me'],
    ['snake_case', 'snake'],
    ['Hi @[TiXL](urn:li:organization:1)!', 'Hi TiXL!'],
    ['{hashtag|\\#|live\\_visuals} and #plain', '#live_visuals and #plain'],
    ['\\#notag C\\# \\\\', '#notag C# \\'],
    ['{unknown|a} rest', ''],
    ['trailing \\', 'trailing '],
  ])('of %p people read %p', async (commentary, text) => {
    await publish(commentary);
    expect(await textsOf()).toEqual(text === '' ? [] : [text]);
  });

  test('are refused where they say the same again within a day, even if the first was deleted', async () => {
    const first = (await publish('The same')).headers.get('x-restli-id');
    const again = await publish('The same');
    expect(again).toMatchObject({
      status: 422,
      body: {
        errorDetailType: 'com.linkedin.common.error.BadRequest',
        message: expect.stringContaining(`Content is a duplicate of ${first}`),
        errorDetails: { inputErrors: [{ code: 'DUPLICATE_POST' }] },
      },
    });
    await ask(postAt(first), { method: 'DELETE' });
    expect((await publish('The same')).status).toBe(422);
    time += DAY_MS + 1;
    expect((await publish('The same')).status).toBe(201);
  });

  test.each([
    ['nobody as their author', { author: undefined }, 422],
    ['another author', { author: 'urn:li:organization:1' }, 403],
    ['too much to say', { commentary: 'a'.repeat(3_001) }, 400],
    ['nothing to say', { commentary: ' ' }, 422],
    ['a medium that is not there', { content: { media: { id: 'urn:li:image:none' } } }, 400],
  ])('are refused with %s', async (_, more, status) => {
    expect(await publish('Hello', more)).toMatchObject({ status, body: { status } });
    expect(await textsOf()).toEqual([]);
  });
});

describe('media', () => {
  const begun = async (media: string, more: object = {}) =>
    (await act<Begun>(media, 'initializeUpload', { initializeUploadRequest: { owner: PAGE, ...more } })).body
      .value;

  test.each([
    ['images', 'image', ['AVAILABLE', 'AVAILABLE']],
    ['documents', 'document', ['PROCESSING', 'AVAILABLE']],
  ])('%s are uploaded to one address and then named', async (route, kind, statuses) => {
    const bytes = Buffer.from('some bytes');
    const value = await begun(route);
    const urn = value[kind];
    const status = () => statusOf(route, urn);
    expect(urn).toMatch(new RegExp(`^urn:li:${kind}:`));
    expect(await status()).toBe('WAITING_UPLOAD');
    expect((await publish('Look', { content: { media: { id: urn } } })).body).toMatchObject({
      code: 'MEDIA_ASSET_WAITING_UPLOAD',
    });
    expect((await put(value.uploadUrl, bytes, { authorization: undefined })).status).toBe(401);
    expect((await put(`${value.uploadUrl}x`, bytes)).status).toBe(403);
    expect((await put(value.uploadUrl, bytes)).status).toBe(201);
    expect([await status(), await status()]).toEqual(statuses);
    expect((await publish('Look', { content: { media: { id: urn, title: 'A title' } } })).status).toBe(201);
    const { posts } = await platforms.control.getPosts({ platform: 'linkedin' });
    const digest = createHash('sha256').update(bytes).digest('hex');
    expect(posts).toMatchObject([{ title: 'A title', media: [{ kind, bytes: bytes.length, digest }] }]);
  });

  test('a video goes in parts of 4 MB, each with an ETag, and is put together in the end', async () => {
    const bytes = Buffer.alloc(9 * MB, 'video');
    const { video, uploadInstructions, uploadToken } = await begun('videos', { fileSizeBytes: bytes.length });
    expect(uploadInstructions).toMatchObject([
      { firstByte: 0, lastByte: 4 * MB - 1 },
      { firstByte: 4 * MB, lastByte: 8 * MB - 1 },
      { firstByte: 8 * MB, lastByte: 9 * MB - 1 },
    ]);
    const uploadedPartIds: (string | null)[] = [];
    for (const { uploadUrl, firstByte, lastByte } of uploadInstructions) {
      const part = bytes.subarray(firstByte, lastByte + 1);
      expect((await put(uploadUrl, part.subarray(1))).status).toBe(400);
      const answer = await put(uploadUrl, part, { authorization: undefined });
      expect(answer.status).toBe(200);
      uploadedPartIds.push(answer.headers.get('etag'));
    }
    const finalize = (ids: unknown) =>
      act('videos', 'finalizeUpload', {
        finalizeUploadRequest: { video, uploadToken, uploadedPartIds: ids },
      });
    expect((await finalize(uploadedPartIds.slice(1))).status).toBe(400);
    expect((await finalize(uploadedPartIds.toReversed())).status).toBe(400);
    expect((await finalize(uploadedPartIds)).status).toBe(200);
    const status = () => statusOf('videos', video);
    expect([await status(), await status()]).toEqual(['PROCESSING', 'AVAILABLE']);
    const created = await publish('Watch', { content: { media: { id: video } } });
    expect(created.headers.get('x-restli-id')).toMatch(/^urn:li:ugcPost:/);
    const { posts } = await platforms.control.getPosts({ platform: 'linkedin' });
    const digest = createHash('sha256').update(bytes).digest('hex');
    expect(posts).toMatchObject([{ media: [{ kind: 'video', bytes: bytes.length, digest }] }]);
  });

  test('the addresses of an upload are over after a day', async () => {
    const { uploadUrl } = await begun('images');
    time += DAY_MS;
    expect((await put(uploadUrl, Buffer.from('late'))).status).toBe(403);
  });
});

describe('faults', () => {
  const fails = (fault: Fault) =>
    platforms.control.setFaults({ rules: [{ platform: 'linkedin', on: 'publish', times: 1, fault }] });

  test.each([
    [{ kind: 'server error', status: 503 }, 503, { code: 'SERVICE_UNAVAILABLE' }],
    [{ kind: 'expire token' }, 401, { code: 'EXPIRED_ACCESS_TOKEN', serviceErrorCode: 65602 }],
    [{ kind: 'duplicate' }, 422, { message: expect.stringContaining('duplicate of urn:li:share:') }],
  ] as const)('%p is worded as by LinkedIn', async (fault, status, body) => {
    await fails(fault);
    expect(await publish('Hello')).toMatchObject({ status, body });
    expect(await textsOf()).toEqual([]);
  });

  test('a limit is said with a time', async () => {
    await fails({ kind: 'rate limit', resetAfterMs: 90_500 });
    const answer = await publish('Hello');
    expect(answer).toMatchObject({ status: 429, body: { code: 'TOO_MANY_REQUESTS', serviceErrorCode: 101 } });
    expect(Date.parse(answer.headers.get('retry-after') ?? '')).toBe(time + 91_000);
  });

  test('an answer can be lost after the post was taken, or before', async () => {
    await fails({ kind: 'drop', when: 'after' });
    await expect(publish('Taken')).rejects.toThrow();
    await fails({ kind: 'drop', when: 'before' });
    await expect(publish('Not taken')).rejects.toThrow();
    expect(await textsOf()).toEqual(['Taken']);
  });
});
