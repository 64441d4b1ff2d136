import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  askForConsent,
  exchangeCode,
  type OAuthApplication,
  readConsent,
  refreshTokens,
} from '../../runtime/oauth.ts';
import { applicationOn, type OAuthPlatform } from '../../runtime/oauth-applications.ts';
import { freePort } from '../../runtime/ports.ts';

const NOW = Date.UTC(2026, 10, 23);
const SETTINGS = {
  X_CLIENT_ID: 'x id',
  X_CLIENT_SECRET: 'x:secret',
  LINKEDIN_CLIENT_ID: 'linkedin-id',
  LINKEDIN_CLIENT_SECRET: 'linkedin-secret',
  YOUTUBE_CLIENT_ID: 'youtube-id',
  YOUTUBE_CLIENT_SECRET: 'youtube-secret',
};
const REDIRECT = 'http://127.0.0.1:8490/callback';

function applicationOf(platform: OAuthPlatform, url?: string): OAuthApplication {
  const choice = applicationOn(platform, { ...SETTINGS, PLATFORMS_URL: url });
  if (choice.kind === 'missing') throw new Error(`${choice.variables} missing`);
  return choice.application;
}

describe('the address of a consent', () => {
  test.each([
    ['x', 'https://x.com/i/oauth2/authorize', 'tweet.read tweet.write users.read media.write offline.access'],
    [
      'linkedin',
      'https://www.linkedin.com/oauth/v2/authorization',
      'w_organization_social r_organization_social rw_organization_admin',
    ],
    [
      'youtube',
      'https://accounts.google.com/o/oauth2/v2/auth',
      'https://www.googleapis.com/auth/youtube.upload https://www.googleapis.com/auth/youtube',
    ],
  ] as const)('on %s is its page, with all that it needs and no secret', (platform, page, scope) => {
    const { url, state, verifier } = askForConsent(applicationOf(platform), REDIRECT);
    expect(url.startsWith(`${page}?`)).toBe(true);
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(query).toMatchObject({ response_type: 'code', redirect_uri: REDIRECT, scope, state });
    expect(url).not.toContain('secret');
    if (verifier === undefined) expect(query).not.toHaveProperty('code_challenge');
    else {
      expect(query).toMatchObject({
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      });
      expect(url).not.toContain(verifier);
    }
  });

  test('has PKCE on X and Google; LinkedIn has none. Google is asked for a token that lasts', () => {
    const verifiers = (['x', 'youtube', 'linkedin'] as const).map(
      (platform) => askForConsent(applicationOf(platform), REDIRECT).verifier !== undefined,
    );
    expect(verifiers).toEqual([true, true, false]);
    const { searchParams } = new URL(askForConsent(applicationOf('youtube'), REDIRECT).url);
    expect([searchParams.get('access_type'), searchParams.get('prompt')]).toEqual(['offline', 'consent']);
  });

  test('is another one each time', () => {
    const [one, two] = [1, 2].map(() => askForConsent(applicationOf('x'), REDIRECT));
    expect(one?.state).not.toBe(two?.state);
    expect(one?.verifier).not.toBe(two?.verifier);
  });
});

describe('the answer to a consent', () => {
  const consent = askForConsent(applicationOf('x'), REDIRECT);
  const answered = (query: Record<string, string>) =>
    readConsent(consent, new URL(`${REDIRECT}?${new URLSearchParams(query)}`));

  test('gives the code if the state is the one that was sent', () => {
    expect(answered({ state: consent.state, code: 'the-code' })).toEqual({ kind: 'code', code: 'the-code' });
  });

  test.each([
    ['another state', { state: 'another', code: 'the-code' }],
    ['no state', { code: 'the-code' }],
    ['an empty state', { state: '', code: 'the-code' }],
    ['an error that anybody may have made up', { state: 'another', error: 'access_denied' }],
  ])('is none with %s', (_, query) => {
    expect(answered(query)).toEqual({ kind: 'another' });
  });

  test('says why it was refused', () => {
    expect(answered({ state: consent.state, error: 'access_denied' })).toEqual({
      kind: 'refused',
      reason: 'access_denied',
    });
    expect(answered({ state: consent.state, error: 'x', error_description: 'not today' })).toMatchObject({
      reason: 'not today',
    });
    expect(answered({ state: consent.state })).toMatchObject({ kind: 'refused' });
  });
});

interface Asked {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly form: Readonly<Record<string, string>>;
}
type Reply = { status: number; headers?: Record<string, string>; body: unknown } | 'drop' | 'cut off';

