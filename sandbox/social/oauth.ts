/**
 * Consent and tokens as OAuth 2.0 has them (RFC 6749 with PKCE, RFC 7636; taking back, RFC 7009): a person consents on a page, the
 * program gets a code by a redirect to this machine, and a token for the code.
 */

import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopbackHost } from '../host.ts';
import { consentPage } from './consent-page.ts';
import type { LocalPlatformsServices } from './services.ts';
import type { StandIn } from './stand-in.ts';
import type { ConsentCode, Grant } from './state.ts';
import { clientOf, type Tokens } from './tokens.ts';

const CODE_LASTS_MS = 60_000;

type Fields = Readonly<Record<string, string>>;

/** What is wrong with a request, by the names of RFC 6749, in words for the program's author. */
class OAuthError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Adds consent and tokens of one platform, below its address. */
export async function oauthRoutes(
  app: FastifyInstance,
  { services, standIn, tokens }: { services: LocalPlatformsServices; standIn: StandIn; tokens: Tokens },
): Promise<void> {
  const { oauth, platform } = standIn;
  const { state, now } = services;
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.setErrorHandler((error, _, reply) => {
    if (!(error instanceof OAuthError)) throw error;
    return reply
      .code(error.status)
      .header('cache-control', 'no-store')
      .send({ error: error.code, error_description: error.message });
  });

  app.get<{ Querystring: Fields }>(oauth.authorize, async ({ query, url }, reply) => {
    const redirectUri = checkConsentRequest(query);
    if (services.consent === 'given') return reply.redirect(approve(query, redirectUri));
    if (services.consent === 'refused') return reply.redirect(deny(query, redirectUri));
    return consentPage(reply, standIn, query.scope ?? '', url, redirectUri);
  });

  app.post<{ Querystring: Fields; Body: Fields }>(oauth.authorize, async ({ query, body }, reply) => {
    const redirectUri = checkConsentRequest(query);
    const answer = body.decision === 'approve' ? approve : deny;
    return reply.redirect(answer(query, redirectUri), 303);
  });

  app.post<{ Body: Fields }>(oauth.token, async (request, reply) => {
    checkClient(request);
    const fields = request.body ?? {};
    const grant = fields.grant_type === 'refresh_token' ? refresh(fields) : redeem(fields);
    return noStore(reply).send(answerWith(grant, fields.grant_type === 'refresh_token'));
  });

  if (oauth.revoke !== undefined)
    app.post<{ Body: Fields; Querystring: Fields }>(oauth.revoke, async (request) => {
      // Google's asks for no client: who has the token may take it back.
      tokens.revoke(platform, request.body?.token ?? request.query.token ?? '');
      return { revoked: true };
    });

  function checkConsentRequest(query: Fields): URL {
    if (query.client_id !== clientOf(platform).id)
      throw new OAuthError('invalid_client', `There is no program ${query.client_id}.`);
    const redirectUri = toLoopback(query.redirect_uri);
    if (query.response_type !== 'code')
      throw new OAuthError('unsupported_response_type', 'The response type must be "code".');
    if (oauth.needsPkce && (query.code_challenge ?? '') === '')
      throw new OAuthError('invalid_request', 'A code challenge (PKCE) is missing.');
    return redirectUri;
  }

  function approve(query: Fields, redirectUri: URL): string {
    const code: ConsentCode = {
      platform,
      code: randomBytes(24).toString('base64url'),
      redirectUri: query.redirect_uri ?? '',
      scope: query.scope ?? '',
      isOffline: oauth.isOffline?.(query) ?? true,
      challenge: challengeIn(query),
      expiresAt: now() + CODE_LASTS_MS,
    };
    state.keepCodes(({ expiresAt }) => expiresAt > now());
    state.codes.push(code);
    state.save();
    return withParameters(redirectUri, { code: code.code, state: query.state });
  }

  function deny(query: Fields, redirectUri: URL): string {
    return withParameters(redirectUri, { error: 'access_denied', state: query.state });
  }

  function checkClient({ headers, body }: FastifyRequest<{ Body: Fields }>): void {
    const given = basicClient(headers.authorization) ?? {
      id: body?.client_id ?? '',
      secret: body?.client_secret,
    };
    const client = clientOf(platform);
    // A program that can keep no secret has PKCE in its place.
    const isSecretRight = given.secret === client.secret || (given.secret === undefined && oauth.needsPkce);
    if (given.id !== client.id || !isSecretRight)
      throw new OAuthError('invalid_client', 'The id or the secret of the program is wrong.', 401);
  }

  function redeem(fields: Fields): Grant {
    if (fields.grant_type !== 'authorization_code')
      throw new OAuthError('unsupported_grant_type', 'It must be "authorization_code" or "refresh_token".');
    const code = state.codes.find((one) => one.platform === platform && one.code === fields.code);
    // Right or wrong, it can be tried once.
    state.keepCodes((one) => one !== code);
    if (
      code === undefined ||
      code.expiresAt <= now() ||
      code.redirectUri !== fields.redirect_uri ||
      !answersChallenge(code, fields.code_verifier)
    )
      throw new OAuthError('invalid_grant', 'The code is wrong, too old, or was used already.');
    return tokens.grant(standIn, code);
  }

  function refresh(fields: Fields): Grant {
    const grant = tokens.refresh(standIn, fields.refresh_token ?? '');
    if (grant === undefined)
      throw new OAuthError('invalid_grant', 'The refresh token is wrong, too old, or was used already.');
    return grant;
  }

  function answerWith(grant: Grant, isRefreshed: boolean): object {
    // Who keeps one refresh token for ever, as Google, says it once; who says how long it lasts, each time.
    const saysRefresh = grant.refreshExpiresAt !== null || oauth.rotates || !isRefreshed;
    return {
      token_type: 'bearer',
      access_token: grant.accessToken,
      expires_in: oauth.lastsSeconds,
      scope: grant.scope,
      ...(grant.refreshToken !== null && saysRefresh && { refresh_token: grant.refreshToken }),
      ...(grant.refreshToken !== null &&
        grant.refreshExpiresAt !== null && {
          refresh_token_expires_in: Math.floor((grant.refreshExpiresAt - now()) / 1_000),
        }),
    };
  }
}

const noStore = (reply: FastifyReply) => reply.header('cache-control', 'no-store');

/** The address that the code goes to: on this machine, since there is nobody else here. */
function toLoopback(text: string | undefined): URL {
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || !isLoopbackHost(url.host))
    throw new OAuthError('invalid_request', 'The redirect address must be http on the loopback address.');
  return url;
}

function challengeIn(query: Fields): ConsentCode['challenge'] {
  const text = query.code_challenge ?? '';
  return text === '' ? null : { method: (query.code_challenge_method ?? 'plain').toLowerCase(), text };
}

function answersChallenge({ challenge }: ConsentCode, verifier: string | undefined): boolean {
  if (challenge === null) return true;
  if (verifier === undefined) return false;
  const answer =
    challenge.method === 's256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return answer === challenge.text;
}

function withParameters(url: URL, parameters: Readonly<Record<string, string | undefined>>): string {
  const target = new URL(url);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) target.searchParams.set(name, value);
  return target.href;
}

function basicClient(header: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^basic (\S+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
  return { id, secret };
}
