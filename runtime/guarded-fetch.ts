/** Fetching from an address that somebody has given: never from our own network, never too much, never for ever. */

import { createHash } from 'node:crypto';
import { lookup as resolve } from 'node:dns';
import { createWriteStream } from 'node:fs';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { isPublicAddress } from './public-address.ts';

const MOST_REDIRECTS = 3;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** Of those that say that something cannot be had, the ones that may say something else soon. The others from 500 on do too. */
const PASSING_STATUS: readonly number[] = [408, 425, 429];

/** What is allowed, and who wants to know. */
export interface FetchGuards {
  readonly mostBytes: number;
  /** Origins from which it may be fetched wherever they are. */
  readonly trustedOrigins: readonly string[];
  /** Nothing may come for so long, and all of it may take so long, in ms. */
  readonly silentMs?: number;
  readonly totalMs?: number;
  /** Aborts when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

const SILENT_MS = 20_000;
const TOTAL_MS = 10 * 60_000;

/** What became of it. */
export type FetchOutcome =
  | { readonly kind: 'fetched'; readonly bytes: number /** SHA-256. */; readonly digest: string }
  | Refusal;

type Refusal =
  | { readonly kind: 'own network' }
  | { readonly kind: 'too large' }
  /** @param isPassing whether it may work when it is tried again */
  | { readonly kind: 'unreachable'; readonly reason: string; readonly isPassing: boolean };

/** A refusal on its way out of a stream or a look-up. */
class RefusedFetch extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

const never = (reason: string): Refusal => ({ kind: 'unreachable', reason, isPassing: false });
const passing = (reason: string): Refusal => ({ kind: 'unreachable', reason, isPassing: true });
const OWN_NETWORK: Refusal = { kind: 'own network' };
const TOO_SLOW = passing('it takes too long to answer');

/**
 * Fetches what is at `address` into `file`. Every address that a name stands for must be public: looked at when the connection is made,
 * so that a name cannot stand for another one in between, and again at every redirect.
 *
 * @throws what says nothing about the address: a full disk, or that nobody waits any more
 */
export async function fetchGuarded(
  address: string,
  file: string,
  guards: FetchGuards,
): Promise<FetchOutcome> {
  const silence = new AbortController();
  const tooLong = AbortSignal.timeout(guards.totalMs ?? TOTAL_MS);
  const signal = AbortSignal.any([guards.signal, silence.signal, tooLong]);
  const connection = { guards, signal, onSilence: () => silence.abort() };
  try {
    return await save(await follow(address, connection), file, connection);
  } catch (error) {
    guards.signal.throwIfAborted();
    if (error instanceof RefusedFetch) return error.refusal;
    if (signal.aborted) return TOO_SLOW;
    return failureOf(error);
  }
}

/** What a fetch is bound by. */
interface Connection {
  readonly guards: FetchGuards;
  /** Aborts when it is over, for whichever reason. */
  readonly signal: AbortSignal;
  onSilence(): void;
}

/** The answer at the end of all redirects. */
async function follow(address: string, connection: Connection): Promise<IncomingMessage> {
  let url = toUrl(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await get(url, connection);
    const { statusCode = 0, headers } = response;
    if (!REDIRECTS.includes(statusCode) || headers.location === undefined) return response;
    response.destroy();
    url = toUrl(headers.location, url);
  }
  throw new RefusedFetch(never(`it leads on more than ${MOST_REDIRECTS} times`));
}

/** Names and passwords in an address are not sent. */
function toUrl(address: string, base?: URL): URL {
  const url = URL.parse(address, base?.href);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new RefusedFetch(never('it is no address of the web, with http or https'));
  }
  url.username = '';
  url.password = '';
  return url;
}

function get(url: URL, { guards, signal, onSilence }: Connection): Promise<IncomingMessage> {
  const { trustedOrigins, silentMs = SILENT_MS } = guards;
  const isTrusted = trustedOrigins.includes(url.origin);
  if (!isTrusted && !isNameOrPublic(url)) throw new RefusedFetch(OWN_NETWORK);
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((answered, failed) => {
    const outgoing = request(url, {
      // No connection that was made for something else.
      agent: false,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'tixl-community' },
      timeout: silentMs,
      signal,
      ...(!isTrusted && { lookup: resolvePublic }),
    });
    outgoing.on('timeout', onSilence);
    outgoing.on('error', failed);
    outgoing.on('response', answered);
    outgoing.end();
  });
}

/** Addresses in figures are not looked up, so that they are looked at here. */
function isNameOrPublic({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 || isPublicAddress(host);
}

const resolvePublic: LookupFunction = (hostname, options, answer) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return answer(error, '');
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
      return answer(new RefusedFetch(OWN_NETWORK), '');
    }
    return options.all ? answer(null, addresses) : answer(null, first.address, first.family);
  });
};

async function save(
  response: IncomingMessage,
  file: string,
  { guards, signal }: Connection,
): Promise<FetchOutcome> {
  const { mostBytes } = guards;
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) {
    response.destroy();
    const isPassing = statusCode >= 500 || PASSING_STATUS.includes(statusCode);
    return { kind: 'unreachable', reason: `it answers ${statusCode}`, isPassing };
  }
  const tooLarge = new RefusedFetch({ kind: 'too large' });
  if (Number(headers['content-length'] ?? 0) > mostBytes) {
    response.destroy();
    throw tooLarge;
  }
  const hash = createHash('sha256');
  let bytes = 0;
  // What is declared may be a lie: what comes is counted.
  async function* counted(source: AsyncIterable<Buffer>) {
    for await (const part of source) {
      bytes += part.length;
      if (bytes > mostBytes) throw tooLarge;
      hash.update(part);
      yield part;
    }
  }
  await pipeline(response, counted, createWriteStream(file), { signal });
  return { kind: 'fetched', bytes, digest: hash.digest('hex') };
}

/** Failures of our own machine. */
const OURS: readonly string[] = ['ENOSPC', 'EDQUOT', 'EACCES', 'ENOENT', 'EIO', 'EMFILE', 'ENFILE', 'EROFS'];
const CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** What a failure says about the address. Nothing of it names a machine. */
function failureOf(error: unknown): Refusal {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === '' || OURS.includes(code)) throw error;
  if (code === 'ENOTFOUND') return never('there is no such host');
  if (code.startsWith('HPE_')) return never('it does not speak HTTP');
  if (CERTIFICATE.test(code)) return never('its certificate is not valid');
  return passing('the connection failed');
}
