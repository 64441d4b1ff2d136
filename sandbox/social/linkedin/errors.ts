/** How LinkedIn words what it refuses. */

import type { Refusal } from '../stand-in.ts';

/** Refuses by `{status, code, serviceErrorCode, message}`. */
function refused(
  status: number,
  code: string,
  message: string,
  { serviceErrorCode }: { readonly serviceErrorCode?: number } = {},
): Refusal {
  return {
    status,
    body: { status, code, ...(serviceErrorCode !== undefined && { serviceErrorCode }), message },
  };
}

export const UNAUTHORISED = refused(
  401,
  'EXPIRED_ACCESS_TOKEN',
  'The token used in the request has expired',
  {
    serviceErrorCode: 65602,
  },
);

export const INVALID_TOKEN = refused(401, 'INVALID_ACCESS_TOKEN', 'Invalid access token', {
  serviceErrorCode: 65600,
});

export const NO_VERSION = refused(
  400,
  'VERSION_MISSING',
  'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
);

/** LinkedIn names versions with a day, which is always the first. */
export const deadVersion = (version: string) =>
  refused(426, 'NONEXISTENT_VERSION', `Requested version ${version}01 is not active`);

export const WRONG_PROTOCOL = refused(
  400,
  'ILLEGAL_ARGUMENT',
  'Invalid Rest.li protocol version: X-RestLi-Protocol-Version 2.0.0 is required for this resource',
);

export const NOT_ALLOWED = refused(403, 'ACCESS_DENIED', 'Not enough permissions to access this resource', {
  serviceErrorCode: 100,
});

export const INVALID_QUERY = refused(400, 'ILLEGAL_ARGUMENT', 'Invalid query parameters passed to request');

export const TOO_LONG = refused(414, 'URI_TOO_LONG', 'Request-URI Too Long');

export const notFound = (what: string) => refused(404, 'NOT_FOUND', `${what} cannot be found`);

export const missing = (field: string) =>
  refused(
    422,
    'MISSING_REQUIRED_FIELD_FOR_VALUE',
    `ERROR :: /${field} :: field is required but not found and has no default value\n`,
  );

export const invalid = (field: string, why: string) =>
  refused(400, 'INVALID_VALUE_FOR_FIELD', `ERROR :: /${field} :: ${why}`);

export const tooLong = (field: string, length: number, most: number) =>
  refused(
    400,
    'FIELD_LENGTH_TOO_LONG',
    `${field} is too long. It has length ${length} while the maximum is ${most}`,
  );

/** A medium that was not uploaded, or is not ready. */
export const mediaNotReady = (urn: string, status: string) =>
  refused(400, `MEDIA_ASSET_${status}`, `Media asset ${urn} is not available: ${status}`);

/** What is published twice. @param earlier the post that is the same */
export function duplicateOf(earlier: string): Refusal {
  const details = { description: 'Duplicate post is detected', input: {}, code: 'DUPLICATE_POST' };
  return {
    status: 422,
    body: {
      errorDetailType: 'com.linkedin.common.error.BadRequest',
      message: `com.linkedin.content.common.exception.BadRequestResponseException: Content is a duplicate of ${earlier}`,
      errorDetails: { inputErrors: [details] },
      status: 422,
    },
  };
}

/**
 * Too many requests. LinkedIn's documentation names no header that says until when; `Retry-After` is what servers like those in
 * front of it send where they protect themselves.
 * @param resetAt in ms since 1970
 */
export function throttled(resetAt: number): Refusal {
  const { status, body } = refused(
    429,
    'TOO_MANY_REQUESTS',
    'Resource level throttle limit for calls to this resource is reached.',
    { serviceErrorCode: 101 },
  );
  // A date has whole seconds: never one that is too early.
  const retryAt = new Date(Math.ceil(resetAt / 1_000) * 1_000);
  return { status, headers: { 'retry-after': retryAt.toUTCString() }, body };
}

export const broken = (status: number) =>
  refused(status, status === 503 ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR', 'Internal Server Error');
