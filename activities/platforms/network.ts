/** What failures of the network mean: whether a request can have been carried out though no answer came. */

import { type NotPublished, PLATFORM_LABELS, type Platform, type Unknown } from '../../domain/platforms.ts';

/**
 * `not reached`: no connection came about, so nothing was sent. `lost`: the connection ended before the answer. `timed out`: no
 * answer within our time. After the latter two nobody knows whether it was carried out.
 */
export type NetworkFailure = 'not reached' | 'lost' | 'timed out';

/** Nothing was sent yet when these come, whoever reports them: Node's resolver and sockets, TLS, and undici. */
const NOT_REACHED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The same while connecting; on a connection that is there, something was sent. */
const NOT_REACHED_CONNECTING: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
]);

const TIMED_OUT: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ABORT_ERR',
]);

const LOST: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EPIPE',
  'EPROTO',
  'UND_ERR_SOCKET',
  'ERR_STREAM_PREMATURE_CLOSE',
  'HPE_INVALID_CONSTANT',
]);

/** By the name of the error, for those of an AbortSignal: they have no code, or a number. */
const TIMED_OUT_NAMES: ReadonlySet<string> = new Set(['AbortError', 'TimeoutError']);

/**
 * Which failure of the network an error stands for, whichever client wraps it: causes are followed. Undefined: none that is
 * known, so that a request can have been carried out.
 */
export function networkFailureOf(error: unknown): NetworkFailure | undefined {
  const failures = chainOf(error).map(failureOfOne);
  // Where several addresses were tried, a single one that was reached counts.
  return (['lost', 'timed out', 'not reached'] as const).find((failure) => failures.includes(failure));
}

/** What is known after a request that changes something got no answer. */
export function outcomeOfLostRequest(
  platform: Platform,
  failure: NetworkFailure | undefined,
): Unknown | Extract<NotPublished, { kind: 'unavailable' }> {
  if (failure === 'not reached') return unavailable(platform, failure);
  return { kind: 'unknown', reason: sentence(platform, failure) };
}

/** The same after a request that can be made again without harm. */
export function unavailable(
  platform: Platform,
  failure: NetworkFailure | undefined,
): Extract<NotPublished, { kind: 'unavailable' }> {
  return { kind: 'unavailable', reason: sentence(platform, failure) };
}

function sentence(platform: Platform, failure: NetworkFailure | undefined): string {
  const name = PLATFORM_LABELS[platform];
  switch (failure) {
    case 'not reached':
      return `${name} could not be reached.`;
    case 'timed out':
      return `${name} did not answer in time.`;
    default:
      return `The connection to ${name} was lost before it answered.`;
  }
}

function failureOfOne({ name, code = '', syscall }: SomeError): NetworkFailure | undefined {
  if (syscall === 'connect' && NOT_REACHED_CONNECTING.has(String(code))) return 'not reached';
  if (NOT_REACHED.has(String(code))) return 'not reached';
  if (TIMED_OUT.has(String(code)) || TIMED_OUT_NAMES.has(String(name))) return 'timed out';
  return LOST.has(String(code)) ? 'lost' : undefined;
}

/** What is looked at of an error. It may be one of another realm, which no `instanceof` knows: Node's own are, for tests. */
interface SomeError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/** An error with all that lies behind it. Node reports several addresses of one name as an AggregateError. */
function chainOf(error: unknown): SomeError[] {
  if (typeof error !== 'object' || error === null) return [];
  const { cause, errors }: SomeError = error;
  return Array.isArray(errors) ? errors.flatMap(chainOf) : [error, ...chainOf(cause)];
}
