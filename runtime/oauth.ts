/** OAuth 2.0 as the platforms have it: consent (RFC 6749, with PKCE, RFC 7636), tokens for a code, new tokens for old ones. */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const TIMEOUT_MS = 10_000;
/** So long is waited where a platform says that there were too many requests, but not until when. */
const STANDARD_WAIT_MS = 60_000;
const TOO_MANY_REQUESTS = 429;

/** An application of ours on a platform, and what is particular to that platform's OAuth. */
export interface OAuthApplication {
  /** What people call the platform. */
  readonly platformName: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where a person gives their consent. */
  readonly consentUrl: string;
  readonly tokenUrl: string;
  readonly scopes: readonly string[];
  /** How the application proves who it is: by the header of HTTP's basic authentication, or in the form. */
  readonly provesItselfBy: 'basic' | 'form';
  readonly usesPkce: boolean;
  /** What else the address of the consent carries. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The errors by which a platform says, of a refresh, that it will never work. Every other is a passing one. */
  readonly refusals: readonly string[];
}

/** What acts in the name of an account. Secret. */
export interface Tokens {
  readonly accessToken: string;
  /** null: the platform gives none, and a person has to consent again when the token ends. */
  readonly refreshToken: string | null;
  /** In ms since 1970; null: the token has no end. */
  readonly expiresAt: number | null;
}

/** What came of asking for tokens. No reason holds a secret. */
export type TokenOutcome =
  | { readonly kind: 'tokens'; readonly tokens: Tokens }
  /** Asking again does not help: a person has to consent, or the application has to be mended. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not before `until` (ms since 1970). */
  | { readonly kind: 'limited'; readonly until: number }
  /** The platform has given none: it is out of order, or cannot be reached. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  /** The request was made, and its answer was lost: it may have held tokens. */
  | { readonly kind: 'no answer'; readonly reason: string };

/** A consent that somebody is asked for. */
export interface Consent {
  /** The address that they open. */
  readonly url: string;
  readonly redirectUri: string;
  /** Proves that whoever brings the code has asked for it; undefined where the platform does not use it. Secret. */
  readonly verifier: string | undefined;
  readonly state: string;
}

/** What the address says to which the platform has sent somebody back. */
export type ConsentAnswer =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** It does not belong to this consent. */
  | { readonly kind: 'another' };

