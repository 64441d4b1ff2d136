/**
 * Google's resumable uploads, whose sessions its library begins but does not go on with ("Resumable Uploads" in the documentation of
 * the YouTube Data API). The address of a session is a secret: who has it can upload. It is in no error here.
 */

/** All parts but the last are a multiple of it. */
const STEP = 256 * 1024;

/** How many bytes are sent at a time: few enough that what is lost with a connection is soon sent again. */
export const CHUNK_BYTES = 16 * STEP;

const QUERY_TIMEOUT_MS = 15_000;
/** Slow lines have half a megabit in a second. */
const CHUNK_TIMEOUT_MS = 90_000;

const INCOMPLETE = 308;
const NOT_FOUND = 404;
const GONE = 410;

/** An upload that has begun. */
export interface UploadSession {
  /** Secret. */
  readonly address: string;
  readonly accessToken: string;
  readonly totalBytes: number;
  /** The media type of the whole. */
  readonly type: string;
  readonly signal: AbortSignal;
}

/** How far a session is. */
export type UploadProgress =
  | { readonly kind: 'incomplete'; readonly received: number }
  /** `answer`: what was made of it. */
  | { readonly kind: 'complete'; readonly answer: unknown }
  /** There is no such session, or not any more. */
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
    };

/** Whether the part that begins at `offset` is the last one: what comes before it is sent in whole chunks. */
export function isLastPart(offset: number, totalBytes: number): boolean {
  return totalBytes - offset <= CHUNK_BYTES;
}

/** Asks how far a session is. @throws what fetch throws */
export function askProgress(session: UploadSession): Promise<UploadProgress> {
  return put(session, `bytes */${session.totalBytes}`, undefined, QUERY_TIMEOUT_MS);
}

/** Sends the bytes from `offset` on. With the last one the upload is complete. @throws what fetch throws */
export function sendPart(session: UploadSession, offset: number, bytes: Buffer): Promise<UploadProgress> {
  const range = `bytes ${offset}-${offset + bytes.length - 1}/${session.totalBytes}`;
  return put(session, range, bytes, CHUNK_TIMEOUT_MS);
}

async function put(
  { address, accessToken, type, signal }: UploadSession,
  contentRange: string,
  bytes: Buffer | undefined,
  timeoutMs: number,
): Promise<UploadProgress> {
  const response = await fetch(address, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${accessToken}`,
      'content-range': contentRange,
      ...(bytes !== undefined && { 'content-type': type }),
    },
    ...(bytes !== undefined && { body: new Uint8Array(bytes) }),
    // 308 means something else here than in HTTP.
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  return toProgress(response);
}

async function toProgress(response: Response): Promise<UploadProgress> {
  const { status, headers } = response;
  const body = readJson(await response.text());
  if (status === INCOMPLETE) return { kind: 'incomplete', received: receivedIn(headers.get('range')) };
  if (response.ok) return { kind: 'complete', answer: body };
  if (status === NOT_FOUND || status === GONE) return { kind: 'gone' };
  return { kind: 'refused', status, headers: Object.fromEntries(headers), body };
}

/** Without the header nothing has arrived. */
function receivedIn(range: string | null): number {
  const last = /-(\d+)$/.exec(range ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