let server: Server;
let url: string;
let asked: Asked[];
let reply: Reply;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push({
      path: request.url,
      authorization: request.headers.authorization,
      form: Object.fromEntries(new URLSearchParams(await textOf(request))),
    });
    if (reply === 'drop') request.socket.destroy();
    else if (reply === 'cut off') {
      response.writeHead(200, { 'content-length': '1000' }).write('{"access_token":');
      setImmediate(() => request.socket.destroy());
    } else
      response
        .writeHead(reply.status, reply.headers)
        .end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  asked = [];
});

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('asking for tokens', () => {
  test('X: the application proves itself by a header, and shows that it has asked for the code', async () => {
    reply = { status: 200, body: { access_token: 'a', refresh_token: 'r', expires_in: 7_200 } };
    const application = applicationOf('x', url);
    const consent = askForConsent(application, REDIRECT);
    expect(await exchangeCode(application, consent, 'the-code', NOW)).toEqual({
      kind: 'tokens',
      tokens: { accessToken: 'a', refreshToken: 'r', expiresAt: NOW + 7_200_000 },
    });
    expect(asked).toEqual([
      {
        path: '/x/2/oauth2/token',
        authorization: `Basic ${Buffer.from('x%20id:x%3Asecret').toString('base64')}`,
        form: {
          grant_type: 'authorization_code',
          code: 'the-code',
          redirect_uri: REDIRECT,
          code_verifier: consent.verifier,
        },
      },
    ]);
  });

  test.each([
    ['linkedin', '/linkedin/oauth/v2/accessToken'],
    ['youtube', '/youtube/token'],
  ] as const)('%s: the application proves itself in the form', async (platform, path) => {
    reply = { status: 200, body: { access_token: 'a', expires_in: 3_600 } };
    await refreshTokens(applicationOf(platform, url), 'former-refresh', NOW);
    expect(asked).toEqual([
      {
        path,
        authorization: undefined,
        form: {
          grant_type: 'refresh_token',
          refresh_token: 'former-refresh',
          client_id: `${platform}-id`,
          client_secret: `${platform}-secret`,
        },
      },
    ]);
  });

  test('a platform that names no new refresh token keeps the former one', async () => {
    reply = { status: 200, body: { access_token: 'a' } };
    expect(await refreshTokens(applicationOf('youtube', url), 'former-refresh', NOW)).toEqual({
      kind: 'tokens',
      tokens: { accessToken: 'a', refreshToken: 'former-refresh', expiresAt: null },
    });
  });

  test.each([
    ['x', 400, 'invalid_request'],
    ['x', 401, 'unauthorized_client'],
    ['linkedin', 400, 'invalid_grant'],
    ['linkedin', 401, 'invalid_client'],
    ['youtube', 400, 'invalid_grant'],
  ] as const)('%s: %d "%s" is for good', async (platform, status, error) => {
    reply = { status, body: { error, error_description: 'Not any more.' } };
    expect(await refreshTokens(applicationOf(platform, url), 'former-refresh', NOW)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(`"${error}": Not any more.`),
    });
  });

  test.each([
    [500, { error: 'server_error' }],
    [503, '<html>Service Unavailable</html>'],
    [400, '<html>a proxy</html>'],
    [403, { error: { code: 403 } }],
    [400, { error: 'temporarily_unavailable' }],
  ])('%d %j is a passing failure', async (status, body) => {
    reply = { status, body };
    expect(await refreshTokens(applicationOf('youtube', url), 'former-refresh', NOW)).toMatchObject({
      kind: 'unavailable',
    });
  });

  test.each([
    [{ 'retry-after': '90' }, NOW + 90_000],
    [{ 'x-rate-limit-reset': String(NOW / 1_000 + 600) }, NOW + 600_000],
    [{ 'x-rate-limit-reset': '1' }, NOW + 60_000],
    [{}, NOW + 60_000],
  ])('too many requests: waits as %j says', async (headers, until) => {
    reply = { status: 429, headers: headers as Record<string, string>, body: {} };
    expect(await refreshTokens(applicationOf('x', url), 'former-refresh', NOW)).toEqual({
      kind: 'limited',
      until,
    });
  });

  test.each([
    'drop',
    'cut off',
    { status: 200, body: 'OK' },
    { status: 200, body: { token: 'a' } },
  ] as Reply[])('an answer that does not arrive (%j) may have held tokens', async (what) => {
    reply = what;
    expect(await refreshTokens(applicationOf('x', url), 'former-refresh', NOW)).toMatchObject({
      kind: 'no answer',
    });
  });

  test('where nothing listens, nothing was given', async () => {
    expect(
      await refreshTokens(applicationOf('x', `http://127.0.0.1:${await freePort()}`), 'r', NOW),
    ).toMatchObject({
      kind: 'unavailable',
    });
  });

  test('goes to no other address than the platform, with what is secret', async () => {
    reply = { status: 307, headers: { location: `${url}/elsewhere` }, body: '' };
    expect(await refreshTokens(applicationOf('x', url), 'former-refresh', NOW)).toMatchObject({
      kind: 'no answer',
    });
    expect(asked.map(({ path }) => path)).toEqual(['/x/2/oauth2/token']);
  });

  test('no reason shows a secret, even if the platform repeats it', async () => {
    const said = 'former-refresh of x:secret is wrong';
    for (const status of [400, 500]) {
      reply = { status, body: { error: 'invalid_grant', error_description: said } };
      const outcome = JSON.stringify(await refreshTokens(applicationOf('x', url), 'former-refresh', NOW));
      expect(outcome).toContain('is wrong');
      expect(outcome).not.toMatch(/former-refresh|x:secret/);
    }
  });
});