/** Makes the address on which somebody consents, and what is needed to understand the answer. */
export function askForConsent(application: OAuthApplication, redirectUri: string): Consent {
  const state = randomBytes(24).toString('base64url');
  const verifier = application.usesPkce ? randomBytes(48).toString('base64url') : undefined;
  const url = new URL(application.consentUrl);
  const parameters = {
    response_type: 'code',
    client_id: application.clientId,
    redirect_uri: redirectUri,
    scope: application.scopes.join(' '),
    state,
    ...(verifier !== undefined && { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' }),
    ...application.parameters,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { url: url.href, redirectUri, verifier, state };
}

/** Reads the address to which the platform has sent somebody back. */
export function readConsent({ state }: Consent, address: URL): ConsentAnswer {
  const { searchParams: answer } = address;
  if (!isSame(answer.get('state') ?? '', state)) return { kind: 'another' };
  const code = answer.get('code');
  if (code !== null && code !== '') return { kind: 'code', code };
  const reason = answer.get('error_description') ?? answer.get('error') ?? 'no reason is given';
  return { kind: 'refused', reason };
}

/** Asks for tokens for the code that a consent has given. A code works once. `now` in ms since 1970. */
export function exchangeCode(
  application: OAuthApplication,
  { redirectUri, verifier }: Consent,
  code: string,
  now: number,
): Promise<TokenOutcome> {
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
  return askForTokens(application, verifier === undefined ? form : { ...form, code_verifier: verifier }, now);
}

/** Asks for new tokens. Some platforms take a refresh token once and give another one with the answer. `now` in ms since 1970. */
export function refreshTokens(
  application: OAuthApplication,
  refreshToken: string,
  now: number,
): Promise<TokenOutcome> {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return askForTokens(application, form, now);
}

async function askForTokens(
  application: OAuthApplication,
  form: Readonly<Record<string, string>>,
  now: number,
): Promise<TokenOutcome> {
  try {
    const response = await fetch(application.tokenUrl, requestOf(application, form));
    const outcome = readAnswer(application, response, await response.text(), form, now);
    return withoutSecrets(outcome, [
      application.clientSecret,
      ...SECRET_FIELDS.map((name) => form[name] ?? ''),
    ]);
  } catch (error) {
    return toFailure(application, error as Error);
  }
}

function requestOf(application: OAuthApplication, form: Readonly<Record<string, string>>): RequestInit {
  const { clientId, clientSecret, provesItselfBy } = application;
  const pair = [clientId, clientSecret].map(encodeURIComponent).join(':');
  const isBasic = provesItselfBy === 'basic';
  return {
    method: 'POST',
    headers: {
      accept: 'application/json',
      ...(isBasic && { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }),
    },
    body: new URLSearchParams(isBasic ? form : { ...form, client_id: clientId, client_secret: clientSecret }),
    // What is sent is meant for this address alone.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
}

const grantSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.coerce.number().positive().optional(),
});
const errorSchema = z.object({ error: z.string(), error_description: z.string().optional() });

function readAnswer(
  { platformName, refusals }: OAuthApplication,
  { ok, status, headers }: Response,
  text: string,
  form: Readonly<Record<string, string>>,
  now: number,
): TokenOutcome {
  const body = parseJson(text);
  if (ok) {
    const grant = grantSchema.safeParse(body).data;
    if (grant === undefined)
      return { kind: 'no answer', reason: `${platformName} answered with something else than tokens` };
    return { kind: 'tokens', tokens: toTokens(grant, form.refresh_token, now) };
  }
  if (status === TOO_MANY_REQUESTS) return { kind: 'limited', until: limitIn(headers, now) };
  const { error = `status ${status}`, error_description: description } =
    errorSchema.safeParse(body).data ?? {};
  const reason = `${platformName} answered "${error}"${description === undefined ? '' : `: ${description}`}`;
  return { kind: refusals.includes(error) ? 'refused' : 'unavailable', reason };
}

function toTokens(grant: z.output<typeof grantSchema>, former: string | undefined, now: number): Tokens {
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = grant;
  return {
    accessToken,
    // Who keeps one refresh token says it once.
    refreshToken: refreshToken ?? former ?? null,
    expiresAt: seconds === undefined ? null : now + seconds * 1_000,
  };
}

/** Until when to wait: in seconds from now, or as the moment itself, as X says it. */
function limitIn(headers: Headers, now: number): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  if (seconds > 0) return now + seconds * 1_000;
  const reset = Number(headers.get('x-rate-limit-reset') ?? Number.NaN) * 1_000;
  return reset > now ? reset : now + STANDARD_WAIT_MS;
}

/** Where nothing listens, or no such machine is known, nothing was asked. */
const NOT_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'];

function toFailure({ platformName }: OAuthApplication, { name, cause }: Error): TokenOutcome {
  const { code = name } = (cause ?? {}) as { readonly code?: string };
  if (NOT_REACHED.includes(code))
    return { kind: 'unavailable', reason: `${platformName} cannot be reached (${code})` };
  return { kind: 'no answer', reason: `${platformName} did not answer (${code})` };
}

/** Those of a request that nobody else may know. */
const SECRET_FIELDS = ['code', 'code_verifier', 'refresh_token'];

/** Platforms may repeat in their answer what was sent. */
function withoutSecrets(outcome: TokenOutcome, secrets: readonly string[]): TokenOutcome {
  if (!('reason' in outcome)) return outcome;
  const reason = secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '[secret]'), outcome.reason);
  return { ...outcome, reason };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function isSame(text: string, other: string): boolean {
  const [one, two] = [Buffer.from(text), Buffer.from(other)];
  return one.length === two.length && timingSafeEqual(one, two);
}
